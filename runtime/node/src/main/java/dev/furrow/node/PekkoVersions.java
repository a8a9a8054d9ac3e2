package dev.furrow.node;

import dev.furrow.FurrowException;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.util.ManifestInfo;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Looks whether the class path mixes versions of Pekko, which it must not. Pekko's own look is off
 * in furrow-system.conf, because it knows no exception.
 */
final class PekkoVersions {

  /** What is released together; pekko-discovery is too, but may be older. */
  private static final Pattern CORE =
      Pattern.compile(
          "pekko-(actor|cluster|coordination|distributed-data|persistence|pki|protobuf|remote"
              + "|serialization|slf4j|stream)(-(?!jdbc).*)?");

  private PekkoVersions() {}

  /**
   * Checks the class path of a system.
   *
   * @throws FurrowException it mixes versions; names them
   */
  static void check(ActorSystem system) {
    Map<String, String> versions = new TreeMap<>();
    CollectionConverters.asJava(ManifestInfo.get(system).versions())
        .forEach((module, version) -> versions.put(module, version.toString()));
    check(versions);
  }

  static void check(Map<String, String> versions) {
    String core = String.valueOf(versions.get("pekko-actor"));
    Map<String, String> mixed = new TreeMap<>(versions);
    mixed
        .entrySet()
        .removeIf(each -> !CORE.matcher(each.getKey()).matches() || each.getValue().equals(core));
    if (!mixed.isEmpty()) {
      throw new FurrowException(
          "the class path mixes versions of Pekko, "
              + mixed
              + " beside "
              + core
              + ": give all of them the same");
    }
  }
}
