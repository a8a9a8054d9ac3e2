package dev.furrow.actors.sim;

import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * What is going to happen, in virtual nanoseconds; things of one moment happen as they were put.
 */
final class Agenda {

  private final PriorityQueue<Entry> entries = new PriorityQueue<>();
  private long now;
  private long order;

  private record Entry(long at, long order, @Nullable SimNode node, Runnable action)
      implements Comparable<Entry> {

    @Override
    public int compareTo(Entry other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  long now() {
    return now;
  }

  /** Something happens after a while, whatever becomes of any node. */
  void in(long delay, Runnable action) {
    at(now + delay, null, action);
  }

  /** Something happens on a node: later if it is paused then, not at all if it has ended. */
  void at(long time, @Nullable SimNode node, Runnable action) {
    entries.add(new Entry(Math.max(now, time), order++, node, action));
  }

  /** Does the next thing. False if there is none. */
  boolean step() {
    Entry next = entries.poll();
    if (next == null) {
      return false;
    }
    now = next.at;
    SimNode node = next.node;
    if (node == null || (node.alive && node.pausedUntil <= now)) {
      next.action.run();
    } else if (node.alive) {
      at(node.pausedUntil, node, next.action);
    }
    return true;
  }
}
