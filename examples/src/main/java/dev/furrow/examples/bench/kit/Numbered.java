package dev.furrow.examples.bench.kit;

import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.LongFunction;

/** Things made from the numbers 0, 1, 2, …, as many as are asked for until a time has passed. */
final class Numbered<T> implements Iterator<T> {

  private static final int LOOK_AT_CLOCK_EVERY = 64;

  private final LongFunction<T> made;
  private final int look;
  private final long end;
  private long issued;
  private boolean over;

  /**
   * Starts the time.
   *
   * @param made makes each
   * @param weight how many tasks or updates each stands for
   * @param time until there are no more
   */
  Numbered(LongFunction<T> made, int weight, Duration time) {
    this.made = made;
    this.look = Math.max(1, LOOK_AT_CLOCK_EVERY / weight);
    this.end = System.nanoTime() + time.toNanos();
  }

  @Override
  public boolean hasNext() {
    if (!over && issued % look == 0) {
      over = issued > 0 && System.nanoTime() - end >= 0;
    }
    return !over;
  }

  @Override
  public T next() {
    if (over) {
      throw new NoSuchElementException("the time has passed");
    }
    return made.apply(issued++);
  }

  /** How many there were. */
  long issued() {
    return issued;
  }
}
