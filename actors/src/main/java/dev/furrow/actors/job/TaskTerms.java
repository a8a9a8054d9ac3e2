package dev.furrow.actors.job;

import dev.furrow.TaskOptions;
import dev.furrow.actors.wire.LeaseTerms;
import java.time.Duration;

/**
 * How a task is to be run; shared by all tasks with the same options.
 *
 * @param lease what a pool needs to know of it
 * @param retries attempts allowed after the first failed one
 * @param backoffNanos the wait before the first retry, before jitter
 */
public record TaskTerms(LeaseTerms lease, int retries, long backoffNanos) {

  /** The terms that options ask for. */
  public static TaskTerms of(TaskOptions options) {
    LeaseTerms lease =
        new LeaseTerms(
            options.timeout().map(Duration::toMillis).orElse(0L),
            options.priority(),
            options.requires(),
            options.doNotRetry().stream().map(Class::getName).sorted().toList());
    return new TaskTerms(lease, options.retries(), options.backoff().toNanos());
  }
}
