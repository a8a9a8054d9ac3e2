package dev.furrow.node;

import dev.furrow.ClusterView;
import dev.furrow.actors.cluster.NodeGuardian;
import dev.furrow.actors.wire.NodeId;
import dev.furrow.node.http.HttpNode;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.jspecify.annotations.Nullable;

/** A node as probes, people and tools see it from outside. */
final class NodeStatus implements HttpNode {

  private static final Duration LONGEST_ANSWER = Duration.ofSeconds(2);

  private final NodeParts parts;
  private final Supplier<ClusterView> view;
  private final BooleanSupplier leaving;
  private final @Nullable Cluster cluster;
  private volatile boolean started;

  /**
   * @param clustered false where this JVM is the whole cluster
   * @param view the members as they are now
   * @param leaving whether the node takes no more work
   */
  NodeStatus(
      NodeParts parts, boolean clustered, Supplier<ClusterView> view, BooleanSupplier leaving) {
    this.parts = parts;
    this.view = view;
    this.leaving = leaving;
    if (clustered) {
      Cluster of = Cluster.get(Adapter.toClassic(parts.system()));
      of.registerOnMemberUp(() -> started = true);
      this.cluster = of;
    } else {
      this.cluster = null;
    }
  }

  @Override
  public String name() {
    return parts.self().name();
  }

  @Override
  public String clusterName() {
    return parts.settings().cluster().name();
  }

  @Override
  public String version() {
    return Versions.FURROW;
  }

  @Override
  public boolean hasStarted() {
    return cluster == null ? !view.get().nodes().isEmpty() : started;
  }

  @Override
  public boolean isReady() {
    boolean ends = OwnSystem.ending(parts.system()).isPresent();
    boolean isUp = cluster == null || cluster.selfMember().status().equals(MemberStatus.up());
    return hasStarted() && isUp && !ends && !leaving.getAsBoolean();
  }

  @Override
  public CompletionStage<Boolean> isAlive() {
    return AskPattern.<NodeGuardian.Command, Done>ask(
            parts.guardian(), NodeGuardian.Ping::new, LONGEST_ANSWER, parts.system().scheduler())
        .handle((answer, silence) -> silence == null);
  }

  @Override
  public ClusterView view() {
    return view.get();
  }

  @Override
  public Told leave(String node) {
    if (cluster == null) {
      return node.equals(name()) ? Told.ALONE : Told.UNKNOWN;
    }
    for (Member member : cluster.state().getMembers()) {
      NodeId id = NodeGuardian.nodeId(member.uniqueAddress());
      if (id.name().equals(node)) {
        parts.guardian().tell(new NodeGuardian.Leave(id));
        return Told.LEAVING;
      }
    }
    return Told.UNKNOWN;
  }
}
