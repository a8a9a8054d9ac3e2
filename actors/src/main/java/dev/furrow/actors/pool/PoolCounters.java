package dev.furrow.actors.pool;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What a node's pool has done, through all its lives, and what it has now. Written by the pool once
 * a turn, and read by any thread.
 */
public final class PoolCounters {

  /** How an attempt ended, as the node saw it on which it ran. */
  public enum Ending {
    /** The task returned. */
    SUCCEEDED,
    /** It threw, could not be read, or its result could not be written. */
    FAILED,
    /** It was stopped because it took longer than its limit. */
    TIMED_OUT,
    /** It was stopped because nobody wants it any more, or because its node leaves. */
    CANCELLED
  }

  private final AtomicLongArray attempts = new AtomicLongArray(Ending.values().length);
  private final AtomicLongArray nanos = new AtomicLongArray(Ending.values().length);
  private volatile int used;
  private volatile int waiting;
  private volatile int abandoned;

  /** {@return attempts that ended so} */
  public long attempts(Ending ending) {
    return attempts.get(ending.ordinal());
  }

  /** {@return for how long these ran in user code, summed, in nanoseconds} */
  public long nanos(Ending ending) {
    return nanos.get(ending.ordinal());
  }

  /** {@return slots in which a task runs} */
  public int used() {
    return used;
  }

  /** {@return leases that wait here for a slot} */
  public int waiting() {
    return waiting;
  }

  /** {@return threads whose task was stopped and has not ended yet} */
  public int abandoned() {
    return abandoned;
  }

  void add(Ending ending, long count, long runNanos) {
    attempts.addAndGet(ending.ordinal(), count);
    nanos.addAndGet(ending.ordinal(), runNanos);
  }

  /** Writes what has changed alone, so that readers and writer seldom share a cache line. */
  void now(int usedSlots, int waitingLeases, int abandonedThreads) {
    if (used != usedSlots) {
      used = usedSlots;
    }
    if (waiting != waitingLeases) {
      waiting = waitingLeases;
    }
    if (abandoned != abandonedThreads) {
      abandoned = abandonedThreads;
    }
  }
}
