package dev.furrow.actors.pool;

import dev.furrow.actors.wire.Caution;
import dev.furrow.actors.wire.LeaseTerms;
import org.jspecify.annotations.Nullable;

/** A lease that a pool holds. */
final class HeldLease {

  /** Where it is. */
  enum Place {
    QUEUED,
    /** In a run; which entries of a run are done only its thread knows. */
    IN_RUN,
    /** Its report is not yet known to have been received. */
    REPORTED,
    /** It was given back. */
    GONE
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

  /** Its place in the order of arrival at its tenant; given by the tenant's queue. */
  long arrival;

  Place place = Place.QUEUED;

  /** Known to have entered user code. */
  boolean started;

  /** Nobody wants its result. */
  boolean unwanted;

  /** The run that it is or was last in. */
  @Nullable ActiveRun run;

  HeldLease(
      Tenant tenant,
      long number,
      long task,
      int attempt,
      String type,
      LeaseTerms terms,
      Caution caution,
      byte[] payload,
      long arrivedAt) {
    this.tenant = tenant;
    this.number = number;
    this.task = task;
    this.attempt = attempt;
    this.type = type;
    this.terms = terms;
    this.caution = caution;
    this.payload = payload;
    this.arrivedAt = arrivedAt;
  }
}
