package dev.furrow.actors.wire;

import java.util.List;
import java.util.Map;

/** What a pool says to a supervisor. */
public sealed interface JobMessage extends WireMessage {

  /** The job that the message is about. */
  JobKey job();

  /** The life of the pool that speaks. */
  PoolId pool();

  /**
   * How much work the pool wants: an absolute number, so that losing or repeating it does no harm.
   * The highest sequence wins.
   *
   * @param job who is asked for work
   * @param pool who asks
   * @param sequence counts the demands and holdings of this pool to this job
   * @param most leases that the pool will hold for this job at one time
   * @param slots tasks that the node runs at once
   * @param usable slots that are free or run tasks of this job, and one for each of its tasks that
   *     have given theirs back and wait
   * @param resources what the node offers in all
   * @param leaving the node finishes or returns what it has and takes nothing new
   */
  record Demand(
      JobKey job,
      PoolId pool,
      long sequence,
      int most,
      int slots,
      int usable,
      Map<String, Long> resources,
      boolean leaving)
      implements JobMessage {}

  /**
   * How attempts ended, one a row. All arrays have the same length. Sent again until {@link
   * PoolMessage.ReportsReceived} answers.
   *
   * @param job whose leases they were
   * @param pool who ran them
   * @param sequence counts the reports of this pool to this job
   * @param lease numbers of the leases
   * @param task the tasks they were for
   * @param kind how each ended: the ordinal of a {@link ReportKind}
   * @param runNanos time in user code
   * @param codecNanos time spent on decoding the tasks of these attempts and encoding their results
   * @param body the encoded result, or the encoded {@link FailureRecord}
   */
  record Reports(
      JobKey job,
      PoolId pool,
      long sequence,
      long[] lease,
      long[] task,
      int[] kind,
      long[] runNanos,
      long codecNanos,
      List<byte[]> body)
      implements JobMessage {

    /** What the bodies weigh together. */
    public long bodyBytes() {
      long bytes = 0;
      for (byte[] each : body) {
        bytes += each.length;
      }
      return bytes;
    }
  }

  /** Attempts that are about to enter user code, told as it happens for those that may be long. */
  record Started(JobKey job, PoolId pool, long[] leases) implements JobMessage {}

  /**
   * Leases that the pool no longer holds and did not finish. One that names none answers a {@link
   * PoolMessage.Recall} of which nothing came.
   */
  record Returned(JobKey job, PoolId pool, long[] leases) implements JobMessage {}

  /**
   * Everything that the pool holds of the job, said regularly, so that both sides can settle what
   * they believe.
   *
   * @param job whose leases they are
   * @param pool who holds them
   * @param sequence counts the demands and holdings of this pool to this job
   * @param held leases that wait, run, or whose report is not yet known to have been received
   * @param started those of them that have entered user code
   * @param waiting those that wait for {@link PoolMessage.Go}
   */
  record Holding(
      JobKey job, PoolId pool, long sequence, long[] held, long[] started, long[] waiting)
      implements JobMessage {}
}
