package dev.furrow.actors.pool;

import dev.furrow.actors.wire.Caution;
import dev.furrow.actors.wire.LeaseTerms;

/** A lease that a pool holds. */
final class HeldLease {

  /** Where it is. */
  enum Place {
    QUEUED,
    /** In a run; which entries of a run are done only its thread knows. */
    IN_RUN,
    /** Its report is not yet known to have been received. */
    REPORTED
  }

  final Tenant tenant;
  final long number;
  final long task;
  final int attempt;
  final String type;
  final LeaseTerms terms;
  final Caution caution;
  final byte[] payload;
  final long arrivedAt;

  /** The lower, the sooner: the order that {@code priority} and waiting make together. */
  final double standing;

  Place place = Place.QUEUED;

  /** Known to have entered user code. */
  boolean started;

  /** Nobody wants its result. */
  boolean unwanted;

  HeldLease(
      Tenant tenant,
      long number,
      long task,
      int attempt,
      String type,
      LeaseTerms terms,
      Caution caution,
      byte[] payload,
      long arrivedAt,
      long ageing) {
    this.tenant = tenant;
    this.number = number;
    this.task = task;
    this.attempt = attempt;
    this.type = type;
    this.terms = terms;
    this.caution = caution;
    this.payload = payload;
    this.arrivedAt = arrivedAt;
    this.standing = arrivedAt - (double) terms.priority() * ageing;
  }

  /** Whether it may share a run: it has no limit of its own and takes nothing but a slot. */
  boolean plain() {
    return terms.timeoutMillis() == 0 && terms.requires().isEmpty() && caution == Caution.NONE;
  }
}
