package dev.furrow.actors.job;

import dev.furrow.actors.wire.JobMessage;
import dev.furrow.actors.wire.PoolId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The contact with pools: they are told that there is work, ask for it, fall silent, speak again or
 * end. What that means for the leases they hold is decided here.
 *
 * <p>Invariant: a pool is known by its newest life, and no lease of an earlier one is left.
 */
final class Contact {

  private final JobLimits limits;
  private final OpenTasks tasks;
  private final Completion completion;
  private final Leases leases;
  private final Fleet fleet;
  private final PoolMail mail;
  private final JobTally tally;

  Contact(
      JobLimits limits,
      OpenTasks tasks,
      Completion completion,
      Leases leases,
      Fleet fleet,
      PoolMail mail,
      JobTally tally) {
    this.limits = limits;
    this.tasks = tasks;
    this.completion = completion;
    this.leases = leases;
    this.fleet = fleet;
    this.mail = mail;
    this.tally = tally;
  }

  /** Suspects pools that hold leases and have said nothing for long. */
  void suspectSilent(long now, List<JobEvent> events) {
    for (PoolView pool : fleet.all()) {
      if (!pool.suspect && pool.held() > 0 && now - pool.heardAt > limits.silence()) {
        events.add(new JobEvent.NodeSuspected(pool.node, false, false, now));
      }
    }
  }

  // ---------------------------------------------------------------- speech

  /**
   * Tells pools that there is work, until they ask for it. A suspect pool that holds leases is told
   * even if there is no work, so that it says whether it still holds them.
   */
  void announce(long at) {
    if (tasks.queued() > 0) {
      for (PoolView pool : fleet.herald(tasks.queued(), at, limits.resend())) {
        mail.announce(pool);
      }
    } else {
      for (PoolView pool : fleet.suspects()) {
        if (pool.held() > 0 && tasks.size() > 0 && at - pool.announcedAt > limits.resend()) {
          pool.announcedAt = at;
          mail.announce(pool);
        }
      }
    }
  }

  /** A pool says how much it would hold. */
  void demanded(JobMessage.Demand demand, long at) {
    PoolView pool = hear(demand.pool(), at);
    if (pool == null || demand.sequence() <= pool.sequence) {
      return;
    }
    pool.sequence = demand.sequence();
    pool.most = demand.most();
    pool.slots = demand.slots();
    pool.usable = demand.usable();
    pool.resources = demand.resources();
    pool.leaving = demand.leaving();
    fleet.changed(pool);
    tally.slots = Math.max(tally.slots, fleet.slots());
  }

  /** Notes that a pool lives. Null if its node is not known or it is an earlier life. */
  @Nullable PoolView hear(PoolId id, long at) {
    PoolView pool = fleet.get(id.node());
    if (pool == null || id.incarnation() < pool.incarnation) {
      return null;
    }
    if (id.incarnation() > pool.incarnation) {
      if (pool.incarnation > 0) {
        lose(pool, false, at);
      }
      pool.incarnation = id.incarnation();
      pool.sequence = -1;
      pool.holding = -1;
      fleet.changed(pool);
    }
    pool.heardAt = at;
    if (pool.suspect && pool.connected) {
      revive(pool);
    }
    return pool;
  }

  /** A suspect pool speaks: what it holds is live again, unless it went to another meanwhile. */
  private void revive(PoolView pool) {
    pool.suspect = false;
    pool.ended = false;
    for (Lease lease : pool.leases()) {
      if (lease.task.place != TaskEntry.Place.ENDED) {
        lease.task.excuseNone();
        tasks.lease(lease.task);
      }
    }
    fleet.changed(pool);
  }

  // ----------------------------------------------------------- connections

  void connected(JobEvent.NodeConnected up) {
    PoolView pool = fleet.meet(up.node());
    pool.connected = true;
    pool.heardAt = up.at();
    fleet.again(pool);
    fleet.changed(pool);
  }

  void suspected(JobEvent.NodeSuspected down) {
    PoolView pool = fleet.get(down.node());
    if (pool != null) {
      pool.connected &= !down.closed();
      suspect(pool, down.ended(), down.at());
    }
  }

  private void suspect(PoolView pool, boolean ended, long at) {
    boolean news = ended && !pool.ended;
    pool.ended |= ended;
    if (news) {
      for (Lease lease : pool.leases()) {
        lease.task.watched |= !lease.started;
        if (lease.isSuspicious()) {
          lease.task.excuseBeside(lease);
        }
      }
    }
    if (!pool.suspect) {
      pool.suspect = true;
      pool.leases().forEach(leases::countLost);
    }
    fleet.changed(pool);
    for (Lease lease : pool.leases()) {
      completion.settle(lease.task, at);
    }
  }

  /** A node is no longer there, and its pool is forgotten. */
  void gone(JobEvent.NodeGone gone) {
    PoolView pool = fleet.get(gone.node());
    if (pool != null) {
      lose(pool, gone.left(), gone.at());
      fleet.forget(pool);
    }
  }

  /** A life of a pool is over: so are its leases. */
  private void lose(PoolView pool, boolean left, long at) {
    pool.suspect = true;
    List<Lease> lost = pool.leases();
    for (Lease lease : lost) {
      if (left) {
        lease.task.excuseNone();
      } else if (lease.isSuspicious()) {
        lease.task.convict(pool.node);
      }
      leases.lose(lease);
    }
    for (Lease lease : lost) {
      completion.settle(lease.task, at);
    }
    pool.suspect = false;
    pool.ended = false;
    pool.most = 0;
    pool.recalled = false;
    fleet.changed(pool);
  }
}
