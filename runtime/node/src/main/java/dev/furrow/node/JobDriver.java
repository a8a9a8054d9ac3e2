package dev.furrow.node;

import dev.furrow.FurrowException;
import dev.furrow.actors.cluster.NodeGuardian;
import dev.furrow.actors.job.Intake;
import dev.furrow.actors.job.JobSpec;
import dev.furrow.actors.job.JobSupervisor;
import dev.furrow.actors.job.OutcomeBatch;
import dev.furrow.actors.job.OutcomeCursor;
import dev.furrow.actors.job.OutcomeRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * The driver's end of one job: starts its supervisor, fetches outcomes by commit cursor as long as
 * there is room for them, and passes on what the handle asks for. Ends with the supervisor.
 */
final class JobDriver extends AbstractBehavior<JobDriver.Command> {

  private static final Duration AGAIN = Duration.ofSeconds(2);
  private static final Duration MOMENT = Duration.ofSeconds(1);
  private static final int MOST_EARLY = 10_000;

  /** What a driver can be told. */
  sealed interface Command {}

  /** The supervisor speaks. */
  record FromSupervisor(JobSupervisor.Reply reply) implements Command {}

  /** Something for the supervisor. */
  record Forward(JobSupervisor.Command command) implements Command {}

  /** There may be room for outcomes again. */
  enum Resume implements Command {
    RESUME
  }

  private enum Again implements Command {
    AGAIN
  }

  private enum Orphaned implements Command {
    ORPHANED
  }

  private final JobSpec spec;
  private final JobClient client;
  private final OutcomeSink sink;
  private final TimerScheduler<Command> timers;
  private final OutcomeCursor cursor = new OutcomeCursor();
  private final List<JobSupervisor.Command> early = new ArrayList<>();
  private @Nullable ActorRef<JobSupervisor.Command> supervisor;
  private boolean fetching;

  static Behavior<Command> create(
      JobSpec spec,
      Intake intake,
      ActorRef<NodeGuardian.Command> guardian,
      JobClient client,
      OutcomeSink sink) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new JobDriver(context, timers, spec, intake, guardian, client, sink)));
  }

  private JobDriver(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      JobSpec spec,
      Intake intake,
      ActorRef<NodeGuardian.Command> guardian,
      JobClient client,
      OutcomeSink sink) {
    super(context);
    this.spec = spec;
    this.client = client;
    this.sink = sink;
    this.timers = timers;
    ActorRef<JobSupervisor.Reply> replies =
        context.messageAdapter(JobSupervisor.Reply.class, FromSupervisor::new);
    context.watch(guardian);
    guardian.tell(new NodeGuardian.StartJob(spec, intake, replies));
    timers.startTimerWithFixedDelay(Again.AGAIN, AGAIN);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(FromSupervisor.class, from -> onReply(from.reply()))
        .onMessage(Forward.class, this::onForward)
        .onMessage(Resume.class, resume -> onResume())
        .onMessage(Again.class, again -> onAgain())
        .onMessage(Orphaned.class, orphaned -> onOrphaned())
        .onSignal(Terminated.class, gone -> onSupervisorGone())
        .build();
  }

  private Behavior<Command> onReply(JobSupervisor.Reply reply) {
    if (reply instanceof JobSupervisor.Delivery delivery) {
      take(delivery.batch());
    } else if (reply instanceof JobSupervisor.Progress progress) {
      client.seen(progress.snapshot());
    } else if (reply instanceof JobSupervisor.Ready ready) {
      supervisor = ready.supervisor();
      getContext().watch(ready.supervisor());
      early.forEach(ready.supervisor()::tell);
      early.clear();
      fetch();
    }
    return this;
  }

  private void take(OutcomeBatch batch) {
    fetching = false;
    client.seen(batch.snapshot());
    List<OutcomeRecord> fresh = cursor.accept(batch);
    if (!client.hasEnded()) {
      deliver(fresh);
    }
    if (cursor.isAtEnd() && client.end()) {
      sink.ended(batch.snapshot());
    }
    // What comes after an end from this side is fetched too, so that the supervisor can end.
    if (client.hasEnded() || sink.hasRoom()) {
      fetch();
    }
  }

  private void deliver(List<OutcomeRecord> outcomes) {
    try {
      sink.accept(outcomes);
    } catch (RuntimeException failed) {
      client.fail(
          new FurrowException(
              "job "
                  + spec.name()
                  + " ended because its results cannot be kept: "
                  + failed.getMessage(),
              failed));
      client.cancel();
    }
  }

  private void fetch() {
    if (supervisor != null) {
      fetching = true;
      supervisor.tell(new JobSupervisor.Fetch(cursor.next()));
    }
  }

  private Behavior<Command> onForward(Forward forward) {
    if (supervisor != null) {
      supervisor.tell(forward.command());
    } else if (early.size() < MOST_EARLY
        || !(forward.command() instanceof JobSupervisor.CancelTask)) {
      early.add(forward.command());
    }
    return this;
  }

  private Behavior<Command> onResume() {
    if (!fetching && sink.hasRoom()) {
      fetch();
    }
    return this;
  }

  private Behavior<Command> onAgain() {
    if (fetching || client.hasEnded() || sink.hasRoom()) {
      fetch();
    }
    return this;
  }

  /** Where the whole node ends, its supervisors end first: a moment tells which it is. */
  private Behavior<Command> onSupervisorGone() {
    if (client.hasEnded()) {
      return Behaviors.stopped();
    }
    supervisor = null;
    timers.startSingleTimer(Orphaned.ORPHANED, MOMENT);
    return this;
  }

  private Behavior<Command> onOrphaned() {
    client.fail(
        new FurrowException(
            "the supervisor of job "
                + spec.name()
                + " ended with an error, and the job with it; the log of this program says why."
                + " Submit the tasks again"));
    return Behaviors.stopped();
  }
}
