package dev.furrow.actors.link;

import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.WireMessage;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Decides who may connect. A peer need not have been announced here: it may hear of this node
 * before this node hears of it. One that was forgotten stays out until it is announced again.
 */
final class Admission {

  private static final int MOST_FORGOTTEN = 1024;

  private final NodeId self;
  private final String cluster;
  private final Set<NodeId> forgotten = new LinkedHashSet<>();

  Admission(NodeId self, String cluster) {
    this.self = self;
    this.cluster = cluster;
  }

  /** What this node says when it dials. */
  Hello hello(NodeId to) {
    return new Hello(WireMessage.VERSION, cluster, self, to.uid());
  }

  void announce(NodeId peer) {
    forgotten.remove(peer);
  }

  void forget(NodeId peer) {
    forgotten.remove(peer);
    forgotten.add(peer);
    if (forgotten.size() > MOST_FORGOTTEN) {
      forgotten.remove(forgotten.iterator().next());
    }
  }

  Answer answer(Hello hello) {
    if (hello.version() != WireMessage.VERSION) {
      return Answer.refused(
          "node "
              + self
              + " speaks wire version "
              + WireMessage.VERSION
              + " and the dialing node "
              + hello.version()
              + ": run the same Furrow version on every node");
    }
    if (!hello.cluster().equals(cluster)) {
      return Answer.refused(
          "node "
              + self
              + " belongs to cluster '"
              + cluster
              + "' and not to '"
              + hello.cluster()
              + "': give every node the same cluster name, or its own address");
    }
    if (hello.to() != self.uid()) {
      return Answer.refused(
          "this address now belongs to node "
              + self
              + "; the node with uid "
              + Long.toHexString(hello.to())
              + " that was looked for has ended");
    }
    if (hello.from().equals(self)) {
      return Answer.refused("node " + self + " dialled itself");
    }
    if (forgotten.contains(hello.from())) {
      return Answer.refused(
          "node " + self + " no longer counts " + hello.from() + " as a member: restart it");
    }
    return Answer.ACCEPTED;
  }
}
