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
  private static final String BIND_HOST = "pekko.remote.artery.bind.hostname";
  private static final String BIND_PORT = "pekko.remote.artery.bind.port";
  private static final String MANAGEMENT_BIND_HOST = "pekko.management.http.bind-hostname";
  private static final String ROLES = "pekko.cluster.roles";
  private static final String SEEDS = "pekko.cluster.seed-nodes";
  private static final String JOIN_TIMEOUT =
      "pekko.cluster.shutdown-after-unsuccessful-join-seed-nodes";
  private static final String TRANSPORT = "pekko.remote.artery.transport";
  private static final String ENGINES = "pekko.remote.artery.ssl.ssl-engine-provider";
  private static final String DRAIN_TIMEOUT =
      "pekko.coordinated-shutdown.phases.service-requests-done.timeout";

  /** What running tasks are told at the end of the drain still needs a moment to be said. */
  private static final Duration DRAIN_MARGIN = Duration.ofSeconds(5);

  /** How long nodes that were found are asked to let this one join. */
  private static final Duration JOIN = Duration.ofSeconds(30);

  private static final Map<String, String> SOURCES =
      Map.ofEntries(
          Map.entry(PROVIDER, "furrow.profile"),
          Map.entry(HOSTNAME, "furrow.node.host"),
          Map.entry(PORT, "furrow.node.port"),
          Map.entry(BIND_HOST, "furrow.node.host"),
          Map.entry(BIND_PORT, "furrow.node.port"),
          Map.entry(MANAGEMENT_BIND_HOST, "furrow.node.host"),
          Map.entry(ROLES, "furrow.node.roles"),
          Map.entry(SEEDS, "furrow.cluster.seeds"),
          Map.entry(JOIN_TIMEOUT, "furrow.cluster.join-timeout"),
          Map.entry(ENGINES, "furrow.tls"),
          Map.entry(DRAIN_TIMEOUT, "furrow.node.drain-timeout"));

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
    // It listens where it says it is, and nowhere else: Exposure looks there.
    derived.put(BIND_HOST, "");
    derived.put(BIND_PORT, "");
    derived.put(MANAGEMENT_BIND_HOST, "");
    derived.put(ROLES, roles(node));
    derived.put(SEEDS, settings.cluster().seedAddresses());
    derived.put(JOIN_TIMEOUT, Texts.duration(settings.cluster().joinTimeout()));
    if (settings.tls().files().isPresent()) {
      derived.put(TRANSPORT, "tls-tcp");
      derived.put(ENGINES, ArteryTls.class.getName());
    }
    if (settings.profile().equals("kubernetes")) {
      kubernetes(settings, derived);
    }
    return derived;
  }

  private static void kubernetes(NodeSettings settings, Map<String, Object> derived) {
    NodeSettings.Kubernetes kubernetes = settings.kubernetes();
    String contact = "pekko.management.cluster.bootstrap.contact-point-discovery.";
    String discovery = "pekko.discovery.kubernetes-api.";
    // Nodes that were found and are gone again are not asked for ever: the process starts anew.
    derived.put(JOIN_TIMEOUT, Texts.duration(shorter(settings.cluster().joinTimeout(), JOIN)));
    derived.put("pekko.management.http.hostname", settings.node().host());
    derived.put("pekko.management.http.port", kubernetes.bootstrapPort());
    derived.put(contact + "service-name", settings.cluster().name());
    derived.put(contact + "port-name", kubernetes.bootstrapPortName());
    derived.put(contact + "required-contact-point-nr", kubernetes.contactPoints());
    derived.put(discovery + "pod-label-selector", kubernetes.selector());
    if (!kubernetes.namespace().isEmpty()) {
      derived.put(discovery + "pod-namespace", kubernetes.namespace());
      derived.put("pekko.coordination.lease.kubernetes.namespace", kubernetes.namespace());
    }
    if (kubernetes.lease()) {
      derived.put("pekko.cluster.split-brain-resolver.active-strategy", "lease-majority");
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static List<String> roles(NodeSettings.Node node) {
    List<String> roles = new ArrayList<>(node.roles());
    if (node.slots() > 0 && !roles.contains(NodeSettings.WORKER_ROLE)) {
      roles.add(0, NodeSettings.WORKER_ROLE);
    }
    return roles;
  }
}
