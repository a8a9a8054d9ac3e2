package dev.furrow.actors.pool;

import dev.furrow.actors.wire.JobKey;
import dev.furrow.actors.wire.JobMessage;
import dev.furrow.actors.wire.PoolId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a pool says to a job about attempts that have ended: gathered into messages of bounded size,
 * which are kept until the job says that it has them.
 */
final class ReportLog {

  /** Reports in one message weigh at most so much, unless a single one weighs more. */
  private static final long MESSAGE_BYTES = 4L << 20;

  private final JobKey job;
  private final int batch;
  private final List<Columns> full = new ArrayList<>();
  private final Map<Long, Sent> unacknowledged = new LinkedHashMap<>();
  private Columns open = new Columns(16);

  /** A log whose messages hold at most so many reports. */
  ReportLog(JobKey job, int batch) {
    this.job = job;
    this.batch = batch;
  }

  /** A message, and when it was last sent. */
  private static final class Sent {
    final JobMessage.Reports reports;
    long at;

    Sent(JobMessage.Reports reports, long at) {
      this.reports = reports;
      this.at = at;
    }
  }

  /** A message in the making. */
  private static final class Columns {
    private long[] lease;
    private long[] task;
    private int[] kind;
    private long[] runNanos;
    private final List<byte[]> body;
    private long codecNanos;
    private long bytes;
    private int rows;

    Columns(int capacity) {
      lease = new long[capacity];
      task = new long[capacity];
      kind = new int[capacity];
      runNanos = new long[capacity];
      body = new ArrayList<>(capacity);
    }

    private void grow() {
      int capacity = 2 * rows;
      lease = Arrays.copyOf(lease, capacity);
      task = Arrays.copyOf(task, capacity);
      kind = Arrays.copyOf(kind, capacity);
      runNanos = Arrays.copyOf(runNanos, capacity);
    }

    JobMessage.Reports message(JobKey job, PoolId pool, long sequence) {
      return new JobMessage.Reports(
          job,
          pool,
          sequence,
          Arrays.copyOf(lease, rows),
          Arrays.copyOf(task, rows),
          Arrays.copyOf(kind, rows),
          Arrays.copyOf(runNanos, rows),
          codecNanos,
          body);
    }
  }

  /** Notes how an attempt ended. */
  void add(HeldLease lease, int kind, long runNanos, long codecNanos, byte[] body) {
    lease.place = HeldLease.Place.REPORTED;
    Columns to = open;
    if (to.rows == batch || (to.rows > 0 && to.bytes + body.length > MESSAGE_BYTES)) {
      full.add(to);
      to = new Columns(Math.min(batch, to.rows));
      open = to;
    }
    if (to.rows == to.lease.length) {
      to.grow();
    }
    int row = to.rows++;
    to.lease[row] = lease.number;
    to.task[row] = lease.task;
    to.kind[row] = kind;
    to.runNanos[row] = runNanos;
    to.codecNanos += codecNanos;
    to.bytes += body.length;
    to.body.add(body);
  }

  /** Hands out what was noted, and keeps it until it is acknowledged. */
  void flush(PoolId pool, LongSupplier sequence, long now, Consumer<JobMessage.Reports> mail) {
    if (open.rows == 0) {
      return;
    }
    full.add(open);
    open = new Columns(Math.min(batch, Math.max(16, open.rows)));
    for (Columns columns : full) {
      JobMessage.Reports message = columns.message(job, pool, sequence.getAsLong());
      unacknowledged.put(message.sequence(), new Sent(message, now));
      mail.accept(message);
    }
    full.clear();
  }

  /** The message of this number was received. Answers what it told of; null if it told before. */
  long @Nullable [] acknowledged(long sequence) {
    Sent sent = unacknowledged.remove(sequence);
    return sent == null ? null : sent.reports.lease();
  }

  /** Hands out once more what was last sent longer ago than a time, and not acknowledged. */
  void resend(long olderThan, long now, Consumer<JobMessage.Reports> mail) {
    for (Sent sent : unacknowledged.values()) {
      if (now - sent.at > olderThan) {
        sent.at = now;
        mail.accept(sent.reports);
      }
    }
  }

  /** Whether everything was said and received. */
  boolean isSettled() {
    return open.rows == 0 && unacknowledged.isEmpty();
  }
}
