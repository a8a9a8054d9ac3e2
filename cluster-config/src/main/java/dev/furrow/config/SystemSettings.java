package dev.furrow.config;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The settings of Pekko that follow from settings of Furrow. */
final class SystemSettings {

  private static final String PROVIDER = "pekko.actor.provider";
  private static final String HOSTNAME = "pekko.remote.artery.canonical.hostname";
  private static final String PORT = "pekko.remote.artery.canonical.port";
  private static final String ROLES = "pekko.cluster.roles";
  private static final String SEEDS = "pekko.cluster.seed-nodes";
  private static final String JOIN_TIMEOUT =
      "pekko.cluster.shutdown-after-unsuccessful-join-seed-nodes";
  private static final String DRAIN_TIMEOUT =
      "pekko.coordinated-shutdown.phases.service-requests-done.timeout";

  /** What running tasks are told at the end of the drain still needs a moment to be said. */
  private static final Duration DRAIN_MARGIN = Duration.ofSeconds(5);

  private static final Map<String, String> SOURCES =
      Map.of(
          PROVIDER, "furrow.profile",
          HOSTNAME, "furrow.node.host",
          PORT, "furrow.node.port",
          ROLES, "furrow.node.roles",
          SEEDS, "furrow.cluster.seeds",
          JOIN_TIMEOUT, "furrow.cluster.join-timeout",
          DRAIN_TIMEOUT, "furrow.node.drain-timeout");

  private SystemSettings() {}

  /** Refuses what would have no effect because it is derived. */
  static void refuseDerived(Config overrides) {
    SOURCES.keySet().stream()
        .sorted()
        .filter(overrides::hasPathOrNull)
        .findFirst()
        .ifPresent(
            path -> {
              throw new IllegalArgumentException(
                  path + " follows from " + SOURCES.get(path) + ": set that instead");
            });
  }

  static Map<String, Object> derive(NodeSettings settings) {
    Map<String, Object> derived = new LinkedHashMap<>();
    NodeSettings.Node node = settings.node();
    derived.put(DRAIN_TIMEOUT, Texts.duration(node.drainTimeout().plus(DRAIN_MARGIN)));
    if (settings.profile().equals("local")) {
      derived.put(PROVIDER, "local");
      return derived;
    }
    derived.put(PROVIDER, "cluster");
    derived.put(HOSTNAME, node.host());
    derived.put(PORT, node.port());
    derived.put(ROLES, roles(node));
    derived.put(SEEDS, settings.cluster().seedAddresses());
    derived.put(JOIN_TIMEOUT, Texts.duration(settings.cluster().joinTimeout()));
    return derived;
  }

  private static List<String> roles(NodeSettings.Node node) {
    List<String> roles = new ArrayList<>(node.roles());
    if (node.slots() > 0 && !roles.contains(NodeSettings.WORKER_ROLE)) {
      roles.add(0, NodeSettings.WORKER_ROLE);
    }
    return roles;
  }
}
