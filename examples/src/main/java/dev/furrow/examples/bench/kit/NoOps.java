package dev.furrow.examples.bench.kit;

import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** Numbered tasks that do nothing, as many as are asked for until a time has passed. */
final class NoOps implements Iterator<Work> {

  private static final int LOOK_AT_CLOCK_EVERY = 64;

  private final long end;
  private long issued;
  private boolean over;

  NoOps(Duration time) {
    this.end = System.nanoTime() + time.toNanos();
  }

  @Override
  public boolean hasNext() {
    if (!over && issued % LOOK_AT_CLOCK_EVERY == 0) {
      over = issued > 0 && System.nanoTime() - end >= 0;
    }
    return !over;
  }

  @Override
  public Work next() {
    if (over) {
      throw new NoSuchElementException("the time has passed");
    }
    return new Work.NoOp(issued++);
  }

  /** How many tasks there were. */
  long issued() {
    return issued;
  }

  /** What their results sum to. */
  long sum() {
    return issued * (issued - 1) / 2;
  }
}
