package dev.furrow.actors.partition;

import dev.furrow.actors.journal.JournalException;
import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.PartitionId;
import dev.furrow.actors.wire.PlacementMessage;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * The life of a partition on a node: sharding sees to it that there is one in the cluster. A keeper
 * finds what was kept, by the partition's durability, and keeps what it changes. Where that fails,
 * the partition is given up and another keeper tries again, after pauses that grow.
 */
final class PartitionEntity extends AbstractBehavior<PartitionEntity.Command> {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /** Texts of databases may be long. */
  private static final int MOST_TEXT = 500;

  /** What a partition can be told. */
  sealed interface Command permits Locate, Ready, Opened, Waits, Broken, Closed, Timer {}

  /** Its journal is open. */
  private record Ready() implements Command {}

  /** A keeper has found what was kept. */
  record Opened(PartitionState state, Store store) implements Command {}

  /** It takes long to find what was kept. */
  record Waits(String why) implements Command {}

  /** What was kept cannot be had, or what was changed may not be kept. */
  record Broken(String why) implements Command {}

  /** It is closed, and what it keeps is left. */
  private record Closed() implements Command {}

  /** What it is told without data. */
  enum Timer implements Command {
    /** Try again to open. */
    AGAIN,
    /** Look whether anybody calls. */
    IDLE,
    /** It is to be on another node, or to leave memory. */
    STOP
  }

  /**
   * What entities need of their node.
   *
   * @param partitions where it is opened
   * @param keepers how what it changes is kept
   */
  record Place(Partitions partitions, Keepers keepers) {}

  private final PartitionId id;
  private final Partitions node;
  private final Keepers keepers;
  private final TimerScheduler<Command> timers;
  private final Host host;
  private final Set<NodeId> askers = new HashSet<>();
  private @Nullable ActorRef<?> keeper;
  private int failures;
  private @Nullable String broken;
  private boolean open;
  private long openSince;
  private boolean stopping;

  /** A partition, on a node that offers room for it. */
  static Behavior<Command> create(PartitionId id, Place place, Host host) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(timers -> new PartitionEntity(context, timers, id, place, host)));
  }

  /** Who has started a partition. */
  interface Host {

    /** Nobody calls it: it is to be told to stop, in a way that loses no question for it. */
    void passivate(ActorRef<Command> partition);

    /** It has ended. */
    void ended(ActorRef<Command> partition);
  }

  private PartitionEntity(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      PartitionId id,
      Place place,
      Host host) {
    super(context);
    this.id = id;
    this.node = place.partitions();
    this.keepers = place.keepers();
    this.timers = timers;
    this.host = host;
    begin();
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Locate.class, this::onLocate)
        .onMessage(Ready.class, this::onReady)
        .onMessage(Opened.class, this::onOpened)
        .onMessage(Waits.class, this::onWaits)
        .onMessage(Broken.class, this::onBroken)
        .onMessage(Closed.class, this::onClosed)
        .onMessage(Timer.class, this::onTimer)
        .onSignal(Terminated.class, ended -> onKeeperEnded())
        .onSignal(PostStop.class, ended -> onEnd())
        .build();
  }

  private Behavior<Command> onLocate(Locate locate) {
    if (stopping) {
      return this;
    }
    if (open) {
      node.tell(locate.asker(), new PlacementMessage.Taken(id));
      node.tell(locate.asker(), new PlacementMessage.Here(id));
      return this;
    }
    askers.add(locate.asker());
    if (broken != null) {
      node.tell(locate.asker(), new PlacementMessage.Waits(id, broken));
    }
    return this;
  }

  // ---------------------------------------------------------------- opening

  private void begin() {
    getContext()
        .pipeToSelf(
            keepers.ready(id),
            (done, failure) -> failure == null ? new Ready() : new Broken(text(failure)));
  }

  private static String text(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof JournalException ? cause.getMessage() : cause.toString();
  }

  private Behavior<Command> onReady(Ready ready) {
    if (stopping) {
      return Behaviors.stopped();
    }
    ActorRef<?> started = keepers.start(getContext(), id);
    getContext().watch(started);
    keeper = started;
    return this;
  }

  private Behavior<Command> onOpened(Opened opened) {
    if (stopping) {
      opened.store().leave(opened.state());
      return this;
    }
    open = true;
    openSince = System.nanoTime();
    broken = null;
    node.open(id, opened.state(), opened.store());
    askers.forEach(asker -> node.tell(asker, new PlacementMessage.Here(id)));
    askers.clear();
    if (keepers.canPassivate(id)) {
      timers.startTimerWithFixedDelay(Timer.IDLE, node.passivateAfter().dividedBy(2));
    }
    return this;
  }

  private Behavior<Command> onWaits(Waits waits) {
    if (!open) {
      broken = waits.why();
      tellAskers(waits.why());
    }
    return this;
  }

  private void tellAskers(String why) {
    askers.forEach(asker -> node.tell(asker, new PlacementMessage.Waits(id, why)));
  }

  // ---------------------------------------------------------------- failing

  private Behavior<Command> onBroken(Broken told) {
    String why = told.why();
    why = why.length() > MOST_TEXT ? why.substring(0, MOST_TEXT) + "…" : why;
    if (open && System.nanoTime() - openSince > LONGEST_PAUSE.toNanos()) {
      failures = 0;
    } else if (failures == 1) {
      // The first failure may be no more than a change of owners or copies.
      getContext().getLog().warn("{} is not served: {}", id, why);
    }
    broken = why;
    giveUp();
    tellAskers(why);
    ActorRef<?> last = keeper;
    if (last == null) {
      return next();
    }
    Adapter.toClassic(getContext()).stop(Adapter.toClassic(last));
    return this;
  }

  private void giveUp() {
    open = false;
    timers.cancel(Timer.IDLE);
    node.giveUp(id);
  }

  private Behavior<Command> onKeeperEnded() {
    keeper = null;
    if (broken == null && !stopping) {
      broken = "what keeps it has crashed: see the log of " + node.self().name();
    }
    giveUp();
    return next();
  }

  /** What follows when there is no keeper. */
  private Behavior<Command> next() {
    if (stopping) {
      return Behaviors.stopped();
    }
    long pause = FIRST_PAUSE.toMillis() << Math.min(failures, 5);
    timers.startSingleTimer(
        Timer.AGAIN, Duration.ofMillis(Math.min(pause, LONGEST_PAUSE.toMillis())));
    failures++;
    return this;
  }

  private Behavior<Command> onTimer(Timer timer) {
    switch (timer) {
      case AGAIN -> begin();
      case IDLE -> {
        if (open && !stopping && node.idle(id).compareTo(node.passivateAfter()) > 0) {
          host.passivate(getContext().getSelf());
        }
      }
      case STOP -> {
        return stop();
      }
    }
    return this;
  }

  // ---------------------------------------------------------------- closing

  private Behavior<Command> stop() {
    if (stopping) {
      return this;
    }
    stopping = true;
    timers.cancelAll();
    CompletableFuture<Done> closed = node.close(id);
    getContext().pipeToSelf(closed, (done, failure) -> new Closed());
    return this;
  }

  private Behavior<Command> onEnd() {
    node.giveUp(id);
    host.ended(getContext().getSelf());
    return this;
  }

  private Behavior<Command> onClosed(Closed closed) {
    ActorRef<?> last = keeper;
    if (last == null) {
      return Behaviors.stopped();
    }
    Adapter.toClassic(getContext()).stop(Adapter.toClassic(last));
    return this;
  }
}
