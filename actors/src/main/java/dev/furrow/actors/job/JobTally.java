package dev.furrow.actors.job;

import dev.furrow.JobStatus;
import dev.furrow.actors.wire.FailureRecord;
import dev.furrow.actors.wire.NodeId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A job's counts, for its progress and its report. */
final class JobTally {

  /** Rows that are older than this are made anew. */
  private static final long FRESH_NANOS = 100_000_000;

  final long startedAt;
  final Durations durations = new Durations();
  long accepted;
  long succeeded;
  long failed;
  long timedOut;
  long cancelled;
  long retried;
  long lost;
  long speculated;
  int slots;
  long runNanos;
  long codecNanos;
  private long offeredNanos;
  private long occupiedNanos;
  private long integratedTo;
  private final Map<NodeId, Row> rows = new LinkedHashMap<>();
  private List<JobSnapshot.Node> nodes = List.of();
  private long nodesAt;

  JobTally(long startedAt) {
    this.startedAt = startedAt;
    this.integratedTo = startedAt;
    this.nodesAt = startedAt - FRESH_NANOS - 1;
  }

  /** What one node did. */
  static final class Row {
    int slots;
    long tasks;
    long workNanos;
    long lost;
  }

  Row row(NodeId node) {
    return rows.computeIfAbsent(node, id -> new Row());
  }

  long ended() {
    return succeeded + failed + cancelled;
  }

  /** Until now so many slots were offered, and for so many of them there was a lease. */
  void pass(long at, int offered, int occupied) {
    long time = at - integratedTo;
    if (time > 0) {
      integratedTo = at;
      offeredNanos += offered * time;
      occupiedNanos += occupied * time;
    }
  }

  JobSnapshot snapshot(
      JobStatus status, boolean sourceOpen, long running, long at, @Nullable FailureRecord source) {
    return new JobSnapshot(
        status,
        accepted,
        sourceOpen,
        succeeded,
        failed,
        cancelled,
        running,
        at - startedAt,
        retried,
        speculated,
        slots,
        nodes,
        new JobSnapshot.SlotTime(offeredNanos, occupiedNanos, runNanos, codecNanos),
        new JobSnapshot.Spread(durations.count(), durations.median(), durations.longest()),
        source);
  }

  /** The same in few numbers. */
  JobCounts counts(long running) {
    return new JobCounts(
        accepted - ended() - running,
        running,
        succeeded,
        failed - timedOut,
        timedOut,
        cancelled,
        retried,
        lost);
  }

  /** Sees to it that the rows of the next snapshot are exact, or nearly so. */
  void renew(long at, boolean exact) {
    if (!exact && at - nodesAt <= FRESH_NANOS) {
      return;
    }
    nodesAt = at;
    List<JobSnapshot.Node> fresh = new ArrayList<>(rows.size());
    rows.forEach(
        (node, row) ->
            fresh.add(
                new JobSnapshot.Node(node.name(), row.slots, row.tasks, row.workNanos, row.lost)));
    nodes = List.copyOf(fresh);
  }
}
