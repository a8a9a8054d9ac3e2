package dev.furrow.actors.pool;

import dev.furrow.actors.wire.Caution;
import dev.furrow.actors.wire.JobKey;
import java.util.List;

/** A run as the thread that works it off sees it, with the real race of claim and cancel. */
public final class SimRun {

  /** A lease in a run. */
  public record Entry(
      JobKey job,
      long lease,
      long task,
      int attempt,
      Caution caution,
      byte[] payload,
      long timeoutMillis) {}

  final Run run;
  private final int number;
  private final List<Entry> entries;

  SimRun(int number, List<HeldLease> leases) {
    this.number = number;
    this.run = new Run(leases.size());
    this.entries =
        leases.stream()
            .map(
                lease ->
                    new Entry(
                        lease.tenant.job,
                        lease.number,
                        lease.task,
                        lease.attempt,
                        lease.caution,
                        lease.payload,
                        lease.terms.timeoutMillis()))
            .toList();
  }

  /** Its number in the pool. */
  public int number() {
    return number;
  }

  /** Its leases. */
  public List<Entry> entries() {
    return entries;
  }

  /** Takes the next entry; negative if there is none. */
  public int claim() {
    return run.claim();
  }

  /** Finishes the entry that was claimed; false if it was revoked. */
  public boolean complete() {
    return run.complete();
  }
}
