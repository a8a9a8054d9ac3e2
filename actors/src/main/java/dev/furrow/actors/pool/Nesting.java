package dev.furrow.actors.pool;

import dev.furrow.Furrow;
import dev.furrow.TaskContext;

/** Gives tasks a Furrow of their own. */
public interface Nesting {

  /** A Furrow for one attempt. */
  Furrow open(TaskContext attempt);

  /**
   * The attempt has ended: its unfinished work goes on if it succeeded, and is cancelled if not.
   */
  void end(Furrow nested, boolean succeeded);
}
