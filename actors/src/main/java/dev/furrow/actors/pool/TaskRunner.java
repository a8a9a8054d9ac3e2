package dev.furrow.actors.pool;

import dev.furrow.Task;
import dev.furrow.TaskFailure;
import dev.furrow.actors.wire.FailureRecord;
import dev.furrow.actors.wire.LeaseTerms;
import dev.furrow.actors.wire.ReportKind;
import dev.furrow.actors.wire.ResultException;
import dev.furrow.actors.wire.TaskCodec;
import dev.furrow.actors.wire.UnreadableException;
import dev.furrow.actors.wire.WireCodec;

/**
 * Decodes, runs and encodes: the only place where a task's code is entered. Whatever it throws, a
 * {@link StackOverflowError} and {@link LinkageError} included, becomes the attempt's failure.
 */
final class TaskRunner {

  private final TaskCodec codec;
  private final String node;

  TaskRunner(TaskCodec codec, String node) {
    this.codec = codec;
    this.node = node;
  }

  /** How an attempt ended. */
  record Ending(ReportKind kind, byte[] body) {}

  Ending run(Attempt attempt) {
    HeldLease lease = attempt.lease();
    Task<?> task;
    try {
      task = codec.decode(lease.type, lease.payload);
    } catch (UnreadableException unreadable) {
      return failed(TaskFailure.Kind.UNREADABLE, unreadable, false);
    } catch (Throwable thrown) {
      return failed(TaskFailure.Kind.UNREADABLE, thrown, false);
    }
    Object result;
    try {
      result = task.run(attempt);
    } catch (Throwable thrown) {
      return failed(TaskFailure.Kind.THREW, thrown, mayRetry(thrown, lease.terms));
    }
    try {
      return new Ending(ReportKind.SUCCEEDED, codec.encodeResult(task.getClass(), result));
    } catch (ResultException unwritable) {
      return failed(unwritable.kind(), unwritable, false);
    } catch (Throwable thrown) {
      return failed(TaskFailure.Kind.UNREADABLE, thrown, false);
    }
  }

  private static boolean mayRetry(Throwable thrown, LeaseTerms terms) {
    if (terms.doNotRetry().isEmpty()) {
      return true;
    }
    for (Class<?> type = thrown.getClass(); type != null; type = type.getSuperclass()) {
      if (terms.doNotRetry().contains(type.getName())) {
        return false;
      }
    }
    return true;
  }

  private Ending failed(TaskFailure.Kind kind, Throwable thrown, boolean retry) {
    FailureRecord failure = FailureRecord.of(kind, thrown, node);
    return new Ending(
        retry ? ReportKind.FAILED : ReportKind.FAILED_FOR_GOOD, WireCodec.encodeFailure(failure));
  }
}
