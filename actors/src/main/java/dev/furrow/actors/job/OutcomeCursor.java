package dev.furrow.actors.job;

import java.util.List;

/**
 * A driver's place in a job's outcomes. Batches may be lost, doubled or come late; each outcome is
 * let through once, in order.
 */
public final class OutcomeCursor {

  private long next;
  private boolean last;

  /**
   * The commit number of the outcome to ask for; everything before it is acknowledged by asking.
   * After the last batch it is one more than the number of outcomes: asking for that one more says
   * that the end is known, and lets the supervisor go.
   */
  public long next() {
    return last ? next + 1 : next;
  }

  /** Whether the last outcome was let through. */
  public boolean isAtEnd() {
    return last;
  }

  /** The outcomes of a batch that have not been seen; none if there is a gap before it. */
  public List<OutcomeRecord> accept(OutcomeBatch batch) {
    long seen = next - batch.from();
    if (seen < 0 || seen > batch.outcomes().size()) {
      return List.of();
    }
    next = batch.from() + batch.outcomes().size();
    last |= batch.last();
    return batch.outcomes().subList((int) seen, batch.outcomes().size());
  }
}
