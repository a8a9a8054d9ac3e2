package dev.furrow.actors.sim.scale;

import dev.furrow.actors.pool.SimPool;
import dev.furrow.actors.wire.ReportKind;
import java.util.ArrayList;
import java.util.List;

/** A slot that works off a run: when each of its tasks ends is known from the start. */
final class Shift {

  /** A slot says what it has done about this often. */
  private static final long FLUSH_NANOS = 1_000_000;

  private static final byte[] RESULT = new byte[8];

  private final long[] lengths;
  private final long[] ends;
  private int limit;
  private int cuts;
  private int said;
  private long saidAt;

  Shift(long startedAt, long[] lengths) {
    this.lengths = lengths;
    this.ends = new long[lengths.length];
    this.limit = lengths.length;
    this.saidAt = startedAt;
    long end = startedAt;
    for (int i = 0; i < lengths.length; i++) {
      end += lengths[i];
      ends[i] = end;
    }
  }

  /** When it next has something to say. */
  long nextAt() {
    return ends[nextIndex()];
  }

  private int nextIndex() {
    int i = said;
    while (i < limit - 1 && ends[i] - saidAt <= FLUSH_NANOS) {
      i++;
    }
    return Math.max(0, Math.min(i, limit - 1));
  }

  /** What is done by now and was not yet said. */
  List<SimPool.Ended> collect(long now) {
    List<SimPool.Ended> done = new ArrayList<>();
    while (said < limit && ends[said] <= now) {
      int kind = ReportKind.SUCCEEDED.ordinal();
      done.add(new SimPool.Ended(said, kind, lengths[said], RESULT));
      saidAt = ends[said];
      said++;
    }
    return done;
  }

  /** Whether everything that it keeps is done. */
  boolean isOver(long now) {
    return ends[limit - 1] <= now;
  }

  /** Gives up what it has not begun. Answers how much it keeps. */
  int truncate(long now) {
    int begun = 1;
    while (begun < limit && ends[begun - 1] <= now) {
      begun++;
    }
    limit = begun;
    cuts++;
    return begun;
  }

  /** Counts how often it was cut short: what was expected of it before does not hold. */
  int cuts() {
    return cuts;
  }
}
