package dev.furrow.examples.failover;

import dev.furrow.Change;
import dev.furrow.Update;
import java.util.Optional;

/** Adds to a number. */
record Add(long n) implements Update<Long, Long> {
  @Override
  public Change<Long, Long> apply(Optional<Long> now) {
    long sum = now.orElse(0L) + n;
    return Change.set(sum, sum);
  }
}
