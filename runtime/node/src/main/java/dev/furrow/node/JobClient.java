package dev.furrow.node;

import dev.furrow.FurrowException;
import dev.furrow.actors.job.Intake;
import dev.furrow.actors.job.JobSnapshot;
import dev.furrow.actors.job.JobSpec;
import dev.furrow.actors.job.JobSupervisor;
import dev.furrow.actors.wire.FailureRecord;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/** What a handle needs to speak to its job: an intake for tasks, messages for the rest. */
final class JobClient {

  private final JobSpec spec;
  private final Intake intake;
  private final Consumer<JobClient> whenEnded;
  private final AtomicBoolean ended = new AtomicBoolean();
  private final CountDownLatch end = new CountDownLatch(1);
  private final AtomicReference<Runnable> afterwards = new AtomicReference<>(() -> {});
  private volatile @Nullable ActorRef<JobDriver.Command> driver;
  private volatile @Nullable OutcomeSink sink;
  private volatile JobSnapshot snapshot;

  JobClient(JobSpec spec, Intake intake, Consumer<JobClient> whenEnded) {
    this.spec = spec;
    this.intake = intake;
    this.whenEnded = whenEnded;
    this.snapshot = JobSnapshot.empty();
  }

  /** Joins it to its driver actor; before any use. */
  void connect(ActorRef<JobDriver.Command> actor, OutcomeSink outcomes) {
    driver = actor;
    sink = outcomes;
  }

  JobSpec spec() {
    return spec;
  }

  Intake intake() {
    return intake;
  }

  JobSnapshot snapshot() {
    return snapshot;
  }

  void seen(JobSnapshot newer) {
    snapshot = newer;
    if (!newer.sourceOpen()) {
      // Ended by the job itself, where the first failure cancels the rest: read no further.
      intake.close();
    }
  }

  boolean hasEnded() {
    return ended.get();
  }

  /** No more will come of the job. Answers whether this is the first to say so. */
  boolean end() {
    if (!ended.compareAndSet(false, true)) {
      return false;
    }
    intake.close();
    whenEnded.accept(this);
    end.countDown();
    afterwards.get().run();
    return true;
  }

  /** Sets what else is run at the end; at once if that has come. */
  void whenEnded(Runnable action) {
    afterwards.set(action);
    if (hasEnded()) {
      action.run();
    }
  }

  /** Waits for the end, or for so long. Answers whether it has come. */
  boolean awaitEnd(long nanos) throws InterruptedException {
    return end.await(nanos, TimeUnit.NANOSECONDS);
  }

  /** Ends the job from this side: its supervisor cannot be reached any more. */
  void fail(FurrowException why) {
    OutcomeSink outcomes = sink;
    if (outcomes != null && end()) {
      outcomes.failed(why);
    }
  }

  void cancel() {
    // Before its source finds the intake closed and says that this is its end.
    tell(new JobDriver.Forward(new JobSupervisor.CancelJob()));
    intake.close();
  }

  void cancelTask(long task) {
    tell(new JobDriver.Forward(new JobSupervisor.CancelTask(task)));
  }

  void endSource(@Nullable FailureRecord failure) {
    tell(new JobDriver.Forward(new JobSupervisor.EndSource(failure)));
  }

  /** Outcomes were read: more may be fetched. */
  void resume() {
    tell(JobDriver.Resume.RESUME);
  }

  /**
   * An actor that is only being started takes no message from a thread that is interrupted: it
   * throws, whatever {@code tell} declares. So the interrupt waits, also if it comes meanwhile.
   */
  private void tell(JobDriver.Command command) {
    ActorRef<JobDriver.Command> actor = driver;
    if (actor == null) {
      return;
    }
    boolean interrupted = Thread.interrupted();
    while (!isTold(actor, command)) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isTold(ActorRef<JobDriver.Command> actor, JobDriver.Command command) {
    try {
      actor.tell(command);
      return true;
    } catch (Exception thrown) {
      if (!(thrown instanceof InterruptedException)) {
        throw thrown;
      }
      return false;
    }
  }
}
