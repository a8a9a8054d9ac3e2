package dev.furrow.actors.partition;

import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.PartitionChange;
import dev.furrow.actors.wire.PartitionId;
import dev.furrow.actors.wire.ReplicaMessage;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a partition changes on a majority of its copies: see {@link ReplicaOwner}. It ends
 * when another node has taken the partition over, and when the copies are to be on other nodes;
 * then the next one begins with what they have.
 */
final class ReplicaKeeper extends AbstractBehavior<ReplicaKeeper.Command> {

  private static final Duration AGAIN = Duration.ofMillis(200);

  /** What it can be told. */
  sealed interface Command permits Heard, Members, Keep, Timer {}

  /** A node speaks as a copy. */
  record Heard(NodeId from, ReplicaMessage message) implements Command {}

  /**
   * Who is a member has changed.
   *
   * @param all members
   * @param workers those of them that run tasks and stay
   */
  record Members(Set<NodeId> all, List<NodeId> workers) implements Command {}

  private record Keep(PartitionChange change, Store.Kept kept) implements Command {}

  /** What it is told without data. */
  enum Timer implements Command {
    /** Say again what was not answered. */
    AGAIN
  }

  private final PartitionId id;
  private final Partitions node;
  private final ActorRef<PartitionEntity.Command> entity;
  private final Replica copy;
  private final ReplicaOwner owner;
  private long view;
  private int asked;
  private Store.@Nullable Kept kept;

  /** A keeper; {@code entity} is told the state when the copies agree. */
  static Behavior<Command> create(
      PartitionId id, Partitions node, ActorRef<PartitionEntity.Command> entity) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(timers -> new ReplicaKeeper(context, timers, id, node, entity)));
  }

  private ReplicaKeeper(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      PartitionId id,
      Partitions node,
      ActorRef<PartitionEntity.Command> entity) {
    super(context);
    this.id = id;
    this.node = node;
    this.entity = entity;
    this.copy = node.replicas().of(id);
    Members members = node.owns(id, context.getSelf());
    this.owner =
        new ReplicaOwner(id, node.self(), members.all(), members.workers(), copy.promised() + 1);
    timers.startTimerWithFixedDelay(Timer.AGAIN, AGAIN);
    act();
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Heard.class, this::onHeard)
        .onMessage(Keep.class, this::onKeep)
        .onMessage(Members.class, this::onMembers)
        .onMessage(Timer.class, this::onTimer)
        .onSignal(PostStop.class, stopped -> onStop())
        .build();
  }

  private Behavior<Command> onHeard(Heard heard) {
    owner.hear(heard.from(), heard.message());
    return act();
  }

  private Behavior<Command> onKeep(Keep keep) {
    kept = keep.kept();
    owner.keep(keep.change());
    return act();
  }

  private Behavior<Command> onMembers(Members members) {
    owner.members(members.all(), members.workers());
    return act();
  }

  private Behavior<Command> onTimer(Timer timer) {
    owner.again();
    asked++;
    if (asked % LeftKeeper.PATIENCE == 0 && !owner.awaited().isEmpty()) {
      entity.tell(new PartitionEntity.Waits(LeftKeeper.waitsFor(owner.awaited())));
    }
    return act();
  }

  private Behavior<Command> act() {
    for (List<ReplicaOwner.Effect> some = owner.drain(); !some.isEmpty(); some = owner.drain()) {
      for (ReplicaOwner.Effect effect : some) {
        if (effect instanceof ReplicaOwner.Effect.Send send) {
          send(send);
        } else if (effect instanceof ReplicaOwner.Effect.Begin begin) {
          begin(begin.view());
        } else if (effect instanceof ReplicaOwner.Effect.Kept) {
          commit();
        } else if (effect instanceof ReplicaOwner.Effect.End end) {
          entity.tell(new PartitionEntity.Broken(end.why()));
        }
      }
    }
    return this;
  }

  /** The copy on this node answers at once. */
  private void send(ReplicaOwner.Effect.Send send) {
    if (!send.to().equals(node.self())) {
      node.tell(send.to(), send.message());
      return;
    }
    ReplicaMessage answer = node.replicas().hear(send.to(), send.message());
    if (answer != null) {
      owner.hear(send.to(), answer);
    }
  }

  private void begin(long of) {
    view = of;
    PartitionState state = copy.use(of);
    entity.tell(
        state == null
            ? new PartitionEntity.Broken("another node has taken it over")
            : new PartitionEntity.Opened(state, new Replicated(copy, getContext().getSelf())));
  }

  private void commit() {
    Store.Kept then = kept;
    kept = null;
    if (then != null && !copy.commit(view, then)) {
      entity.tell(new PartitionEntity.Broken("another node has taken it over"));
    }
  }

  private record Replicated(Replica copy, ActorRef<Command> keeper) implements Store {

    @Override
    public void keep(PartitionChange change, Store.Kept kept) {
      keeper.tell(new Keep(change, kept));
    }

    @Override
    public void leave(PartitionState state) {
      copy.leave(state);
    }
  }

  private Behavior<Command> onStop() {
    node.disowns(id, getContext().getSelf());
    return this;
  }
}
