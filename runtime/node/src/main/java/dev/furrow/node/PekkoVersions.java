package dev.furrow.node;

import dev.furrow.FurrowException;
import dev.furrow.config.PekkoModules;
import java.util.Map;
import java.util.TreeMap;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.util.ManifestInfo;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Looks whether the class path mixes versions of Pekko, which it must not. Pekko's own look is off
 * in furrow-system.conf, because it knows no exception.
 */
final class PekkoVersions {

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
        .removeIf(each -> !PekkoModules.isCore(each.getKey()) || each.getValue().equals(core));
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
