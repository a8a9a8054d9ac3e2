package dev.furrow.actors.job;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Who is granted what: waiting tasks go to the pools that asked, the least loaded first, a few at a
 * time while there is more than one to serve, and fewer at a time as the tasks run out (after
 * Polychronopoulos and Kuck, "Guided Self-Scheduling", IEEE Trans. Computers 36(12), 1987). Reads
 * the lanes and leaves them as they are.
 */
final class Granting {

  private final Lanes lanes;
  private final Collection<PoolView> pools;
  private final int batch;

  Granting(Lanes lanes, Collection<PoolView> pools, int batch) {
    this.lanes = lanes;
    this.pools = pools;
    this.batch = batch;
  }

  /** The grants, one a pool, with lease numbers from {@code firstLease} on. */
  List<JobEvent> grant(long firstLease, long now) {
    PriorityQueue<Grantee> grantees = new PriorityQueue<>();
    int slots = 0;
    for (PoolView pool : pools) {
      if (pool.credit() > 0) {
        grantees.add(new Grantee(pool));
        slots += pool.slots;
      }
    }
    if (grantees.isEmpty()) {
      return List.of();
    }
    List<Grantee> served = serve(grantees, slots);
    List<JobEvent> events = new ArrayList<>(served.size());
    long lease = firstLease;
    for (Grantee grantee : served) {
      if (!grantee.tasks.isEmpty()) {
        long[] granted = grantee.tasks.stream().mapToLong(task -> task.index).toArray();
        events.add(new JobEvent.Granted(grantee.pool.id(), granted, lease, now));
        lease += granted.length;
      }
    }
    return events;
  }

  private List<Grantee> serve(PriorityQueue<Grantee> grantees, int slots) {
    int chunk = Math.max(1, Math.min(batch, lanes.size() / Math.max(1, 2 * slots)));
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
    private final List<TaskEntry> tasks = new ArrayList<>();
    private final Map<String, Long> taken = new HashMap<>();
    private int left;

    Grantee(PoolView pool) {
      this.pool = pool;
      this.left = pool.credit();
    }

    boolean take(Lanes.Picker picker, int chunk) {
      for (int i = 0; i < chunk && left > 0; i++) {
        TaskEntry task = picker.next(terms -> pool.offers(terms.lease().requires(), taken));
        if (task == null) {
          return false;
        }
        task.task.terms().lease().requires().forEach((name, n) -> taken.merge(name, n, Long::sum));
        tasks.add(task);
        left--;
      }
      return true;
    }

    private double load() {
      return pool.load() + (double) tasks.size() / Math.max(1, pool.slots);
    }

    @Override
    public int compareTo(Grantee other) {
      return Double.compare(load(), other.load());
    }
  }
}
