package dev.furrow.actors.pool;

import dev.furrow.Task;
import dev.furrow.TaskFailure;
import dev.furrow.actors.wire.FailureRecord;
import dev.furrow.actors.wire.LeaseTerms;
import dev.furrow.actors.wire.ReportKind;
import dev.furrow.actors.wire.ResultException;
import dev.furrow.actors.wire.TaskCodec;
import dev.furrow.actors.wire.WireCodec;
import org.jspecify.annotations.Nullable;

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

  /** Where tasks find their classes. */
  ClassLoader loader() {
    return codec.loader();
  }

  /**
   * How an attempt ended.
   *
   * @param body the encoded result or failure
   * @param runNanos time in user code
   * @param codecNanos time spent on decoding the task and encoding its result
   */
  record Ending(ReportKind kind, byte[] body, long runNanos, long codecNanos) {
    Ending(ReportKind kind, byte[] body) {
      this(kind, body, 0, 0);
    }

    Ending took(long run, long codec) {
      return new Ending(kind, body, run, codec);
    }
  }

  Ending run(Attempt attempt) {
    HeldLease lease = attempt.lease();
    long from = System.nanoTime();
    Task<?> task;
    try {
      task = codec.decode(lease.type, lease.payload);
    } catch (Throwable thrown) {
      return failed(TaskFailure.Kind.UNREADABLE, thrown, false).took(0, System.nanoTime() - from);
    }
    long began = System.nanoTime();
    Object result;
    try {
      result = task.run(attempt);
    } catch (Throwable thrown) {
      return failed(TaskFailure.Kind.THREW, thrown, mayRetry(thrown, lease.terms))
          .took(System.nanoTime() - began, began - from);
    }
    long ended = System.nanoTime();
    return encode(task, result).took(ended - began, began - from + System.nanoTime() - ended);
  }

  private Ending encode(Task<?> task, @Nullable Object result) {
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
