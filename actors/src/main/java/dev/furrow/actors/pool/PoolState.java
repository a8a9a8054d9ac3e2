package dev.furrow.actors.pool;

import dev.furrow.actors.wire.PoolId;
import dev.furrow.actors.wire.PoolMessage;
import java.util.List;
import java.util.Map;

/**
 * Everything that a node's pool knows of the leases it holds, and every decision about them. A pool
 * has no durable form: it decides and applies in one step.
 *
 * <p>Here is who handles what. {@link Tenants} know the jobs and what is held of each; {@link Runs}
 * what threads work off, and {@link Stops} how it is got back from them; {@link Capacity} counts
 * slots and resources, and {@link Dispatch} fills them; {@link Door} is shut while the pool takes
 * no work; {@link Recalls} hand leases back that wait here in vain; {@link Mail} says all of it,
 * and {@link PoolTally} counts.
 *
 * <p>Invariant over all of them: a lease that is held is queued, in one run, or reported.
 */
final class PoolState {

  private final PoolId id;
  private final Effects effects = new Effects();
  private final PoolTally tally = new PoolTally();
  private final Capacity capacity;
  private final Runs runs;
  private final Stops stops;
  private final Tenants tenants;
  private final Door door;
  private final Dispatch dispatch;
  private final Mail mail;
  private final Recalls recalls;

  PoolState(PoolId id, int slots, Map<String, Long> offered, PoolLimits limits) {
    this.id = id;
    this.capacity = new Capacity(slots, offered);
    this.runs = new Runs(effects, capacity, tally);
    this.stops = new Stops(effects, runs, tally);
    this.tenants = new Tenants(limits, stops);
    this.door = new Door(limits, effects, runs, stops);
    this.dispatch = new Dispatch(limits, capacity, tenants, runs, stops);
    this.mail = new Mail(id, limits, effects, capacity, runs, door);
    this.recalls = new Recalls(runs, stops, mail);
  }

  /** Takes in what happened and says what is to be done. */
  List<PoolEffect> apply(List<? extends PoolCommand> commands, long now) {
    for (PoolCommand command : commands) {
      apply(command, now);
    }
    door.keep(tenants);
    dispatch.fill(now);
    mail.flush(tenants, now);
    recalls.answer(tenants, now);
    return effects.drain();
  }

  private void apply(PoolCommand command, long now) {
    if (command instanceof PoolCommand.FromJob from) {
      apply(from.message(), now);
    } else if (command instanceof PoolCommand.Finished finished) {
      runs.finish(finished, now);
    } else if (command instanceof PoolCommand.Truncated truncated) {
      stops.truncated(truncated);
    } else if (command instanceof PoolCommand.Revoked revoked) {
      stops.revoked(revoked, now);
    } else if (command instanceof PoolCommand.Parked parked) {
      park(parked.run());
    } else if (command instanceof PoolCommand.Unparked unparked) {
      runs.unpark(unparked.run());
    } else if (command instanceof PoolCommand.Tick) {
      tick(now);
    } else if (command instanceof PoolCommand.NodeConnected up) {
      mail.greet(tenants, up.node(), now);
    } else if (command instanceof PoolCommand.NodeRemoved gone) {
      tenants.evictNode(gone.node());
    } else if (command instanceof PoolCommand.Drain drain) {
      door.drain(tenants, drain.until());
    }
  }

  private void apply(PoolMessage message, long now) {
    if (message instanceof PoolMessage.Announce announce) {
      // Said again to a job that has not had its answer.
      tenants.admit(announce.job(), now).demanded = -1;
      return;
    }
    if (message instanceof PoolMessage.Leases leases && leases.pool().equals(id)) {
      tenants.admit(leases.job(), now).take(leases, now);
      return;
    }
    if (message instanceof PoolMessage.Recall recall && recall.pool().equals(id)) {
      // A job that is not known here has leases on their way, or believes that lost ones are here:
      // it is told what is held as long as it asks.
      recalls.hear(recall, tenants.admit(recall.job(), now), now);
      return;
    }
    Tenant tenant = tenants.get(message.job());
    if (tenant != null) {
      tenant.heardAt = now;
      apply(message, tenant, now);
    }
  }

  private void apply(PoolMessage message, Tenant tenant, long now) {
    if (message instanceof PoolMessage.ReportsReceived received && received.pool().equals(id)) {
      tenant.acknowledged(received.sequence());
    } else if (message instanceof PoolMessage.Cancel cancel && cancel.pool().equals(id)) {
      for (long lease : cancel.leases()) {
        stops.cancel(tenant, lease);
      }
    } else if (message instanceof PoolMessage.Go go && go.pool().equals(id)) {
      for (long lease : go.leases()) {
        runs.go(tenant, lease, now);
      }
    } else if (message instanceof PoolMessage.JobGone) {
      tenants.evict(tenant);
    }
  }

  /** What else is in the run of a thread that waits is for others. */
  private void park(int number) {
    ActiveRun run = runs.park(number);
    if (run != null && !run.truncated && run.kept > 1) {
      stops.truncate(run);
    }
  }

  private void tick(long now) {
    stops.tick(now);
    for (Tenant idle : tenants.expire(now)) {
      mail.demand(idle, 0);
    }
    mail.tick(tenants, now);
    door.tick(tenants, now);
  }

  /** How attempts have ended, to be passed on. */
  PoolTally tally() {
    return tally;
  }

  /** Slots in which a task runs. */
  int used() {
    return capacity.slots - capacity.free();
  }

  /** Leases that wait for a slot. */
  int waiting() {
    int waiting = 0;
    for (Tenant tenant : tenants.all()) {
      waiting += tenant.queue.size();
    }
    return waiting;
  }

  /** Stopped runs whose thread has not ended yet. */
  int abandoned() {
    return runs.abandoned();
  }

  /** Whether nothing runs, so that no time limit can pass. */
  boolean isResting() {
    return runs.isIdle();
  }

  /** Whether nothing is held, runs or is taken, for anybody. */
  boolean isIdle() {
    return tenants.size() == 0 && runs.isIdle() && capacity.isIdle();
  }

  /** Checks what must always hold; for tests. */
  void check() {
    capacity.check(runs.active().stream().filter(run -> !run.parked).count());
    tenants.all().forEach(Tenant::check);
    for (ActiveRun run : runs.active()) {
      for (HeldLease lease : run.entries.subList(0, run.kept)) {
        boolean inRun = lease.place == HeldLease.Place.IN_RUN;
        Capacity.require(!inRun || runs.of(lease) == run, "a lease is in two runs");
      }
    }
  }
}
