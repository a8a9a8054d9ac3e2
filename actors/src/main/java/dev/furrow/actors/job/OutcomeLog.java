package dev.furrow.actors.job;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Outcomes in the order of their commit, from the first that the driver has not acknowledged. */
final class OutcomeLog {

  private static final int BATCH = 1024;
  private static final long BATCH_BYTES = 4L << 20;

  private final Deque<OutcomeRecord> kept = new ArrayDeque<>();
  private long first;
  private long bytes;

  void add(OutcomeRecord outcome) {
    kept.addLast(outcome);
    bytes += outcome.body().length;
  }

  /** Forgets the outcomes before a commit number. */
  void acknowledge(long cursor) {
    while (first < cursor && !kept.isEmpty()) {
      bytes -= kept.removeFirst().body().length;
      first++;
    }
  }

  /** The commit number of the next outcome to be added. */
  long end() {
    return first + kept.size();
  }

  /** Outcomes that are kept. */
  int size() {
    return kept.size();
  }

  /** Bytes of the outcomes that are kept. */
  long bytes() {
    return bytes;
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
