package dev.furrow.actors.pool;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The runs of a pool, from their start to the last word of their thread.
 *
 * <p>Invariants: a run is active, and then holds what it requires and a slot unless it is parked,
 * or abandoned, and holds nothing; a lease {@code IN_RUN} is below the kept entries of the run it
 * names.
 */
final class Runs {

  private final Effects effects;
  private final Capacity capacity;
  private final PoolTally tally;
  private final Map<Integer, ActiveRun> active = new LinkedHashMap<>();

  /** Runs whose thread was told to stop and has not yet done so. */
  private final Map<Integer, ActiveRun> abandoned = new LinkedHashMap<>();

  private final Deque<ActiveRun> unparking = new ArrayDeque<>();
  private int nextRun = 1;
  private int overdue;

  Runs(Effects effects, Capacity capacity, PoolTally tally) {
    this.effects = effects;
    this.capacity = capacity;
    this.tally = tally;
  }

  /** All that are active; not to be changed meanwhile. */
  Collection<ActiveRun> active() {
    return active.values();
  }

  /** All that are active now. */
  List<ActiveRun> snapshot() {
    return new ArrayList<>(active.values());
  }

  @Nullable ActiveRun get(int run) {
    return active.get(run);
  }

  int abandoned() {
    return abandoned.size();
  }

  /** Stopped runs whose thread has gone on for longer than a time. */
  long deaf(long longer, long now) {
    return abandoned.values().stream().filter(run -> now - run.abandonedAt > longer).count();
  }

  /** Slots that go on as their jobs' tasks usually do. */
  int moving() {
    return capacity.slots - overdue;
  }

  /** Notes whether a run's slot can be counted on. */
  void overdue(ActiveRun run, boolean now) {
    if (run.overdue != now) {
      run.overdue = now;
      overdue += now ? 1 : -1;
    }
  }

  // --------------------------------------------------------------- start

  /** A thread takes leases of one kind; if it is a cautious one, when the job says so. */
  void start(List<HeldLease> entries, Lane.Kind kind, boolean awaitsGo, long now) {
    ActiveRun run = new ActiveRun(nextRun++, entries.get(0).tenant, entries, kind, now);
    for (HeldLease lease : entries) {
      lease.place = HeldLease.Place.IN_RUN;
      lease.run = run;
    }
    active.put(run.id, run);
    capacity.enter(run);
    run.awaitsGo = awaitsGo;
    if (!awaitsGo) {
      launch(run, now);
    }
  }

  private void launch(ActiveRun run, long now) {
    run.startedAt = now;
    run.saidAt = now;
    if (run.entries.size() == 1) {
      run.first().started = true;
    }
    effects.add(new PoolEffect.Start(run.id, run.entries));
  }

  /** The job lets a cautious lease start. */
  void go(Tenant tenant, long number, long now) {
    HeldLease lease = tenant.held.get(number);
    ActiveRun run = lease == null ? null : of(lease);
    if (run != null && run.awaitsGo) {
      run.awaitsGo = false;
      launch(run, now);
    }
  }

  /** The active run that a lease is in; null if it is in none. */
  @Nullable ActiveRun of(HeldLease lease) {
    ActiveRun run = lease.run;
    boolean in = run != null && lease.place == HeldLease.Place.IN_RUN;
    return in ? active.get(run.id) : null;
  }

  // -------------------------------------------------------------- finish

  void finish(PoolCommand.Finished finished, long now) {
    ActiveRun run = active.get(finished.run());
    boolean stopped = run == null;
    if (stopped) {
      run = abandoned.get(finished.run());
    }
    if (run == null) {
      return;
    }
    Tenant tenant = run.tenant;
    tenant.busyAt = now;
    run.saidAt = now;
    overdue(run, false);
    note(run, finished.done());
    if (!finished.last()) {
      return;
    }
    for (int i = 0; i < run.kept; i++) {
      HeldLease lease = run.entries.get(i);
      // Its thread has left without a word about it.
      if (lease.place == HeldLease.Place.IN_RUN) {
        tenant.giveBack(lease);
      }
    }
    if (stopped) {
      abandoned.remove(run.id);
    } else {
      leave(run);
    }
  }

  /** Reports what was done of a run. */
  void note(ActiveRun run, List<PoolCommand.Done> all) {
    Tenant tenant = run.tenant;
    run.ended += all.size();
    for (PoolCommand.Done done : all) {
      HeldLease lease = run.entries.get(done.index());
      if (lease.place == HeldLease.Place.IN_RUN) {
        tenant.measured(done.runNanos() + done.codecNanos());
        tally.reported(done.kind(), done.runNanos());
        tenant.reports.add(lease, done.kind(), done.runNanos(), done.codecNanos(), done.body());
      }
    }
  }

  /** A run gives back its slot and what it has taken. */
  void leave(ActiveRun run) {
    active.remove(run.id);
    unparking.remove(run);
    overdue(run, false);
    capacity.leave(run);
  }

  /** A run's thread is told to stop: it holds nothing any more. */
  void abandon(ActiveRun run, long now) {
    leave(run);
    run.abandonedAt = now;
    abandoned.put(run.id, run);
  }

  // ---------------------------------------------------------------- wait

  /** A run's thread waits and gives its slot back. Answers the run; null if it may not. */
  @Nullable ActiveRun park(int number) {
    ActiveRun run = active.get(number);
    if (run == null || run.parked) {
      return null;
    }
    capacity.park(run);
    overdue(run, false);
    return run;
  }

  /** A run's thread has waited and wants a slot again. */
  void unpark(int number) {
    ActiveRun run = active.get(number);
    if (run == null) {
      effects.add(new PoolEffect.Unpark(number));
    } else if (run.parked && !unparking.contains(run)) {
      unparking.add(run);
    }
  }

  /** Gives free slots to threads that have waited. */
  void resume(long now) {
    if (unparking.isEmpty()) {
      return;
    }
    Iterator<ActiveRun> waiting = unparking.iterator();
    while (capacity.free() > 0 && waiting.hasNext()) {
      ActiveRun run = waiting.next();
      if (capacity.mayResume(run)) {
        waiting.remove();
        capacity.resume(run);
        run.saidAt = now;
        effects.add(new PoolEffect.Unpark(run.id));
      }
    }
  }

  /** Whether there are none. */
  boolean isIdle() {
    return active.isEmpty() && abandoned.isEmpty();
  }
}
