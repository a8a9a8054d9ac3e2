package dev.furrow.actors.pool;

import dev.furrow.Furrow;
import dev.furrow.TaskContext;

/** For pools whose tasks submit nothing. */
public final class NoNesting implements Nesting {

  @Override
  public Furrow open(TaskContext attempt) {
    throw new IllegalStateException("these tasks do not nest");
  }

  @Override
  public void end(Furrow nested, boolean succeeded) {
    throw new IllegalStateException("these tasks do not nest");
  }
}
