package dev.furrow.actors.job;

import dev.furrow.actors.wire.Caution;
import dev.furrow.actors.wire.PoolId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which attempt is with which pool, and which is to go where: waiting tasks are granted, slow ones
 * get a second attempt, and what waits behind others is called back.
 *
 * <p>Invariants: a pool never holds more leases than it asked for; a lease is known here, to its
 * task and to its pool, or to none of them; no number is given out twice.
 */
final class Leases {

  /** A pool of which nothing came back is not asked again for so long. */
  private static final long RECALL_PAUSE = 20_000_000;

  private final JobLimits limits;
  private final OpenTasks tasks;
  private final Fleet fleet;
  private final PoolMail mail;
  private final JobTally tally;
  private final Paged<Lease> leases = new Paged<>();
  private long next = 1;

  Leases(JobLimits limits, OpenTasks tasks, Fleet fleet, PoolMail mail, JobTally tally) {
    this.limits = limits;
    this.tasks = tasks;
    this.fleet = fleet;
    this.mail = mail;
    this.tally = tally;
  }

  @Nullable Lease get(long number) {
    return leases.get(number);
  }

  /** Whether a number was given out. */
  boolean issued(long number) {
    return number < next;
  }

  // ---------------------------------------------------------------- decide

  /** Grants waiting tasks to pools that ask for more. */
  void grant(long now, List<JobEvent> events) {
    Lanes lanes = tasks.lanes();
    if (lanes.hasGrown() || !fleet.stirred().isEmpty()) {
      Granting granting =
          new Granting(lanes, lanes.size() + leases.size(), fleet.slots(), limits.batch());
      events.addAll(granting.grant(lanes.hasGrown() ? fleet.hungry() : fleet.stirred(), next, now));
      events.add(new JobEvent.Settled(now));
    }
  }

  /** Gives slow tasks a second attempt while slots have nothing else to do. */
  void speculate(long now, List<JobEvent> events) {
    if (tasks.queued() == 0 && leases.size() > 0) {
      Stragglers stragglers = new Stragglers(limits, tally.durations);
      events.addAll(stragglers.speculate(tasks.all(), fleet.hungry(), next, now));
    }
  }

  /**
   * Calls back what waits behind others while slots have nothing to do; and, less soon, what waits
   * behind other jobs while another pool, where nothing of this one waits, may be quicker.
   */
  void recall(long now, List<JobEvent> events) {
    int idle = fleet.idle();
    if (idle == 0 && !fleet.hasBored()) {
      return;
    }
    long pause = idle > 0 ? RECALL_PAUSE : limits.resend();
    PoolView fullest = fleet.fullest(now, pause, limits.resend());
    if (fullest != null && (idle > 0 || now - fullest.grantedAt >= pause)) {
      int spare = Math.max(0, fullest.held() - fullest.slots);
      int most = Math.min(fullest.unstarted(), Math.max(Math.max(1, idle), (spare + 1) / 2));
      events.add(new JobEvent.Recalled(fullest.id(), most, now));
    }
  }

  // ----------------------------------------------------------------- apply

  void granted(JobEvent.Granted granted) {
    next = granted.firstLease() + granted.tasks().length;
    PoolView pool = present(granted.pool());
    if (pool == null) {
      return;
    }
    JobTally.Row row = tally.row(pool.node);
    row.slots = Math.max(row.slots, pool.slots);
    long number = granted.firstLease();
    for (long index : granted.tasks()) {
      TaskEntry task = tasks.get(index);
      if (task != null && task.place == TaskEntry.Place.QUEUED) {
        tasks.lease(task);
        issue(task, pool, number, task.caution(), granted.at());
      }
      number++;
    }
    pool.grantedAt = granted.at();
    fleet.changed(pool);
  }

  /** All that could be granted was. */
  void settled() {
    tasks.lanes().setGrown(false);
    fleet.settled();
  }

  void speculated(JobEvent.Speculated speculated) {
    next = speculated.firstLease() + speculated.tasks().length;
    PoolView pool = present(speculated.pool());
    if (pool == null) {
      return;
    }
    long number = speculated.firstLease();
    for (long index : speculated.tasks()) {
      TaskEntry task = tasks.get(index);
      if (task != null && task.place == TaskEntry.Place.LEASED) {
        tally.speculated++;
        // Its start is told, so that it is known who was there when nodes end.
        issue(task, pool, number, Caution.TELL, speculated.at());
      }
      number++;
    }
    fleet.changed(pool);
  }

  void recalled(JobEvent.Recalled recalled) {
    PoolView pool = present(recalled.pool());
    if (pool != null) {
      pool.recalled = true;
      pool.recalledAt = recalled.at();
      mail.recall(pool, recalled.most());
    }
  }

  /** What is known of a life of a pool; null if it is over. */
  private @Nullable PoolView present(PoolId id) {
    PoolView pool = fleet.get(id.node());
    return pool == null || !pool.id().equals(id) ? null : pool;
  }

  private void issue(TaskEntry task, PoolView pool, long number, Caution caution, long at) {
    task.attempts++;
    Lease lease = new Lease(number, task, pool, caution, at);
    leases.put(number, lease);
    task.add(lease);
    pool.add(lease);
    mail.lease(lease);
  }

  /** A lease is over. Its task is still to be settled. */
  void drop(Lease lease) {
    if (leases.remove(lease.number) != null) {
      lease.pool.remove(lease);
      lease.task.remove(lease);
    }
  }

  /** A lease is over although nothing was heard of it. Its task is still to be settled. */
  void lose(Lease lease) {
    countLost(lease);
    drop(lease);
  }

  /** Notes that another attempt is needed in the place of this one. */
  void countLost(Lease lease) {
    if (!lease.replaced && lease.task.place != TaskEntry.Place.ENDED) {
      lease.replaced = true;
      lease.task.lost++;
      tally.row(lease.pool.node).lost++;
      tally.lost++;
    }
  }

  /** Checks what must always hold; for tests. */
  void check() {
    int held = 0;
    for (PoolView pool : fleet.all()) {
      for (Lease lease : pool.leases()) {
        OpenTasks.require(leases.get(lease.number) == lease, "a lease is with a pool alone");
        held++;
      }
    }
    OpenTasks.require(leases.size() == held, "a lease is with no pool");
  }
}
