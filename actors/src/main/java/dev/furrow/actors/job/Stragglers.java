package dev.furrow.actors.job;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which slow attempts get a second one beside them: those that have taken a multiple of the median
 * of the job, the oldest first, each on a free slot of another pool (after Dean and Ghemawat,
 * "MapReduce", OSDI 2004, section 3.6). The first success of the two is committed.
 */
final class Stragglers {

  /** With fewer attempts measured, the median says little. */
  private static final int MEASURED = 5;

  private final JobLimits limits;
  private final Durations durations;

  Stragglers(JobLimits limits, Durations durations) {
    this.limits = limits;
    this.durations = durations;
  }

  /** Second attempts, as events with lease numbers from {@code firstLease} on. */
  List<JobEvent> speculate(
      Paged<TaskEntry> tasks, Collection<PoolView> hungry, long firstLease, long now) {
    List<Free> free = new ArrayList<>();
    for (PoolView pool : hungry) {
      if (pool.idle() > 0) {
        free.add(new Free(pool));
      }
    }
    if (free.isEmpty() || durations.count() < MEASURED) {
      return List.of();
    }
    for (Lease lease : slow(tasks, now)) {
      free.stream()
          .filter(pool -> pool.fits(lease))
          .min(Comparator.comparingDouble(Free::load))
          .ifPresent(pool -> pool.take(lease.task));
    }
    List<JobEvent> events = new ArrayList<>();
    long number = firstLease;
    for (Free pool : free) {
      if (!pool.tasks.isEmpty()) {
        long[] indices = pool.tasks.stream().mapToLong(Long::longValue).toArray();
        events.add(new JobEvent.Speculated(pool.view.id(), indices, number, now));
        number += indices.length;
      }
    }
    return events;
  }

  private List<Lease> slow(Paged<TaskEntry> tasks, long now) {
    long patience = Math.max(limits.slowAge(), (long) (limits.slow() * durations.median()));
    List<Lease> slow = new ArrayList<>();
    tasks.forEach(
        task -> {
          Lease only = task.onlyLease();
          if (only != null && task.mayBeDoubled() && now - only.issuedAt > patience) {
            slow.add(only);
          }
        });
    slow.sort(Comparator.comparingLong(lease -> lease.issuedAt));
    return slow;
  }

  /** A pool with free slots, and what it is to be given. */
  private static final class Free {
    private final PoolView view;
    private final List<Long> tasks = new ArrayList<>();
    private final Map<String, Long> taken = new HashMap<>(0);

    Free(PoolView view) {
      this.view = view;
    }

    boolean fits(Lease lease) {
      Map<String, Long> requires = lease.task.task.terms().lease().requires();
      return view != lease.pool && tasks.size() < view.idle() && view.offers(requires, taken);
    }

    void take(TaskEntry task) {
      tasks.add(task.index);
      task.task.terms().lease().requires().forEach((name, n) -> taken.merge(name, n, Long::sum));
    }

    double load() {
      return view.load() + (double) tasks.size() / Math.max(1, view.slots);
    }
  }
}
