package dev.furrow.actors.partition;

import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.PartitionId;
import dev.furrow.actors.wire.PlacementMessage;
import dev.furrow.actors.wire.WireCodec;
import dev.furrow.actors.wire.WireException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * The life of a partition on a node: sharding sees to it that there is one in the cluster. Before
 * it opens, it asks every member what an earlier one has left there, and takes the newest; a member
 * that does not answer is waited for until it is removed. What it keeps is lost with its node, and
 * left on its node when it moves.
 */
final class PartitionEntity extends AbstractBehavior<PartitionEntity.Command> {

  private static final Duration AGAIN = Duration.ofMillis(200);

  /** What a partition can be told. */
  sealed interface Command permits Locate, Heard, Gone, Closed, Timer {}

  /** A member says what was left with it. */
  record Heard(NodeId from, PlacementMessage.Copy copy) implements Command {}

  /** A node is no longer a member. */
  record Gone(NodeId node) implements Command {}

  /** It is closed, and what it keeps is left. */
  private record Closed() implements Command {}

  /** What it is told without data. */
  enum Timer implements Command {
    /** Ask again. */
    AGAIN,
    /** It is to be on another node. */
    STOP
  }

  private final PartitionId id;
  private final Partitions node;
  private final TimerScheduler<Command> timers;
  private final Set<NodeId> askers = new HashSet<>();
  private final Set<NodeId> silent = new HashSet<>();
  private final Map<NodeId, PlacementMessage.Copy> found = new HashMap<>();
  private @Nullable NodeId source;
  private PartitionState state = new PartitionState();
  private int piece;
  private long epoch = 1;
  private boolean open;
  private boolean stopping;

  /** A partition, on a node that offers room for it. */
  static Behavior<Command> create(PartitionId id, Partitions node) {
    return Behaviors.setup(
        context -> Behaviors.withTimers(timers -> new PartitionEntity(context, timers, id, node)));
  }

  private PartitionEntity(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      PartitionId id,
      Partitions node) {
    super(context);
    this.id = id;
    this.node = node;
    this.timers = timers;
    node.recovering(id, context.getSelf());
    silent.addAll(node.members());
    silent.forEach(member -> node.tell(member, new PlacementMessage.Fetch(id, 0)));
    timers.startTimerWithFixedDelay(Timer.AGAIN, AGAIN);
    chooseIfAllAnswered();
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Locate.class, this::onLocate)
        .onMessage(Heard.class, this::onHeard)
        .onMessage(Gone.class, this::onGone)
        .onMessage(Closed.class, this::onClosed)
        .onMessage(Timer.class, this::onTimer)
        .build();
  }

  private Behavior<Command> onLocate(Locate locate) {
    if (stopping) {
      return this;
    }
    if (open) {
      node.tell(locate.asker(), new PlacementMessage.Taken(id));
      node.tell(locate.asker(), new PlacementMessage.Here(id));
    } else {
      askers.add(locate.asker());
    }
    return this;
  }

  // ---------------------------------------------------------------- opening

  private Behavior<Command> onHeard(Heard heard) {
    PlacementMessage.Copy copy = heard.copy();
    if (open || stopping) {
      return this;
    }
    if (source != null) {
      if (heard.from().equals(source) && copy.piece() == piece) {
        take(copy);
      }
      return this;
    }
    if (silent.remove(heard.from()) && copy.pieces() > 0) {
      found.put(heard.from(), copy);
    }
    chooseIfAllAnswered();
    return this;
  }

  private void chooseIfAllAnswered() {
    if (open || source != null || !silent.isEmpty()) {
      return;
    }
    NodeId newest = null;
    for (Map.Entry<NodeId, PlacementMessage.Copy> each : found.entrySet()) {
      if (each.getValue().epoch() >= epoch) {
        newest = each.getKey();
        epoch = each.getValue().epoch() + 1;
      }
    }
    PlacementMessage.Copy first = newest == null ? null : found.get(newest);
    if (first == null) {
      open();
    } else {
      source = newest;
      take(first);
    }
  }

  private void take(PlacementMessage.Copy copy) {
    if (copy.pieces() == 0 || !add(copy)) {
      getContext().getLog().error("what was left of {} cannot be read: it begins anew", id);
      state = new PartitionState();
      open();
      return;
    }
    piece++;
    NodeId from = source;
    if (piece == copy.pieces()) {
      open();
    } else if (from != null) {
      node.tell(from, new PlacementMessage.Fetch(id, piece));
    }
  }

  /** Adds a piece to what is kept; false if it cannot be read. */
  private boolean add(PlacementMessage.Copy copy) {
    try {
      state.apply(WireCodec.decodeChange(copy.body()));
      return true;
    } catch (WireException unreadable) {
      return false;
    }
  }

  private void open() {
    open = true;
    timers.cancel(Timer.AGAIN);
    node.recovered(id);
    node.open(id, state);
    node.members().forEach(member -> node.tell(member, new PlacementMessage.Taken(id)));
    askers.forEach(asker -> node.tell(asker, new PlacementMessage.Here(id)));
    askers.clear();
    found.clear();
  }

  private Behavior<Command> onGone(Gone gone) {
    silent.remove(gone.node());
    found.remove(gone.node());
    if (stopping) {
      return this;
    }
    if (!open && gone.node().equals(source)) {
      source = null;
      piece = 0;
      epoch = 1;
      state = new PartitionState();
    }
    chooseIfAllAnswered();
    return this;
  }

  private Behavior<Command> onTimer(Timer timer) {
    if (timer == Timer.STOP && !stopping) {
      stopping = true;
      node.recovered(id);
      getContext().pipeToSelf(node.close(id, epoch), (done, failure) -> new Closed());
    } else if (!open && !stopping) {
      NodeId from = source;
      if (from != null) {
        node.tell(from, new PlacementMessage.Fetch(id, piece));
      }
      silent.forEach(member -> node.tell(member, new PlacementMessage.Fetch(id, 0)));
    }
    return this;
  }

  // ---------------------------------------------------------------- closing

  private Behavior<Command> onClosed(Closed closed) {
    return Behaviors.stopped();
  }
}
