package dev.furrow.actors.pool;

import java.util.List;

/**
 * Leases that one thread works off without asking. What the pool knows of it is what the thread
 * said last: at least that many entries have ended. The rest is between the thread and {@link Run}.
 */
final class ActiveRun {

  final int id;
  final Tenant tenant;
  final List<HeldLease> entries;

  /** What its leases have in common. */
  final Lane.Kind kind;

  /** When its thread was started. */
  long startedAt;

  /** When its thread last said that something has ended, or was started. */
  long saidAt;

  /** Entries that stay; all until the run is truncated. */
  int kept;

  /** Entries of which the thread has said how they ended. */
  int ended;

  /** The open entries are being asked back. */
  boolean truncating;

  boolean truncated;
  boolean parked;
  boolean awaitsGo;
  boolean timedOut;

  /** Its entry takes so long that the slot is not counted on. */
  boolean overdue;

  /** When its thread was told to stop. */
  long abandonedAt;

  ActiveRun(int id, Tenant tenant, List<HeldLease> entries, Lane.Kind kind, long startedAt) {
    this.id = id;
    this.tenant = tenant;
    this.entries = entries;
    this.kind = kind;
    this.startedAt = startedAt;
    this.saidAt = startedAt;
    this.kept = entries.size();
  }

  HeldLease first() {
    return entries.get(0);
  }

  /** How long its thread has said nothing: its entry has gone on for no longer. */
  long silent(long now) {
    return now - saidAt;
  }

  /** Whether there are entries that its thread may not have claimed. */
  boolean mayHaveOpen() {
    return !truncated && !awaitsGo && kept - ended > 1;
  }

  /**
   * When its slot will be free, as far as that can be told: after the mean time of its entries, and
   * when that is over, after as long again as it has been silent. What has gone on for long goes on
   * for long, as run times have long tails.
   */
  double left(long now) {
    double left = (kept - ended) * tenant.meanNanos - silent(now);
    return left >= 0 ? left : silent(now);
  }
}
