package dev.furrow.actors.job;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Who is granted what: waiting tasks go to the pools that asked, the least loaded first, a few at a
 * time while there is more than one to serve. What a pool holds beyond its slots is at most half of
 * its share of all that is unfinished, so that it shrinks as the job drains (after Polychronopoulos
 * and Kuck, "Guided Self-Scheduling", IEEE Trans. Computers 36(12), 1987). Reads the lanes and
 * leaves them as they are.
 */
final class Granting {

  /** A pool that holds tasks of so many bytes is granted no more than one a slot. */
  static final long MOST_BYTES = 16 << 20;

  private final Lanes lanes;
  private final int unfinished;
  private final int slots;
  private final int batch;

  /**
   * A round of grants.
   *
   * @param unfinished tasks that wait and leases that are out
   * @param slots of all pools that take work
   * @param batch leases in one message
   */
  Granting(Lanes lanes, int unfinished, int slots, int batch) {
    this.lanes = lanes;
    this.unfinished = unfinished;
    this.slots = Math.max(1, slots);
    this.batch = batch;
  }

  /** The grants, one a pool, with lease numbers from {@code firstLease} on. */
  List<JobEvent> grant(Collection<PoolView> pools, long firstLease, long now) {
    PriorityQueue<Grantee> grantees = new PriorityQueue<>();
    for (PoolView pool : pools) {
      int room = room(pool);
      if (room > 0) {
        grantees.add(new Grantee(pool, room));
      }
    }
    if (grantees.isEmpty()) {
      return List.of();
    }
    List<JobEvent> events = new ArrayList<>(grantees.size());
    long lease = firstLease;
    for (Grantee grantee : serve(grantees)) {
      if (grantee.count > 0) {
        long[] granted = grantee.granted();
        events.add(new JobEvent.Granted(grantee.pool.id(), granted, lease, now));
        lease += granted.length;
      }
    }
    return events;
  }

  private int room(PoolView pool) {
    long share = (long) unfinished * pool.slots / (2L * slots);
    long most = Math.max(Math.max(1, pool.slots), share) - pool.unstarted();
    return (int) Math.min(pool.credit(), most);
  }

  private List<Grantee> serve(PriorityQueue<Grantee> grantees) {
    int chunk = Math.max(1, Math.min(batch, lanes.size() / (2 * slots)));
    Lanes.Picker picker = lanes.picker();
    List<Grantee> served = new ArrayList<>(grantees.size());
    while (!grantees.isEmpty()) {
      Grantee grantee = grantees.poll();
      if (grantee.take(picker, chunk) && grantee.left > 0) {
        grantees.add(grantee);
      } else {
        served.add(grantee);
      }
    }
    return served;
  }

  /** A pool that is being served, with what it has been given so far. */
  private static final class Grantee implements Comparable<Grantee> {

    private final PoolView pool;
    private final Map<String, Long> taken = new HashMap<>(0);
    private long[] tasks;
    private int count;
    private int left;
    private long bytes;

    Grantee(PoolView pool, int room) {
      this.pool = pool;
      this.left = room;
      this.bytes = pool.heldBytes();
      this.tasks = new long[Math.min(room, 64)];
    }

    boolean take(Lanes.Picker picker, int chunk) {
      for (int i = 0; i < chunk && left > 0; i++) {
        if (bytes >= MOST_BYTES && pool.held() + count >= pool.slots) {
          return false;
        }
        TaskEntry task = picker.next(terms -> pool.offers(terms.lease().requires(), taken));
        if (task == null) {
          return false;
        }
        Map<String, Long> requires = task.task.terms().lease().requires();
        if (!requires.isEmpty()) {
          requires.forEach((name, n) -> taken.merge(name, n, Long::sum));
        }
        if (count == tasks.length) {
          tasks = Arrays.copyOf(tasks, 2 * count);
        }
        tasks[count++] = task.index;
        bytes += task.task.payload().length;
        left--;
      }
      return true;
    }

    long[] granted() {
      return Arrays.copyOf(tasks, count);
    }

    private double load() {
      return pool.load() + (double) count / Math.max(1, pool.slots);
    }

    @Override
    public int compareTo(Grantee other) {
      int byLoad = Double.compare(load(), other.load());
      // Between equals not the one that could not start what it was granted before.
      return byLoad != 0 ? byLoad : Long.compare(pool.recalledAt, other.pool.recalledAt);
    }
  }
}
