package dev.furrow.actors.pool;

import dev.furrow.actors.wire.JobKey;
import dev.furrow.actors.wire.JobMessage;
import dev.furrow.actors.wire.PoolId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/** A job that offers work to a pool, and what the pool holds of it. */
final class Tenant {

  /** Reports in one message weigh at most so much, unless a single one weighs more. */
  private static final long MESSAGE_BYTES = 4L << 20;

  final JobKey job;

  /** Everything held, by number; in the order of arrival. */
  final Map<Long, HeldLease> held = new LinkedHashMap<>();

  /** Those that wait for a slot, the first to go first. */
  final TreeSet<HeldLease> queue =
      new TreeSet<>(
          Comparator.<HeldLease>comparingDouble(lease -> lease.standing)
              .thenComparingLong(lease -> lease.number));

  /** Messages that were not acknowledged. */
  final Map<Long, Sent> unacknowledged = new LinkedHashMap<>();

  /** Leases to name in the next {@code Returned}. */
  final List<Long> returned = new ArrayList<>();

  /** Leases to name in the next {@code Started}. */
  final List<Long> started = new ArrayList<>();

  long heardAt;
  long busyAt;
  int demanded = -1;

  /** Slots that it has. */
  int running;

  /** Its tasks that have given their slot back and wait for other work. */
  int parked;

  /** Smoothed time of its tasks; 0 until one has ended. */
  double meanNanos;

  private final List<Done> done = new ArrayList<>();

  Tenant(JobKey job) {
    this.job = job;
  }

  /** A message, and when it was last sent. */
  static final class Sent {
    final JobMessage.Reports reports;
    long at;

    Sent(JobMessage.Reports reports, long at) {
      this.reports = reports;
      this.at = at;
    }
  }

  private record Done(HeldLease lease, int kind, long runNanos, long codecNanos, byte[] body) {}

  void report(HeldLease lease, int kind, long runNanos, long codecNanos, byte[] body) {
    lease.place = HeldLease.Place.REPORTED;
    done.add(new Done(lease, kind, runNanos, codecNanos, body));
  }

  /** Notes how long a task took: an exponentially weighted mean that forgets after ~16 tasks. */
  void measured(long nanos) {
    meanNanos = meanNanos == 0 ? nanos + 1 : meanNanos + (nanos - meanNanos) / 16;
  }

  /** Packs what was reported into messages, and keeps them until they are acknowledged. */
  List<JobMessage.Reports> flush(PoolId pool, int batch, LongSupplier sequence, long now) {
    List<JobMessage.Reports> messages = new ArrayList<>();
    int from = 0;
    while (from < done.size()) {
      int to = from;
      long bytes = 0;
      do {
        bytes += done.get(to).body().length;
        to++;
      } while (to < done.size()
          && to - from < batch
          && bytes + done.get(to).body().length <= MESSAGE_BYTES);
      JobMessage.Reports message = columns(pool, sequence.getAsLong(), done.subList(from, to));
      unacknowledged.put(message.sequence(), new Sent(message, now));
      messages.add(message);
      from = to;
    }
    done.clear();
    return messages;
  }

  private JobMessage.Reports columns(PoolId pool, long sequence, List<Done> rows) {
    int n = rows.size();
    long[] lease = new long[n];
    long[] task = new long[n];
    int[] kind = new int[n];
    long[] runNanos = new long[n];
    long codecNanos = 0;
    List<byte[]> body = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      Done row = rows.get(i);
      lease[i] = row.lease().number;
      task[i] = row.lease().task;
      kind[i] = row.kind();
      runNanos[i] = row.runNanos();
      codecNanos += row.codecNanos();
      body.add(row.body());
    }
    return new JobMessage.Reports(
        job, pool, sequence, lease, task, kind, runNanos, codecNanos, body);
  }

  boolean hasReports() {
    return !done.isEmpty();
  }
}
