package dev.furrow.actors.pool;

import dev.furrow.actors.wire.Caution;
import dev.furrow.actors.wire.LeaseTerms;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The leases of one job that wait for a slot: a lane for each kind. The order is by time of arrival
 * − priority × ageing, and then by arrival. It never changes between two leases, and within a lane
 * it is that of arrival, so the first of all is the first of some lane, and the last the last of
 * one.
 */
final class LeaseQueue {

  /** Empty lanes are kept up to this number: a job uses the same few again and again. */
  private static final int LANES = 8;

  private final long ageing;
  private final Map<Lane.Kind, Lane> lanes = new LinkedHashMap<>();
  private int size;
  private long arrivals;

  LeaseQueue(long ageing) {
    this.ageing = ageing;
  }

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** The lane for such leases; to be used at once. */
  Lane lane(LeaseTerms terms, Caution caution) {
    Lane.Kind kind =
        new Lane.Kind(terms.priority(), terms.requires(), caution, terms.timeoutMillis() > 0);
    Lane lane = lanes.get(kind);
    if (lane == null) {
      if (lanes.size() >= LANES) {
        lanes.values().removeIf(one -> one.size() == 0);
      }
      lane = new Lane(kind, (long) ((double) kind.priority() * ageing));
      lanes.put(kind, lane);
    }
    return lane;
  }

  /** Adds a lease that has just come. */
  void add(Lane lane, HeldLease lease) {
    lease.place = HeldLease.Place.QUEUED;
    lease.arrival = arrivals++;
    lane.add(lease);
    size++;
  }

  /** Puts back leases of one lane, given in the order of arrival, to where they were. */
  void putBack(List<HeldLease> back) {
    if (back.isEmpty()) {
      return;
    }
    HeldLease one = back.get(0);
    for (HeldLease lease : back) {
      lease.place = HeldLease.Place.QUEUED;
    }
    lane(one.terms, one.caution).putBack(back);
    size += back.size();
  }

  /** The lane whose first lease is the first of those that fit; null if none fits. */
  @Nullable Lane first(Capacity capacity) {
    if (size == 0) {
      return null;
    }
    Lane best = null;
    HeldLease bestHead = null;
    for (Lane lane : lanes.values()) {
      HeldLease head = lane.first();
      if (head != null
          && (best == null || bestHead == null || before(lane, head, best, bestHead))
          && capacity.fits(lane.kind)) {
        best = lane;
        bestHead = head;
      }
    }
    return best;
  }

  private static boolean before(Lane lane, HeldLease one, Lane otherLane, HeldLease other) {
    double standing = lane.standing(one);
    double otherStanding = otherLane.standing(other);
    return standing < otherStanding || (standing == otherStanding && one.arrival < other.arrival);
  }

  /** Takes up to so many from the front of a lane; it must have one. */
  List<HeldLease> take(Lane lane, int most) {
    int n = Math.min(most, lane.size());
    List<HeldLease> taken = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      taken.add(lane.takeFirst());
    }
    size -= n;
    return taken;
  }

  /** The one that would go last; null if none waits. */
  @Nullable HeldLease last() {
    Lane worst = null;
    HeldLease last = null;
    for (Lane lane : lanes.values()) {
      HeldLease tail = lane.last();
      if (tail != null && (worst == null || last == null || before(worst, last, lane, tail))) {
        worst = lane;
        last = tail;
      }
    }
    return last;
  }

  /** Takes a lease that waits out for good. */
  void remove(HeldLease lease) {
    lease.place = HeldLease.Place.GONE;
    lane(lease.terms, lease.caution).forget();
    size--;
  }

  /** All of them, in no particular order. */
  List<HeldLease> all() {
    List<HeldLease> all = new ArrayList<>(size);
    lanes.values().forEach(lane -> all.addAll(lane.waiting()));
    return all;
  }
}
