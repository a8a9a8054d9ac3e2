package dev.furrow.actors.job;

import dev.furrow.JobStatus;
import dev.furrow.actors.wire.FailureRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job at one moment, as numbers.
 *
 * @param status where it is in its life
 * @param accepted tasks read from the source so far
 * @param sourceOpen whether more may come
 * @param succeeded tasks that succeeded
 * @param failed tasks that failed or timed out
 * @param cancelled tasks that were cancelled
 * @param running tasks with a live lease
 * @param wallNanos from the start to the end or to now
 * @param retried attempts made again after a failure
 * @param slots the most slots offered at one time
 * @param nodes one row for each node that was leased a task
 * @param sourceFailure what the source threw
 */
public record JobSnapshot(
    JobStatus status,
    long accepted,
    boolean sourceOpen,
    long succeeded,
    long failed,
    long cancelled,
    long running,
    long wallNanos,
    long retried,
    int slots,
    List<Node> nodes,
    @Nullable FailureRecord sourceFailure) {

  /**
   * What one node did.
   *
   * @param name the node
   * @param slots the most slots it offered
   * @param tasks attempts committed from it
   * @param workNanos time in user code of those
   * @param lost attempts lost with it
   */
  public record Node(String name, int slots, long tasks, long workNanos, long lost) {}

  /** Attempts lost with nodes. */
  public long lost() {
    return nodes.stream().mapToLong(Node::lost).sum();
  }

  /** Time in user code of the committed attempts. */
  public long workNanos() {
    return nodes.stream().mapToLong(Node::workNanos).sum();
  }
}
