package dev.furrow.actors.job;

import dev.furrow.actors.wire.Caution;
import dev.furrow.actors.wire.JobMessage;
import dev.furrow.actors.wire.ReportKind;

/**
 * What pools say of the leases they hold: how they ended, that they start, that they are given
 * back, or just that they are there.
 *
 * <p>Invariant: a pool's word drops none but its own leases. A success counts whoever brings it, by
 * the commit rule of {@link Completion}.
 */
final class Answers {

  private final JobLimits limits;
  private final OpenTasks tasks;
  private final Completion completion;
  private final Leases leases;
  private final Contact contact;
  private final Fleet fleet;
  private final PoolMail mail;
  private final JobTally tally;

  Answers(
      JobLimits limits,
      OpenTasks tasks,
      Completion completion,
      Leases leases,
      Contact contact,
      Fleet fleet,
      PoolMail mail,
      JobTally tally) {
    this.limits = limits;
    this.tasks = tasks;
    this.completion = completion;
    this.leases = leases;
    this.contact = contact;
    this.fleet = fleet;
    this.mail = mail;
    this.tally = tally;
  }

  // --------------------------------------------------------------- reports

  void reported(JobEvent.Reported event) {
    JobMessage.Reports reports = event.reports();
    PoolView pool = contact.hear(reports.pool(), event.at());
    mail.reportsReceived(reports.pool(), reports.sequence(), reports.bodyBytes());
    boolean news = false;
    JobTally.Row row = tally.row(reports.pool().node());
    for (int i = 0; i < reports.lease().length; i++) {
      Lease lease = leases.get(reports.lease()[i]);
      news |= lease != null;
      if (lease != null && lease.pool == pool) {
        leases.drop(lease);
      }
      TaskEntry task = tasks.reported(reports.task()[i]);
      if (task == null || !leases.issued(reports.lease()[i])) {
        continue;
      }
      if (reports.kind()[i] == ReportKind.SUCCEEDED.ordinal()) {
        tally.runNanos += reports.runNanos()[i];
        tally.durations.add(reports.runNanos()[i]);
        row.tasks++;
        row.workNanos += reports.runNanos()[i];
        completion.succeed(task, reports.body().get(i), event.at());
      } else if (lease != null) {
        tally.runNanos += reports.runNanos()[i];
        completion.fail(task, lease, failure(event, i), event.at());
      }
    }
    tally.codecNanos += news ? reports.codecNanos() : 0; // these came before otherwise
    if (pool != null) {
      fleet.changed(pool);
    }
  }

  private static TaskEntry.Failure failure(JobEvent.Reported event, int i) {
    int kind = event.reports().kind()[i];
    return new TaskEntry.Failure(
        kind == ReportKind.TIMED_OUT.ordinal()
            ? OutcomeRecord.Kind.TIMED_OUT
            : OutcomeRecord.Kind.FAILED,
        event.reports().body().get(i),
        kind != ReportKind.FAILED_FOR_GOOD.ordinal(),
        event.jitter()[i]);
  }

  // ------------------------------------------- starts, returns, holdings

  void started(JobEvent.Started event) {
    PoolView pool = contact.hear(event.started().pool(), event.at());
    if (pool == null) {
      return;
    }
    for (long number : event.started().leases()) {
      noteStart(pool, number);
    }
    fleet.changed(pool);
  }

  /** Notes that an attempt is about to start, and lets a cautious one go on. */
  private void noteStart(PoolView pool, long number) {
    Lease lease = leases.get(number);
    if (lease == null || lease.pool != pool || lease.task.place == TaskEntry.Place.ENDED) {
      mail.cancel(pool, number);
      return;
    }
    pool.start(lease);
    if (lease.caution != Caution.NONE) {
      mail.go(pool, number);
    }
  }

  void returned(JobEvent.Returned event) {
    PoolView pool = contact.hear(event.returned().pool(), event.at());
    if (pool == null) {
      return;
    }
    pool.recalled = false;
    for (long number : event.returned().leases()) {
      Lease lease = leases.get(number);
      if (lease != null && lease.pool == pool) {
        leases.drop(lease);
        completion.settle(lease.task, event.at());
      }
    }
    fleet.changed(pool);
  }

  /** Settles what the pool says it holds against what it was leased. */
  void held(JobMessage.Holding holding, long at) {
    PoolView pool = contact.hear(holding.pool(), at);
    if (pool == null) {
      return;
    }
    mail.holdingReceived(pool, holding.sequence());
    if (holding.sequence() <= pool.holding) {
      return;
    }
    pool.holding = holding.sequence();
    for (long number : holding.held()) {
      Lease lease = leases.get(number);
      if (lease == null || lease.task.place == TaskEntry.Place.ENDED) {
        mail.cancel(pool, number);
      } else {
        lease.heldIn = holding.sequence();
      }
    }
    for (long number : holding.started()) {
      Lease lease = leases.get(number);
      if (lease != null && lease.pool == pool) {
        pool.start(lease);
      }
    }
    for (long number : holding.waiting()) {
      noteStart(pool, number);
    }
    for (Lease lease : pool.leases()) {
      dropIfMissing(lease, holding.sequence(), at);
    }
    fleet.changed(pool);
  }

  /** What a pool has twice not named, although it must have heard of it, it does not have. */
  private void dropIfMissing(Lease lease, long holding, long at) {
    boolean missing = lease.heldIn != holding && at - lease.issuedAt > limits.resend();
    if (missing && lease.missed) {
      leases.lose(lease);
      completion.settle(lease.task, at);
    }
    lease.missed = missing;
  }
}
