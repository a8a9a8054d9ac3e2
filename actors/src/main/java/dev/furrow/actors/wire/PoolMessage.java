package dev.furrow.actors.wire;

import java.util.List;

/** What a supervisor says to a pool. */
public sealed interface PoolMessage extends WireMessage {

  /** The job that the message is about. */
  JobKey job();

  /**
   * The job has work that waits. Answered with {@link JobMessage.Demand}.
   *
   * @param job who offers work
   */
  record Announce(JobKey job) implements PoolMessage {}

  /**
   * Attempts to run, one a row. All arrays have the same length.
   *
   * @param job who leases
   * @param pool the life of the pool that asked; another life must not run them
   * @param types names of task classes
   * @param terms what rows share
   * @param lease numbers of the leases, unique in the job's epoch
   * @param task the task's place in its job
   * @param attempt which try this is, from 1
   * @param type index into {@code types}
   * @param term index into {@code terms}
   * @param caution what is known against the task: see {@link Caution}
   * @param payload the encoded task
   */
  record Leases(
      JobKey job,
      PoolId pool,
      List<String> types,
      List<LeaseTerms> terms,
      long[] lease,
      long[] task,
      int[] attempt,
      int[] type,
      int[] term,
      int[] caution,
      List<byte[]> payload)
      implements PoolMessage {}

  /**
   * Attempts whose results nobody wants any more. Each is stopped and answered with {@link
   * JobMessage.Returned}.
   */
  record Cancel(JobKey job, PoolId pool, long[] leases) implements PoolMessage {}

  /** The supervisor has noted that these cautious attempts are about to start: they may. */
  record Go(JobKey job, PoolId pool, long[] leases) implements PoolMessage {}

  /**
   * Another pool has nothing to do: leases that have not started are wanted back. The pool answers
   * with one {@link JobMessage.Returned}, which names those that would have waited longest, and
   * none if all of them are about to start.
   *
   * @param job who leased
   * @param pool the life of the pool that holds them
   * @param most leases that are wanted
   */
  record Recall(JobKey job, PoolId pool, int most) implements PoolMessage {}

  /** The reports of this number were received and need not be kept. */
  record ReportsReceived(JobKey job, PoolId pool, long sequence) implements PoolMessage {}

  /** The holding of this number was received: the supervisor lives and knows the pool. */
  record HoldingReceived(JobKey job, PoolId pool, long sequence) implements PoolMessage {}

  /** The job has ended, or was never here: whatever the pool holds of it is to be dropped. */
  record JobGone(JobKey job) implements PoolMessage {}
}
