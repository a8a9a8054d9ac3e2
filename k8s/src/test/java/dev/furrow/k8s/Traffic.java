package dev.furrow.k8s;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a policy lets pass, as {@code from pods {a=b} TCP 7080}. */
final class Traffic {

  private Traffic() {}

  static Set<String> allowedBy(NetworkPolicy policy) {
    Set<String> allowed = new TreeSet<>();
    for (var rule : policy.getSpec().getIngress()) {
      add(allowed, "from ", rule.getFrom(), rule.getPorts());
    }
    for (var rule : policy.getSpec().getEgress()) {
      add(allowed, "to ", rule.getTo(), rule.getPorts());
    }
    return allowed;
  }

  /** No peers are all peers, and no ports all ports. */
  private static void add(
      Set<String> allowed,
      String direction,
      List<NetworkPolicyPeer> peers,
      List<NetworkPolicyPort> ports) {
    List<String> names =
        peers.isEmpty() ? List.of("all") : peers.stream().map(Traffic::name).toList();
    for (String peer : names) {
      if (ports.isEmpty()) {
        allowed.add(direction + peer + " all ports");
      }
      for (NetworkPolicyPort port : ports) {
        String range = port.getEndPort() == null ? "" : "-" + port.getEndPort();
        allowed.add(
            direction + peer + " " + port.getProtocol() + " " + port.getPort().getValue() + range);
      }
    }
  }

  private static String name(NetworkPolicyPeer peer) {
    String block = peer.getIpBlock() == null ? "" : "block " + peer.getIpBlock().getCidr();
    String namespaces = selector("namespaces ", peer.getNamespaceSelector());
    String pods = selector("pods ", peer.getPodSelector());
    return String.join(" ", List.of(block, namespaces, pods)).trim();
  }

  private static String selector(String what, LabelSelector selector) {
    if (selector == null) {
      return "";
    }
    return selector.getMatchExpressions().isEmpty()
        ? what + selector.getMatchLabels()
        : what + selector;
  }
}
