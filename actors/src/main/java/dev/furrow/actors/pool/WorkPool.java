package dev.furrow.actors.pool;

import dev.furrow.actors.link.Link;
import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.PoolId;
import dev.furrow.actors.wire.PoolMessage;
import dev.furrow.actors.wire.TaskCodec;
import dev.furrow.config.NodeSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's pool: asks supervisors for work and hands it to its slots. Owns the node's {@link
 * PoolState} and its threads. It survives whatever tasks do, short of ending the JVM; should it
 * crash all the same, its node starts another life of it, and supervisors lease its work again.
 */
public final class WorkPool extends AbstractBehavior<WorkPool.Command> {

  /** What a pool can be told. */
  public sealed interface Command {}

  /** A supervisor speaks. */
  public record FromJob(PoolMessage message) implements Command {}

  /** A node can be reached. */
  public record NodeConnected(NodeId node) implements Command {}

  /** A node is no longer a member. */
  public record NodeRemoved(NodeId node) implements Command {}

  /** Finish what runs within a time, return the rest, and say when that is done. */
  public record Drain(Duration within, ActorRef<Done> done) implements Command {}

  /** Threads have left something in the inbox. */
  private enum Wake implements Command {
    WAKE
  }

  /** A slot's thread that worked for the pool has met a defect. */
  private record Broken(Throwable cause) implements Command {}

  private enum Tick implements Command {
    TICK
  }

  private enum Drained implements Command {
    DRAINED
  }

  /**
   * A pool's surroundings.
   *
   * @param id this life of the pool
   * @param slots tasks that it runs at once
   * @param resources what tasks can require
   * @param link reaches the supervisors
   * @param codec reads tasks and writes results
   * @param nesting gives tasks a Furrow
   * @param settings the numbers that bound it
   * @param counters what it counts
   * @param clock nanoseconds of no fixed origin
   */
  public record Setting(
      PoolId id,
      int slots,
      Map<String, Long> resources,
      Link link,
      TaskCodec codec,
      Nesting nesting,
      NodeSettings settings,
      PoolCounters counters,
      LongSupplier clock) {}

  private static final Logger log = LoggerFactory.getLogger(WorkPool.class);

  /** A pool with nothing to do ticks so many times less often. */
  private static final int RESTING = 10;

  private final ActorRef<Command> self;
  private final Setting setting;
  private final PoolState state;
  private final Slots slots;
  private final Inbox inbox;
  private final List<ActorRef<Done>> draining = new ArrayList<>();
  private final TimerScheduler<Command> timers;
  private final Duration tick;
  private final Duration rest;
  private boolean drained;
  private boolean seldom;

  /** Nothing runs, as far as the last turn knew. */
  private volatile boolean resting;

  /** A pool with all slots free. */
  public static Behavior<Command> create(Setting setting) {
    return Behaviors.setup(
        context -> Behaviors.withTimers(timers -> new WorkPool(context, timers, setting)));
  }

  /** The task of this JVM that has called System.exit, for people; empty if none has. */
  public static String exitingTask() {
    return Slots.exiting();
  }

  private WorkPool(ActorContext<Command> context, TimerScheduler<Command> timers, Setting setting) {
    super(context);
    this.self = context.getSelf();
    this.setting = setting;
    NodeSettings settings = setting.settings();
    this.state =
        new PoolState(setting.id(), setting.slots(), setting.resources(), limits(settings));
    String node = setting.id().node().name();
    this.inbox = new Inbox(this::handle, () -> self.tell(Wake.WAKE));
    this.slots =
        new Slots(
            new TaskRunner(setting.codec(), node),
            node,
            setting.nesting(),
            inbox,
            cause -> self.tell(new Broken(cause)),
            2 * setting.slots() + settings.node().maxParked() + settings.node().maxAbandoned() + 1,
            settings.node().maxParked());
    this.timers = timers;
    Duration status = settings.liveness().statusInterval();
    this.tick = settings.liveness().tick();
    Duration seldomTick = tick.multipliedBy(RESTING);
    this.rest = seldomTick.compareTo(status) < 0 ? seldomTick : status;
    tick(false);
  }

  private static PoolLimits limits(NodeSettings settings) {
    long status = settings.liveness().statusInterval().toNanos();
    return new PoolLimits(
        settings.jobs().batch(),
        settings.jobs().prefetch(),
        settings.jobs().ageing().toNanos(),
        status,
        status,
        settings.liveness().supervisorSilence().toNanos(),
        30 * status,
        settings.node().maxAbandoned());
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Wake.class, wake -> onWake())
        .onMessage(FromJob.class, this::onFromJob)
        .onMessage(Tick.class, tick -> onTick())
        .onMessage(NodeConnected.class, up -> hand(new PoolCommand.NodeConnected(up.node())))
        .onMessage(NodeRemoved.class, gone -> hand(new PoolCommand.NodeRemoved(gone.node())))
        .onMessage(Drain.class, this::onDrain)
        .onMessage(Broken.class, this::onBroken)
        .onMessage(Drained.class, drained -> onDrained())
        .onSignal(PostStop.class, stop -> onStop())
        .build();
  }

  private Behavior<Command> onWake() {
    inbox.work();
    return this;
  }

  private Behavior<Command> onFromJob(FromJob from) {
    hand(new PoolCommand.FromJob(from.message()));
    if (seldom && !resting) {
      tick(false);
    }
    return this;
  }

  /** Looks at the time less often while nothing runs here. */
  private Behavior<Command> onTick() {
    hand(new PoolCommand.Tick());
    tick(resting && draining.isEmpty());
    return this;
  }

  private void tick(boolean isSeldom) {
    seldom = isSeldom;
    timers.startSingleTimer(Tick.TICK, isSeldom ? rest : tick);
  }

  private Behavior<Command> hand(PoolCommand command) {
    inbox.hand(command);
    return this;
  }

  private Behavior<Command> onDrain(Drain drain) {
    if (drained) {
      drain.done().tell(Done.getInstance());
      return this;
    }
    draining.add(drain.done());
    tick(false);
    return hand(new PoolCommand.Drain(setting.clock().getAsLong() + drain.within().toNanos()));
  }

  private Behavior<Command> onDrained() {
    drained = true;
    draining.forEach(waiting -> waiting.tell(Done.getInstance()));
    return this;
  }

  private Behavior<Command> onBroken(Broken broken) {
    throw new IllegalStateException("the pool has met a defect", broken.cause());
  }

  private Behavior<Command> onStop() {
    inbox.close();
    slots.close();
    setting.counters().now(0, 0, 0);
    return this;
  }

  // What follows is called by one thread at a time: the actor's, or one of a slot.

  private void handle(List<PoolCommand> first) {
    long now = setting.clock().getAsLong();
    List<PoolCommand> commands = first;
    while (!commands.isEmpty()) {
      List<PoolCommand> answers = new ArrayList<>();
      List<PoolEffect> effects = state.apply(commands, now);
      count(); // before anybody hears of it
      for (PoolEffect effect : effects) {
        run(effect, answers);
      }
      commands = answers;
    }
    resting = state.isResting();
  }

  private void count() {
    state.tally().drainTo(setting.counters());
    setting.counters().now(state.used(), state.waiting(), state.abandoned());
  }

  private void run(PoolEffect effect, List<PoolCommand> answers) {
    if (effect instanceof PoolEffect.Send send) {
      setting.link().send(send.to(), send.message());
    } else if (effect instanceof PoolEffect.Start start) {
      slots.start(start.run(), start.entries());
    } else if (effect instanceof PoolEffect.Truncate truncate) {
      Slots.Truncation back = slots.truncate(truncate.run());
      if (back != null) {
        answers.add(new PoolCommand.Truncated(truncate.run(), back.kept(), back.done()));
      }
    } else if (effect instanceof PoolEffect.Revoke revoke) {
      boolean done = slots.revoke(revoke.run(), revoke.index());
      answers.add(new PoolCommand.Revoked(revoke.run(), revoke.index(), done));
    } else if (effect instanceof PoolEffect.Unpark unpark) {
      slots.unpark(unpark.run());
    } else if (effect instanceof PoolEffect.Warn warn) {
      log.warn(warn.text());
    } else if (effect instanceof PoolEffect.Drained) {
      self.tell(Drained.DRAINED);
    }
  }
}
