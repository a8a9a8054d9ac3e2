package dev.furrow;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** At least one task of a job failed or timed out, or the source of its tasks threw. */
public final class JobFailedException extends FurrowException {

  private static final long serialVersionUID = 1L;

  private final transient JobReport report;
  private final transient List<Outcome<?>> failures;

  /**
   * Creates an exception.
   *
   * @param message how many tasks failed, and the first failure
   * @param cause the first failure, or what the source threw
   * @param report where the job's time went
   * @param failures the first 100 outcomes that are {@link Outcome.Failed} or {@link
   *     Outcome.TimedOut}
   */
  public JobFailedException(
      String message,
      @Nullable Throwable cause,
      JobReport report,
      List<? extends Outcome<?>> failures) {
    super(message, cause);
    this.report = report;
    this.failures = List.copyOf(failures);
  }

  /** {@return a report of where the job's time went} */
  public JobReport report() {
    return report;
  }

  /**
   * {@return the first 100 outcomes that are {@link Outcome.Failed} or {@link Outcome.TimedOut}}
   */
  public List<Outcome<?>> failures() {
    return failures;
  }
}
