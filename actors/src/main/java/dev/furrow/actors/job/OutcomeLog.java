package dev.furrow.actors.job;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Outcomes in the order of their commit, from the first that the driver has not acknowledged, and
 * how far it has read.
 */
final class OutcomeLog {

  private static final int BATCH = 1024;
  private static final long BATCH_BYTES = 4L << 20;

  private final Deque<OutcomeRecord> kept = new ArrayDeque<>();
  private long first;
  private long bytes;
  private boolean fetching;

  /** The driver has all outcomes and knows that there are no more. */
  private boolean read;

  void add(OutcomeRecord outcome) {
    kept.addLast(outcome);
    bytes += outcome.body().length;
  }

  /**
   * The driver acknowledges the outcomes before a commit number and asks for those from it on.
   *
   * @param over whether there will be no more than there are
   */
  void fetch(long cursor, boolean over) {
    while (first < cursor && !kept.isEmpty()) {
      bytes -= kept.removeFirst().body().length;
      first++;
    }
    read |= over && cursor > end();
    fetching = !read;
  }

  /** Whether the driver can be answered. */
  boolean isDue(boolean over) {
    return fetching && (over || !kept.isEmpty());
  }

  /** The driver was answered. */
  void delivered() {
    fetching = false;
  }

  /** Whether the driver has said that it has all there will be. */
  boolean isRead() {
    return read;
  }

  /** Whether what more leases will bring could not be kept. */
  boolean isFull(JobLimits limits) {
    return kept.size() >= limits.window() || (!kept.isEmpty() && bytes >= limits.windowBytes());
  }

  /** The commit number of the next outcome to be added. */
  long end() {
    return first + kept.size();
  }

  /** Outcomes that are kept. */
  int size() {
    return kept.size();
  }

  /** The first outcomes that are kept, so many as travel in one batch. */
  List<OutcomeRecord> head() {
    List<OutcomeRecord> head = new ArrayList<>(Math.min(BATCH, kept.size()));
    long sum = 0;
    for (OutcomeRecord outcome : kept) {
      sum += outcome.body().length;
      if (head.size() == BATCH || (sum > BATCH_BYTES && !head.isEmpty())) {
        break;
      }
      head.add(outcome);
    }
    return head;
  }

  /** The commit number of the first outcome that is kept. */
  long first() {
    return first;
  }
}
