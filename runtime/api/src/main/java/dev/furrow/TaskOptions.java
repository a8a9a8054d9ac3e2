package dev.furrow;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * How a task is to be run. Immutable: each method returns a changed copy.
 *
 * <pre>{@code
 * TaskOptions.defaults().retries(3).timeout(Duration.ofSeconds(5)).requires("gpu", 1L)
 * }</pre>
 */
public final class TaskOptions {

  private static final TaskOptions DEFAULTS =
      new TaskOptions(
          0, Duration.ofMillis(100), Optional.empty(), 0, Map.of(), Optional.empty(), Set.of());

  private static final Duration LONGEST = Duration.ofDays(365);

  private final int retries;
  private final Duration backoff;
  private final Optional<Duration> timeout;
  private final int priority;
  private final Map<String, Long> requires;
  private final Optional<String> key;
  private final Set<Class<? extends Throwable>> doNotRetry;

  private TaskOptions(
      int retries,
      Duration backoff,
      Optional<Duration> timeout,
      int priority,
      Map<String, Long> requires,
      Optional<String> key,
      Set<Class<? extends Throwable>> doNotRetry) {
    this.retries = retries;
    this.backoff = backoff;
    this.timeout = timeout;
    this.priority = priority;
    this.requires = requires;
    this.key = key;
    this.doNotRetry = doNotRetry;
  }

  /** {@return options with no retry, no time limit, priority 0, nothing required, no key} */
  public static TaskOptions defaults() {
    return DEFAULTS;
  }

  /**
   * Allows so many more attempts after the task threw or timed out. Attempts lost with their node
   * are made again without counting.
   *
   * @param retries from 0 to 1000
   * @return a changed copy
   */
  public TaskOptions retries(int retries) {
    if (retries < 0 || retries > 1000) {
      throw new IllegalArgumentException("retries must be from 0 to 1000 (was " + retries + ")");
    }
    return new TaskOptions(retries, backoff, timeout, priority, requires, key, doNotRetry);
  }

  /**
   * Sets the wait before the first retry. It doubles with each one up to a cap, and the actual wait
   * is drawn evenly from zero to it ("full jitter": Brooker, "Exponential Backoff and Jitter", AWS
   * Architecture Blog, 2015).
   *
   * @param backoff the first wait; zero tries again at once
   * @return a changed copy
   */
  public TaskOptions backoff(Duration backoff) {
    Objects.requireNonNull(backoff, "backoff");
    if (backoff.isNegative() || backoff.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "backoff must be from 0 to 365 days (was " + backoff + ")");
    }
    return new TaskOptions(retries, backoff, timeout, priority, requires, key, doNotRetry);
  }

  /**
   * Bounds one attempt, from its start. The slot is free again at that moment and the attempt's
   * thread is interrupted.
   *
   * @param timeout at least 1 ms
   * @return a changed copy
   */
  public TaskOptions timeout(Duration timeout) {
    Objects.requireNonNull(timeout, "timeout");
    if (timeout.compareTo(Duration.ofMillis(1)) < 0 || timeout.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "timeout must be from 1 ms to 365 days (was " + timeout + ")");
    }
    return new TaskOptions(
        retries, backoff, Optional.of(timeout), priority, requires, key, doNotRetry);
  }

  /**
   * Sets how urgent the task is, across jobs. A higher number runs sooner; waiting raises a task's
   * standing, so that nothing waits for ever.
   *
   * @param priority from −1000 to 1000
   * @return a changed copy
   */
  public TaskOptions priority(int priority) {
    if (priority < -1000 || priority > 1000) {
      throw new IllegalArgumentException(
          "priority must be from -1000 to 1000 (was " + priority + ")");
    }
    return new TaskOptions(retries, backoff, timeout, priority, requires, key, doNotRetry);
  }

  /**
   * Runs the task only where so much of a resource is free, and takes it for the time of the
   * attempt, also while it waits for other tasks. May be called for several resources.
   *
   * @param resource the name under which nodes offer it
   * @param amount at least 1
   * @return a changed copy
   */
  public TaskOptions requires(String resource, long amount) {
    Objects.requireNonNull(resource, "resource");
    if (resource.isBlank()) {
      throw new IllegalArgumentException("resource must have a name (was blank)");
    }
    if (amount < 1) {
      throw new IllegalArgumentException(resource + " must be at least 1 (was " + amount + ")");
    }
    Map<String, Long> more = new LinkedHashMap<>(requires);
    more.put(resource, amount);
    return new TaskOptions(retries, backoff, timeout, priority, Map.copyOf(more), key, doNotRetry);
  }

  /**
   * Gives the task an idempotency key: while the ref of a task lives, submitting under its key
   * again returns that ref. Other bytes under the same key are refused. For {@code submit} alone; a
   * key for a whole job is refused.
   *
   * @param key not blank
   * @return a changed copy
   */
  public TaskOptions key(String key) {
    Objects.requireNonNull(key, "key");
    if (key.isBlank()) {
      throw new IllegalArgumentException("key must not be blank");
    }
    return new TaskOptions(
        retries, backoff, timeout, priority, requires, Optional.of(key), doNotRetry);
  }

  /**
   * Fails the task at once when it throws this type or a subtype of it. May be called for several
   * types.
   *
   * @param type what not to retry
   * @return a changed copy
   */
  public TaskOptions doNotRetry(Class<? extends Throwable> type) {
    Objects.requireNonNull(type, "type");
    Set<Class<? extends Throwable>> more = new LinkedHashSet<>(doNotRetry);
    more.add(type);
    return new TaskOptions(retries, backoff, timeout, priority, requires, key, Set.copyOf(more));
  }

  /** {@return how many attempts are allowed after the first one failed} */
  public int retries() {
    return retries;
  }

  /** {@return the wait before the first retry, before jitter} */
  public Duration backoff() {
    return backoff;
  }

  /** {@return the limit of one attempt; empty for none} */
  public Optional<Duration> timeout() {
    return timeout;
  }

  /** {@return how urgent the task is} */
  public int priority() {
    return priority;
  }

  /** {@return what the task needs of its node, as {@code gpu → 1}} */
  public Map<String, Long> requires() {
    return requires;
  }

  /** {@return the idempotency key; empty for none} */
  public Optional<String> key() {
    return key;
  }

  /** {@return the types that are not retried} */
  public Set<Class<? extends Throwable>> doNotRetry() {
    return doNotRetry;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TaskOptions that
        && retries == that.retries
        && priority == that.priority
        && backoff.equals(that.backoff)
        && timeout.equals(that.timeout)
        && requires.equals(that.requires)
        && key.equals(that.key)
        && doNotRetry.equals(that.doNotRetry);
  }

  @Override
  public int hashCode() {
    return Objects.hash(retries, backoff, timeout, priority, requires, key, doNotRetry);
  }

  @Override
  public String toString() {
    return "TaskOptions[retries="
        + retries
        + ", backoff="
        + backoff
        + ", timeout="
        + timeout.map(Duration::toString).orElse("none")
        + ", priority="
        + priority
        + ", requires="
        + requires
        + ", key="
        + key.orElse("none")
        + ", doNotRetry="
        + doNotRetry
        + "]";
  }
}
