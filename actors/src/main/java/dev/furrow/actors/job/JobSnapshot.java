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
 * @param running tasks in a slot, as far as is known; leases that are queued with a pool are not
 * @param wallNanos from the start to the end or to now
 * @param retried attempts made again after a failure
 * @param speculated attempts begun beside one that was slow
 * @param slots the most slots offered at one time
 * @param nodes one row for each node that was leased a task
 * @param slotTime what the slots did that were offered to it
 * @param spread how long attempts took
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
    long speculated,
    int slots,
    List<Node> nodes,
    SlotTime slotTime,
    Spread spread,
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

  /**
   * Time of slots, summed, in nanoseconds.
   *
   * @param offered while their pools took this job's tasks
   * @param occupied while there was a lease for them
   * @param running in user code, in attempts that were not wanted in the end too
   * @param encoding on decoding tasks and encoding results
   */
  public record SlotTime(long offered, long occupied, long running, long encoding) {

    /** Nothing was offered yet. */
    public static final SlotTime NONE = new SlotTime(0, 0, 0, 0);
  }

  /**
   * How long attempts took in user code, in nanoseconds.
   *
   * @param count attempts that were reported
   * @param median half of them took no longer, to within an eighth
   * @param longest none took longer
   */
  public record Spread(long count, long median, long longest) {

    /** Nothing was reported yet. */
    public static final Spread NONE = new Spread(0, 0, 0);
  }

  /** A job of which nothing is known yet. */
  public static JobSnapshot empty() {
    return new JobSnapshot(
        JobStatus.RUNNING,
        0,
        true,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        List.of(),
        SlotTime.NONE,
        Spread.NONE,
        null);
  }

  /** Attempts lost with nodes. */
  public long lost() {
    return nodes.stream().mapToLong(Node::lost).sum();
  }

  /** Time in user code of the committed attempts. */
  public long workNanos() {
    return nodes.stream().mapToLong(Node::workNanos).sum();
  }
}
