package dev.furrow.node.processes;

import java.util.Map;

/** Settings of nodes that wait so long for a silent one that a test would be over before. */
final class Patience {

  private static final Map<String, String> SETTINGS =
      Map.of(
          "furrow.liveness.pool-silence", "10m",
          "furrow.liveness.supervisor-silence", "10m",
          "pekko.cluster.failure-detector.acceptable-heartbeat-pause", "10m");

  private Patience() {}

  /** For a driver in this JVM. */
  static Map<String, String> settings() {
    return SETTINGS;
  }

  /** For a node, as options of its JVM. */
  static String[] options() {
    return SETTINGS.entrySet().stream()
        .map(setting -> "-D" + setting.getKey() + "=" + setting.getValue())
        .toArray(String[]::new);
  }
}
