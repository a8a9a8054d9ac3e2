package dev.furrow;

import java.util.Objects;

/**
 * How a job is to be run. Immutable: each method returns a changed copy.
 *
 * <pre>{@code
 * JobOptions.named("render").tasks(TaskOptions.defaults().retries(2)).maxInFlight(1_000).failFast()
 * }</pre>
 */
public final class JobOptions {

  private static final int IN_FLIGHT = 10_000;

  private final String name;
  private final TaskOptions tasks;
  private final int maxInFlight;
  private final boolean failFast;
  private final boolean speculative;

  private JobOptions(
      String name, TaskOptions tasks, int maxInFlight, boolean failFast, boolean speculative) {
    this.name = name;
    this.tasks = tasks;
    this.maxInFlight = maxInFlight;
    this.failFast = failFast;
    this.speculative = speculative;
  }

  /**
   * Starts from the defaults under a name for people; names need not be unique.
   *
   * @param name not blank, at most 200 characters
   * @return options with that name
   */
  public static JobOptions named(String name) {
    Objects.requireNonNull(name, "name");
    if (name.isBlank() || name.length() > 200) {
      throw new IllegalArgumentException(
          "a job's name must have 1 to 200 characters (was '" + name + "')");
    }
    return new JobOptions(name, TaskOptions.defaults(), IN_FLIGHT, false, false);
  }

  /**
   * Sets the options of every task of the job.
   *
   * @param tasks without a key, which is for single tasks
   * @return a changed copy
   * @throws IllegalArgumentException the options have a key
   */
  public JobOptions tasks(TaskOptions tasks) {
    Objects.requireNonNull(tasks, "tasks");
    tasks
        .key()
        .ifPresent(
            key -> {
              throw new IllegalArgumentException(
                  "key '"
                      + key
                      + "' cannot stand for every task of a job: use it with submit(task, options)");
            });
    return new JobOptions(name, tasks, maxInFlight, failFast, speculative);
  }

  /**
   * Bounds the tasks that are accepted and not yet ended; the source is read no further meanwhile.
   *
   * @param maxInFlight from 1 to 10,000,000; 10,000 unless set
   * @return a changed copy
   */
  public JobOptions maxInFlight(int maxInFlight) {
    if (maxInFlight < 1 || maxInFlight > 10_000_000) {
      throw new IllegalArgumentException(
          "maxInFlight must be from 1 to 10000000 (was " + maxInFlight + ")");
    }
    return new JobOptions(name, tasks, maxInFlight, failFast, speculative);
  }

  /**
   * Cancels what is unfinished when the first task fails or times out for good.
   *
   * @return a changed copy
   */
  public JobOptions failFast() {
    return new JobOptions(name, tasks, maxInFlight, true, speculative);
  }

  /**
   * Gives slow attempts a second one beside them: when no task waits, slots are idle, and an
   * attempt has taken a multiple of the job's median ({@code furrow.jobs.speculation}). The first
   * success is committed and the other attempt is stopped, as if it were cancelled. For tasks whose
   * effects may happen twice, and do no harm then.
   *
   * @return a changed copy
   */
  public JobOptions speculate() {
    return new JobOptions(name, tasks, maxInFlight, failFast, true);
  }

  /** {@return the job's name} */
  public String name() {
    return name;
  }

  /** {@return the options of every task} */
  public TaskOptions tasks() {
    return tasks;
  }

  /** {@return how many tasks may be accepted and not yet ended} */
  public int maxInFlight() {
    return maxInFlight;
  }

  /** {@return whether the first failure cancels the rest} */
  public boolean isFailFast() {
    return failFast;
  }

  /** {@return whether slow attempts get a second one beside them} */
  public boolean isSpeculative() {
    return speculative;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JobOptions that
        && name.equals(that.name)
        && tasks.equals(that.tasks)
        && maxInFlight == that.maxInFlight
        && failFast == that.failFast
        && speculative == that.speculative;
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, tasks, maxInFlight, failFast, speculative);
  }

  @Override
  public String toString() {
    return "JobOptions[name="
        + name
        + ", tasks="
        + tasks
        + ", maxInFlight="
        + maxInFlight
        + ", failFast="
        + failFast
        + ", speculate="
        + speculative
        + "]";
  }
}
