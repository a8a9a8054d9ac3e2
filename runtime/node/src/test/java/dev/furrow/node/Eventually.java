package dev.furrow.node;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Waits for conditions, with a deadline. */
final class Eventually {

  static final Duration DEADLINE = Duration.ofSeconds(60);

  private static final long QUIET = 300_000_000;

  private Eventually() {}

  static void holds(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + DEADLINE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("not within " + DEADLINE.toSeconds() + " s: " + what);
      }
      LockSupport.parkNanos(500_000);
    }
  }

  /** Waits until a number stays as it is for a while. */
  static void settles(String what, LongSupplier number) {
    long[] last = {number.getAsLong(), System.nanoTime()};
    holds(
        what + " stays as it is",
        () -> {
          long now = number.getAsLong();
          if (now != last[0]) {
            last[0] = now;
            last[1] = System.nanoTime();
          }
          return System.nanoTime() - last[1] > QUIET;
        });
  }

  /** Waits until a thread blocks without a limit. */
  static void blocks(Thread thread) {
    holds(thread + " waits", () -> thread.getState() == Thread.State.WAITING);
  }
}
