package dev.furrow.actors.cluster;

import dev.furrow.ClusterView;
import dev.furrow.actors.wire.NodeCard;
import dev.furrow.actors.wire.NodeId;
import dev.furrow.config.NodeSettings;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a node knows of a member, itself included. */
final class Peer {

  final NodeId id;
  final List<String> roles;
  @Nullable NodeCard card;
  boolean connected;
  boolean reachable = true;

  /** Its cluster has it as one that leaves. */
  boolean leaving;

  /** It has said that it has begun to leave. */
  boolean drains;

  /** How often it was told to leave, by this node. */
  int orders;

  Peer(NodeId id, List<String> roles) {
    this.id = id;
    this.roles = roles;
  }

  /** Its slots. Before its card has come, its role says whether it has any. */
  int slots() {
    NodeCard known = card;
    int expected = roles.contains(NodeSettings.WORKER_ROLE) ? 1 : 0;
    return known == null ? expected : known.slots();
  }

  /** Whether tasks can be given to it. */
  boolean offersWork() {
    NodeCard known = card;
    return connected && known != null && known.slots() > 0;
  }

  /** Whether work can be exchanged with it. */
  boolean works() {
    return connected && card != null;
  }

  boolean leaves() {
    return leaving || drains;
  }

  ClusterView.State state() {
    if (leaves()) {
      return ClusterView.State.LEAVING;
    }
    if (!reachable) {
      return ClusterView.State.UNREACHABLE;
    }
    return works() ? ClusterView.State.UP : ClusterView.State.JOINING;
  }

  SeenNode seen(boolean self) {
    NodeCard known = card;
    return new SeenNode(
        id.name(),
        id.uid(),
        self,
        known == null ? 0 : known.slots(),
        known == null ? Map.of() : known.resources(),
        roles,
        state());
  }

  /** A member as users see it. */
  record SeenNode(
      String name,
      long uid,
      boolean self,
      int slots,
      Map<String, Long> resources,
      List<String> roles,
      ClusterView.State state)
      implements ClusterView.Node {

    @Override
    public String toString() {
      return name + " " + state + ", " + slots + " slots, " + resources + ", roles " + roles;
    }
  }

  /** The members as users see them. */
  record Seen(List<ClusterView.Node> nodes) implements ClusterView {

    @Override
    public String toString() {
      return nodes.toString();
    }
  }
}
