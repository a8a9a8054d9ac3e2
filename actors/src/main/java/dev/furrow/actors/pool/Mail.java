package dev.furrow.actors.pool;

import dev.furrow.actors.wire.JobMessage;
import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.PoolId;
import java.util.Arrays;

/**
 * What a pool says to jobs, and when: one message of each kind a turn, however many leases it is
 * about.
 *
 * <p>Leases wanted of a job are what it runs, what could run at once, and some in advance when its
 * tasks are short. Where several jobs offer work, a slot that frees has a choice: a job has one
 * lease there even when every slot is taken, and a young one as many as there are slots.
 */
final class Mail {

  private final PoolId id;
  private final PoolLimits limits;
  private final Effects effects;
  private final Capacity capacity;
  private final Runs runs;
  private final Door door;

  /** Counts what is said, to all jobs: a job that is forgotten and comes back goes on counting. */
  private long sequence;

  private long statusAt;

  Mail(PoolId id, PoolLimits limits, Effects effects, Capacity capacity, Runs runs, Door door) {
    this.id = id;
    this.limits = limits;
    this.effects = effects;
    this.capacity = capacity;
    this.runs = runs;
    this.door = door;
  }

  /** Sends what has gathered. */
  void flush(Tenants tenants, long now) {
    for (Tenant tenant : tenants.all()) {
      NodeId to = tenant.job.node();
      if (!tenant.started.isEmpty()) {
        effects.send(to, new JobMessage.Started(tenant.job, id, tenant.started.drain()));
      }
      tenant.reports.flush(id, () -> ++sequence, now, reports -> effects.send(to, reports));
      if (!tenant.returned.isEmpty()) {
        returned(tenant);
      }
      int wanted = wanted(tenant, tenants.size());
      if (isWorthSaying(tenant, wanted)) {
        demand(tenant, wanted);
      }
    }
  }

  /** Names what was given back, possibly nothing. */
  void returned(Tenant tenant) {
    JobMessage message = new JobMessage.Returned(tenant.job, id, tenant.returned.drain());
    effects.send(tenant.job.node(), message);
  }

  private int wanted(Tenant tenant, int tenants) {
    if (door.isShut()) {
      return 0;
    }
    int ahead = Granularity.ahead(tenant.meanNanos, runs.moving(), limits.prefetch());
    int choice = tenants == 1 ? 0 : tenant.isYoung() ? capacity.slots : 1;
    int more = Math.max(choice, capacity.free() + ahead);
    return Math.max(1, tenant.running + tenant.parked + more);
  }

  /** A slot that has nothing to do is worth a message, however small the change. */
  private boolean isWorthSaying(Tenant tenant, int wanted) {
    boolean more = wanted > tenant.demanded || (wanted > 0 && usable(tenant) > tenant.usable);
    boolean starves = more && capacity.free() > 0 && tenant.queue.isEmpty();
    boolean ends = wanted == 0 && tenant.demanded != 0;
    return starves || ends || Granularity.worthSaying(wanted, tenant.demanded);
  }

  private int usable(Tenant tenant) {
    return tenant.running + tenant.parked + capacity.free();
  }

  /** Says how many leases a job may have here at one time. */
  void demand(Tenant tenant, int most) {
    tenant.demanded = most;
    tenant.usable = usable(tenant);
    effects.send(
        tenant.job.node(),
        new JobMessage.Demand(
            tenant.job,
            id,
            ++sequence,
            most,
            capacity.slots,
            tenant.usable,
            capacity.offered,
            door.isDraining()));
  }

  /** Says from time to time what is held, and again what was not acknowledged. */
  void tick(Tenants tenants, long now) {
    if (now - statusAt >= limits.status()) {
      statusAt = now;
      tenants.all().forEach(this::holding);
    }
    for (Tenant tenant : tenants.all()) {
      resend(tenant, limits.resend(), now);
      // Its leases wait for slots that it takes for its own.
      if (!tenant.queue.isEmpty() && usable(tenant) < tenant.usable) {
        tenant.demanded = -1;
      }
    }
  }

  /** Tells a node that can be reached again all that it may have missed. */
  void greet(Tenants tenants, NodeId node, long now) {
    for (Tenant tenant : tenants.all()) {
      if (tenant.job.node().equals(node)) {
        tenant.heardAt = now;
        resend(tenant, -1, now);
        holding(tenant);
      }
    }
  }

  private void resend(Tenant tenant, long olderThan, long now) {
    tenant.reports.resend(olderThan, now, reports -> effects.send(tenant.job.node(), reports));
  }

  /** Says what is held, and repeats the demand in case it was lost. */
  private void holding(Tenant tenant) {
    Numbers held = new Numbers();
    Numbers started = new Numbers();
    Numbers waiting = new Numbers();
    tenant.held.forEach(
        lease -> {
          held.add(lease.number);
          if (lease.started) {
            started.add(lease.number);
          }
          ActiveRun run = runs.of(lease);
          if (run != null && run.awaitsGo) {
            waiting.add(lease.number);
          }
        });
    effects.send(
        tenant.job.node(),
        new JobMessage.Holding(
            tenant.job, id, ++sequence, sorted(held), sorted(started), sorted(waiting)));
    tenant.demanded = -1;
  }

  private static long[] sorted(Numbers numbers) {
    long[] array = numbers.drain();
    Arrays.sort(array);
    return array;
  }
}
