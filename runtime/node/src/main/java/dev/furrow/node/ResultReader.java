package dev.furrow.node;

import dev.furrow.FurrowException;
import dev.furrow.Outcome;
import dev.furrow.TaskCancelledException;
import dev.furrow.TaskFailedException;
import dev.furrow.TaskFailure;
import dev.furrow.TaskTimedOutException;
import dev.furrow.actors.job.JobSpec;
import dev.furrow.actors.job.OutcomeRecord;
import dev.furrow.actors.wire.FailureRecord;
import dev.furrow.actors.wire.TaskCodec;
import dev.furrow.actors.wire.UnreadableException;
import dev.furrow.actors.wire.WireCodec;
import dev.furrow.actors.wire.WireException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Turns encoded outcomes into what users see. */
final class ResultReader {

  private final TaskCodec codec;
  private final Map<String, Class<?>> types = new ConcurrentHashMap<>();

  ResultReader(TaskCodec codec) {
    this.codec = codec;
  }

  /** Notes a class whose results this program will read. */
  void learn(Class<?> taskClass) {
    types.putIfAbsent(taskClass.getName(), taskClass);
  }

  /** The result, or the exception that says how the task ended. */
  @SuppressWarnings("TypeParameterUnusedInFormals") // the task's class says what R is
  <R> @Nullable R value(OutcomeRecord outcome, JobSpec job) {
    Outcome<R> seen = outcome(outcome, job);
    if (seen instanceof Outcome.Succeeded<R> succeeded) {
      return succeeded.value();
    }
    throw failure(seen, outcome, job);
  }

  /** The exception that says how a task ended other than well. */
  FurrowException failure(Outcome<?> seen, OutcomeRecord outcome, JobSpec job) {
    if (seen instanceof Outcome.Failed<?> failed) {
      return new TaskFailedException(failed.failure());
    }
    String task = "task " + outcome.task() + " of job " + job.name();
    if (seen instanceof Outcome.TimedOut<?> late) {
      return new TaskTimedOutException(
          task
              + " took longer than its time limit of "
              + late.limit().toMillis()
              + " ms"
              + "; attempts made: "
              + outcome.attempts()
              + ". Raise timeout(…), or split the task");
    }
    return new TaskCancelledException(task + " was cancelled");
  }

  /** The outcome as users see it. */
  <R> Outcome<R> outcome(OutcomeRecord outcome, JobSpec job) {
    return switch (outcome.kind()) {
      case SUCCEEDED -> succeeded(outcome, job);
      case FAILED -> new Outcome.Failed<>(outcome.task(), failure(outcome));
      case TIMED_OUT ->
          new Outcome.TimedOut<>(outcome.task(), Duration.ofMillis(outcome.limitMillis()));
      case CANCELLED -> new Outcome.Cancelled<>(outcome.task());
    };
  }

  private <R> Outcome<R> succeeded(OutcomeRecord outcome, JobSpec job) {
    Class<?> type = types.get(outcome.type());
    String here = "driver of " + job.name();
    if (type == null) {
      String text = "this program has not submitted a " + outcome.type() + " and cannot read it";
      return unreadable(
          outcome, FailureRecord.of(TaskFailure.Kind.UNREADABLE, outcome.type(), text, here));
    }
    try {
      @SuppressWarnings("unchecked") // the codec reads what the class says R is
      R value = (R) codec.decodeResult(type, outcome.body());
      return new Outcome.Succeeded<>(outcome.task(), value);
    } catch (UnreadableException wrong) {
      return unreadable(outcome, FailureRecord.of(TaskFailure.Kind.UNREADABLE, wrong, here));
    }
  }

  private static <R> Outcome<R> unreadable(OutcomeRecord outcome, FailureRecord failure) {
    return new Outcome.Failed<>(outcome.task(), failure.toTaskFailure(outcome.attempts()));
  }

  private static TaskFailure failure(OutcomeRecord outcome) {
    try {
      return WireCodec.decodeFailure(outcome.body()).toTaskFailure(outcome.attempts());
    } catch (WireException unreadable) {
      throw new FurrowException("a failure came in a form that cannot be read", unreadable);
    }
  }
}
