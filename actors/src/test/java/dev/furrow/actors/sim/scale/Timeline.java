package dev.furrow.actors.sim.scale;

import java.util.PriorityQueue;

/**
 * What is going to happen, in virtual nanoseconds; things of one moment happen as they were put.
 */
final class Timeline {

  private final PriorityQueue<Entry> entries = new PriorityQueue<>(1024);
  private long now;
  private long order;

  private record Entry(long at, long order, Runnable action) implements Comparable<Entry> {

    @Override
    public int compareTo(Entry other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  long now() {
    return now;
  }

  /** Something happens at a time; now if that is over. */
  void at(long time, Runnable action) {
    entries.add(new Entry(Math.max(now, time), order++, action));
  }

  /** Does the next thing. False if there is none. */
  boolean step() {
    Entry next = entries.poll();
    if (next == null) {
      return false;
    }
    now = next.at;
    next.action.run();
    return true;
  }
}
