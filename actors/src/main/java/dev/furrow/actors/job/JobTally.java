package dev.furrow.actors.job;

import dev.furrow.JobStatus;
import dev.furrow.actors.wire.FailureRecord;
import dev.furrow.actors.wire.NodeId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A job's counts, for its progress and its report. */
final class JobTally {

  final long startedAt;
  long accepted;
  long succeeded;
  long failed;
  long cancelled;
  long retried;
  int slots;
  private final Map<NodeId, Row> rows = new LinkedHashMap<>();

  JobTally(long startedAt) {
    this.startedAt = startedAt;
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

  JobSnapshot snapshot(
      JobStatus status, boolean sourceOpen, long running, long at, @Nullable FailureRecord source) {
    List<JobSnapshot.Node> nodes =
        rows.entrySet().stream()
            .map(
                entry -> {
                  Row row = entry.getValue();
                  return new JobSnapshot.Node(
                      entry.getKey().name(), row.slots, row.tasks, row.workNanos, row.lost);
                })
            .toList();
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
        slots,
        nodes,
        source);
  }
}
