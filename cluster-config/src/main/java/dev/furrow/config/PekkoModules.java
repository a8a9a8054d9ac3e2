package dev.furrow.config;

import java.util.regex.Pattern;

/**
 * Which modules of Pekko must have one version. What is released apart (HTTP, management, JDBC) has
 * versions of its own; pekko-discovery is released with the rest, but Kubernetes needs an older
 * one.
 */
public final class PekkoModules {

  private static final Pattern CORE =
      Pattern.compile(
          "pekko-(actor|cluster|coordination|distributed-data|persistence|pki|protobuf|remote"
              + "|serialization|slf4j|stream)(-(?!jdbc).*)?");

  private PekkoModules() {}

  /** Whether a module, named as in its manifest ({@code pekko-actor-typed}), is one of these. */
  public static boolean isCore(String module) {
    return CORE.matcher(module).matches();
  }
}
