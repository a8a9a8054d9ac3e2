package dev.furrow.actors.link;

import java.time.Duration;

/**
 * How long to wait before the next dial: doubles from the least to the most, and starts over once a
 * connection has lasted as long as the longest wait. A peer that accepts and breaks at once is thus
 * not dialled in a tight loop.
 */
final class Backoff {

  private final long least;
  private final long most;
  private long next;

  Backoff(Duration least, Duration most) {
    this.least = least.toNanos();
    this.most = most.toNanos();
    this.next = this.least;
  }

  /** The wait before the next dial, in nanoseconds. */
  long next() {
    long wait = next;
    next = wait >= most / 2 ? most : wait * 2;
    return wait;
  }

  /** A connection broke after this many nanoseconds. */
  void lasted(long nanos) {
    if (nanos >= most) {
      next = least;
    }
  }
}
