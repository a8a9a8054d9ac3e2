package dev.furrow.actors.pool;

import dev.furrow.actors.wire.Caution;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Leases of one kind that wait, in the order of arrival. Those that were given back from the middle
 * stay until they come to an end of the lane or are more than the others.
 */
final class Lane {

  /**
   * What the leases of a lane share: all that decides when one may start.
   *
   * @param timed they have a time limit each
   */
  record Kind(int priority, Map<String, Long> requires, Caution caution, boolean timed) {

    /** Whether a run may hold many of them: they take nothing but a slot and have no limit. */
    boolean plain() {
      return !timed && caution == Caution.NONE && requires.isEmpty();
    }
  }

  final Kind kind;
  private final long credit;
  private final ArrayDeque<HeldLease> leases = new ArrayDeque<>();
  private int gone;

  /** A lane whose leases overtake whatever came so many nanoseconds earlier at priority 0. */
  Lane(Kind kind, long credit) {
    this.kind = kind;
    this.credit = credit;
  }

  int size() {
    return leases.size() - gone;
  }

  /** Adds the lease that came last. */
  void add(HeldLease lease) {
    leases.addLast(lease);
  }

  /** The one that has waited longest; null if none waits. */
  @Nullable HeldLease first() {
    HeldLease first = leases.peekFirst();
    while (first != null && first.place != HeldLease.Place.QUEUED) {
      leases.pollFirst();
      gone--;
      first = leases.peekFirst();
    }
    return first;
  }

  /** The one that came last; null if none waits. */
  @Nullable HeldLease last() {
    HeldLease last = leases.peekLast();
    while (last != null && last.place != HeldLease.Place.QUEUED) {
      leases.pollLast();
      gone--;
      last = leases.peekLast();
    }
    return last;
  }

  /** Takes out what {@link #first()} answers; there must be one. */
  HeldLease takeFirst() {
    if (gone > 0) {
      first();
    }
    return leases.removeFirst();
  }

  /** One of this lane, not at an end of it, has got another place. */
  void forget() {
    gone++;
    if (2 * gone > leases.size()) {
      leases.removeIf(lease -> lease.place != HeldLease.Place.QUEUED);
      gone = 0;
    }
  }

  /** Puts back leases that were taken out, given in order, to where they were. */
  void putBack(List<HeldLease> back) {
    long newest = back.get(back.size() - 1).arrival;
    List<HeldLease> merged = new ArrayList<>(back.size());
    int next = 0;
    for (HeldLease first = first(); first != null && first.arrival < newest; first = first()) {
      while (back.get(next).arrival < first.arrival) {
        merged.add(back.get(next++));
      }
      merged.add(leases.removeFirst());
    }
    merged.addAll(back.subList(next, back.size()));
    for (int i = merged.size() - 1; i >= 0; i--) {
      leases.addFirst(merged.get(i));
    }
  }

  /** The lower, the sooner: the order that priority and waiting make together. */
  double standing(HeldLease lease) {
    return (double) lease.arrivedAt - credit;
  }

  /** All of them, for tests. */
  Deque<HeldLease> waiting() {
    ArrayDeque<HeldLease> waiting = leases.clone();
    waiting.removeIf(lease -> lease.place != HeldLease.Place.QUEUED);
    return waiting;
  }
}
