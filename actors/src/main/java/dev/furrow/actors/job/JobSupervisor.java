package dev.furrow.actors.job;

import dev.furrow.actors.link.Link;
import dev.furrow.actors.wire.FailureRecord;
import dev.furrow.actors.wire.JobMessage;
import dev.furrow.actors.wire.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
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
 * Keeps track of one job: owns its {@link JobState} and translates messages to commands and effects
 * to messages. It survives the loss of any pool. It is volatile: with it, or with its node, the job
 * is gone, and its driver is told.
 */
public final class JobSupervisor extends AbstractBehavior<JobSupervisor.Command> {

  private static final int INTAKE_BATCH = 1024;
  private static final Duration PROGRESS = Duration.ofMillis(100);

  /** What a supervisor can be told. */
  public sealed interface Command {}

  /** Tasks wait in the intake. */
  private enum Wake implements Command {
    WAKE
  }

  /** The source has no more tasks, or threw; sent after its last task was left in the intake. */
  public record EndSource(@Nullable FailureRecord failure) implements Command {}

  /** One task is no longer wanted. */
  public record CancelTask(long task) implements Command {}

  /** The job is no longer wanted. */
  public record CancelJob() implements Command {}

  /** Acknowledges the outcomes before {@code cursor} and asks for those from it on. */
  public record Fetch(long cursor) implements Command {}

  /** A pool speaks. */
  public record FromPool(JobMessage message) implements Command {}

  /** The pool of a node can be reached. */
  public record NodeConnected(NodeId node) implements Command {}

  /** The connection to a node broke; {@code ended} if its process closed it. */
  public record NodeClosed(NodeId node, boolean ended) implements Command {}

  /** A node is no longer a member; {@code left} if it went in order. */
  public record NodeRemoved(NodeId node, boolean left) implements Command {}

  /** What has come since the last turn is to be worked off, all at once. */
  private enum Turn implements Command {
    TURN
  }

  private enum Tick implements Command {
    TICK
  }

  private enum TellProgress implements Command {
    TELL
  }

  /** What a supervisor says to its driver. */
  public sealed interface Reply {}

  /** The supervisor is there. */
  public record Ready(ActorRef<Command> supervisor) implements Reply {}

  /** Outcomes, in answer to {@link Fetch}. */
  public record Delivery(OutcomeBatch batch) implements Reply {}

  /** The job's numbers, told within 100 ms of a change. */
  public record Progress(JobSnapshot snapshot) implements Reply {}

  /**
   * A job's surroundings.
   *
   * @param limits the numbers that bound it
   * @param link reaches the pools
   * @param clock nanoseconds of no fixed origin
   * @param random for jitter
   * @param tick how often time is looked at
   * @param counters what the jobs of this node count together
   */
  public record Setting(
      JobLimits limits,
      Link link,
      LongSupplier clock,
      RandomGenerator random,
      Duration tick,
      JobCounters counters) {}

  private final JobSpec spec;
  private final Intake intake;
  private final ActorRef<Reply> driver;
  private final Setting setting;
  private final JobState state;
  private final TimerScheduler<Command> timers;
  private final List<JobCommand> waiting = new ArrayList<>();
  private long nextTick;
  private boolean changed;
  private JobCounts counted = JobCounts.NONE;

  /** A supervisor for a job whose tasks come through an intake. */
  public static Behavior<Command> create(
      JobSpec spec, Intake intake, ActorRef<Reply> driver, Setting setting) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new JobSupervisor(context, timers, spec, intake, driver, setting)));
  }

  private JobSupervisor(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      JobSpec spec,
      Intake intake,
      ActorRef<Reply> driver,
      Setting setting) {
    super(context);
    context.setLoggerName(JobSupervisor.class);
    this.spec = spec;
    this.intake = intake;
    this.driver = driver;
    this.setting = setting;
    this.state = new JobState(spec, setting.limits(), setting.random(), now());
    this.timers = timers;
    setting.counters().opened();
    tickAt(now() + PROGRESS.toNanos());
    ActorRef<Command> self = context.getSelf();
    intake.onWake(() -> self.tell(Wake.WAKE));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(FromPool.class, from -> handle(new JobCommand.FromPool(from.message())))
        .onMessage(Turn.class, turn -> onTurn())
        .onMessage(Wake.class, wake -> onWake())
        .onMessage(Fetch.class, fetch -> handle(new JobCommand.Fetch(fetch.cursor())))
        .onMessage(Tick.class, tick -> onTick())
        .onMessage(EndSource.class, this::onEndSource)
        .onMessage(CancelTask.class, this::onCancelTask)
        .onMessage(CancelJob.class, cancel -> handle(new JobCommand.CancelJob()))
        .onMessage(NodeConnected.class, up -> handle(new JobCommand.NodeConnected(up.node())))
        .onMessage(
            NodeClosed.class, down -> handle(new JobCommand.NodeClosed(down.node(), down.ended())))
        .onMessage(
            NodeRemoved.class, gone -> handle(new JobCommand.NodeRemoved(gone.node(), gone.left())))
        .onMessage(TellProgress.class, tell -> onTellProgress())
        .onSignal(PostStop.class, stop -> onStop())
        .build();
  }

  private Behavior<Command> onWake() {
    List<NewTask> tasks = intake.take(INTAKE_BATCH);
    if (tasks.size() == INTAKE_BATCH) {
      getContext().getSelf().tell(Wake.WAKE);
    }
    return tasks.isEmpty() ? this : handle(new JobCommand.Accept(tasks));
  }

  private Behavior<Command> onEndSource(EndSource end) {
    intake.close();
    takeRest();
    return handle(new JobCommand.EndSource(end.failure()));
  }

  /** A cancel may overtake the wake-up for its task, which is then still in the intake. */
  private Behavior<Command> onCancelTask(CancelTask cancel) {
    takeRest();
    return handle(new JobCommand.CancelTask(cancel.task()));
  }

  private void takeRest() {
    List<NewTask> rest = intake.take(Integer.MAX_VALUE);
    if (!rest.isEmpty()) {
      handle(new JobCommand.Accept(rest));
    }
  }

  /** After what came before it: a tick must not find silent who has just spoken. */
  private Behavior<Command> onTick() {
    tickAt(now() + PROGRESS.toNanos());
    takeTurn();
    run(List.of(new JobCommand.Tick()));
    return end();
  }

  /** Looks at the time at least so often as progress is told, and when a retry is due. */
  private void tickAt(long when) {
    nextTick = when;
    Duration wait = Duration.ofNanos(Math.max(setting.tick().toNanos(), when - now()));
    timers.startSingleTimer(Tick.TICK, wait);
  }

  private Behavior<Command> onTellProgress() {
    changed = false;
    driver.tell(new Progress(state.snapshot(now())));
    return this;
  }

  private Behavior<Command> onStop() {
    intake.close();
    setting.counters().move(counted, counted.past());
    setting.counters().closed();
    return this;
  }

  /** Keeps a command for the turn that ends when the messages of this moment are taken in. */
  private Behavior<Command> handle(JobCommand command) {
    if (waiting.isEmpty()) {
      getContext().getSelf().tell(Turn.TURN);
    }
    waiting.add(command);
    if (!changed) {
      changed = true;
      timers.startSingleTimer(TellProgress.TELL, PROGRESS);
    }
    return this;
  }

  private Behavior<Command> onTurn() {
    takeTurn();
    return end();
  }

  private void takeTurn() {
    if (!waiting.isEmpty()) {
      List<JobCommand> commands = List.copyOf(waiting);
      waiting.clear();
      run(commands);
    }
  }

  private void run(List<JobCommand> commands) {
    long now = now();
    perform(state.apply(state.decide(commands, now)));
    if (state.hasWaiting()) {
      perform(state.apply(state.decide(List.of(new JobCommand.Dispatch()), now)));
    }
    if (state.dueAt() < nextTick) {
      tickAt(state.dueAt());
    }
  }

  private Behavior<Command> end() {
    return state.isFinished() ? Behaviors.stopped() : this;
  }

  private void perform(List<JobEffect> effects) {
    count(); // before anybody hears of it
    for (JobEffect effect : effects) {
      if (effect instanceof JobEffect.Send send) {
        setting.link().send(send.to(), send.message());
      } else if (effect instanceof JobEffect.Deliver deliver) {
        driver.tell(new Delivery(deliver.batch()));
      } else if (effect instanceof JobEffect.Release release) {
        intake.release(release.tasks(), release.bytes());
      } else if (effect instanceof JobEffect.Warn warn) {
        getContext().getLog().warn("job {} ({}): {}", spec.name(), spec.key().id(), warn.text());
      }
    }
  }

  private void count() {
    JobCounts now = state.counts();
    setting.counters().move(counted, now);
    counted = now;
  }

  private long now() {
    return setting.clock().getAsLong();
  }
}
