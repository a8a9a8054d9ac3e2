package dev.furrow.node;

import dev.furrow.TaskContext;
import dev.furrow.actors.partition.Call;
import dev.furrow.actors.wire.CallerId;
import dev.furrow.actors.wire.TimeUuid;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Numbers the updates that a task makes, in the order in which it makes them: every attempt at it
 * gives the same numbers, so that what an earlier attempt has done is not done again.
 */
final class CallOrigins implements Supplier<Call.Origin> {

  private final CallerId job;
  private final long task;
  private final AtomicInteger calls = new AtomicInteger();

  CallOrigins(TaskContext attempt) {
    this.job = new CallerId(attempt.jobId(), TimeUuid.millis(attempt.jobId()));
    this.task = attempt.taskId();
  }

  @Override
  public Call.Origin get() {
    return new Call.Origin(job, task, calls.getAndIncrement());
  }
}
