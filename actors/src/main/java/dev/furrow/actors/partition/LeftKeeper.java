package dev.furrow.actors.partition;

import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.PartitionChange;
import dev.furrow.actors.wire.PartitionId;
import dev.furrow.actors.wire.PlacementMessage;
import dev.furrow.actors.wire.WireCodec;
import dev.furrow.actors.wire.WireException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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
 * Keeps what a partition changes in memory alone. When it opens, it asks every member what an
 * earlier one has left there, and takes the newest; a member that does not answer is waited for
 * until it is removed. When it closes, what it keeps is left on its node.
 */
final class LeftKeeper extends AbstractBehavior<LeftKeeper.Command> {

  private static final Duration AGAIN = Duration.ofMillis(200);

  /** Those who call hear for whom it waits, when it has asked so often. */
  static final int PATIENCE = 15;

  /** What it can be told. */
  sealed interface Command permits Heard, Gone, Timer {}

  /** A member says what was left with it. */
  record Heard(NodeId from, PlacementMessage.Copy copy) implements Command {}

  /** A node is no longer a member. */
  record Gone(NodeId node) implements Command {}

  /** What it is told without data. */
  enum Timer implements Command {
    /** Ask again. */
    AGAIN
  }

  private final PartitionId id;
  private final Partitions node;
  private final TimerScheduler<Command> timers;
  private final ActorRef<PartitionEntity.Command> entity;
  private final Set<NodeId> silent = new HashSet<>();
  private final Map<NodeId, PlacementMessage.Copy> found = new HashMap<>();
  private @Nullable NodeId source;
  private PartitionState state = new PartitionState();
  private int piece;
  private long epoch = 1;
  private int asked;
  private boolean done;

  /** A keeper; {@code entity} is told the state when it is found. */
  static Behavior<Command> create(
      PartitionId id, Partitions node, ActorRef<PartitionEntity.Command> entity) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(timers -> new LeftKeeper(context, timers, id, node, entity)));
  }

  private LeftKeeper(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      PartitionId id,
      Partitions node,
      ActorRef<PartitionEntity.Command> entity) {
    super(context);
    this.id = id;
    this.node = node;
    this.timers = timers;
    this.entity = entity;
    node.looking(id, context.getSelf());
    silent.addAll(node.members());
    silent.forEach(member -> node.tell(member, new PlacementMessage.Fetch(id, 0)));
    timers.startTimerWithFixedDelay(Timer.AGAIN, AGAIN);
    chooseIfAllAnswered();
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Heard.class, this::onHeard)
        .onMessage(Gone.class, this::onGone)
        .onMessage(Timer.class, this::onTimer)
        .onSignal(PostStop.class, stopped -> onStop())
        .build();
  }

  private Behavior<Command> onHeard(Heard heard) {
    PlacementMessage.Copy copy = heard.copy();
    if (done) {
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
    if (done || source != null || !silent.isEmpty()) {
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
      finish();
    } else {
      source = newest;
      take(first);
    }
  }

  private void take(PlacementMessage.Copy copy) {
    if (copy.pieces() == 0 || !add(copy)) {
      getContext().getLog().error("what was left of {} cannot be read: it begins anew", id);
      state = new PartitionState();
      finish();
      return;
    }
    piece++;
    NodeId from = source;
    if (piece == copy.pieces()) {
      finish();
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

  private void finish() {
    done = true;
    timers.cancel(Timer.AGAIN);
    node.found(id);
    found.clear();
    entity.tell(new PartitionEntity.Opened(state, new Memory(id, node, epoch)));
    node.members().forEach(member -> node.tell(member, new PlacementMessage.Taken(id)));
  }

  /** Nothing to do for a change; the whole is left here in the end. */
  private record Memory(PartitionId id, Partitions node, long epoch) implements Store {

    @Override
    public void keep(PartitionChange change, Store.Kept kept) {
      kept.apply();
    }

    @Override
    public void leave(PartitionState state) {
      node.shelve(id, epoch, state);
    }
  }

  private Behavior<Command> onGone(Gone gone) {
    silent.remove(gone.node());
    found.remove(gone.node());
    if (!done && gone.node().equals(source)) {
      source = null;
      piece = 0;
      epoch = 1;
      state = new PartitionState();
    }
    chooseIfAllAnswered();
    return this;
  }

  private Behavior<Command> onTimer(Timer timer) {
    NodeId from = source;
    if (from != null) {
      node.tell(from, new PlacementMessage.Fetch(id, piece));
    }
    silent.forEach(member -> node.tell(member, new PlacementMessage.Fetch(id, 0)));
    asked++;
    if (asked % PATIENCE == 0) {
      entity.tell(new PartitionEntity.Waits(waitsFor(from == null ? silent : Set.of(from))));
    }
    return this;
  }

  /** Says for whom a partition waits that is to open. */
  static String waitsFor(Set<NodeId> members) {
    return "it waits for "
        + members.stream().map(NodeId::name).sorted().collect(Collectors.joining(" and "))
        + ", a member of the cluster that does not answer: it may be paused, cut off, or run no"
        + " Furrow";
  }

  /** Its partition may be stopped while it still asks. */
  private Behavior<Command> onStop() {
    if (!done) {
      node.found(id);
    }
    return this;
  }
}
