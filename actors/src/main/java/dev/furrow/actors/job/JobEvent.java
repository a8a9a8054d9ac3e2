package dev.furrow.actors.job;

import dev.furrow.actors.wire.FailureRecord;
import dev.furrow.actors.wire.JobMessage;
import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.PoolId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a job's state has decided: facts, with everything that cannot be decided twice alike (the
 * time, a random number) written down in them. Applying the same events gives the same state.
 */
sealed interface JobEvent {

  /** When it was decided, in nanoseconds of the job's clock. */
  long at();

  record Accepted(List<NewTask> tasks, long at) implements JobEvent {}

  record SourceEnded(@Nullable FailureRecord failure, long at) implements JobEvent {}

  record TaskCancelled(long task, long at) implements JobEvent {}

  record JobCancelled(long at) implements JobEvent {}

  record NodeConnected(NodeId node, long at) implements JobEvent {}

  /** {@code closed} if the connection broke, {@code ended} if the peer's process closed it. */
  record NodeSuspected(NodeId node, boolean closed, boolean ended, long at) implements JobEvent {}

  record NodeGone(NodeId node, boolean left, long at) implements JobEvent {}

  record Demanded(JobMessage.Demand demand, long at) implements JobEvent {}

  /** {@code jitter} has one number from 0 to 1 a row. */
  record Reported(JobMessage.Reports reports, double[] jitter, long at) implements JobEvent {}

  record Started(JobMessage.Started started, long at) implements JobEvent {}

  record Returned(JobMessage.Returned returned, long at) implements JobEvent {}

  record Held(JobMessage.Holding holding, long at) implements JobEvent {}

  /** The tasks get consecutive lease numbers from {@code firstLease} on. */
  record Granted(PoolId pool, long[] tasks, long firstLease, long at) implements JobEvent {}

  record Fetched(long cursor, long at) implements JobEvent {}

  record Ticked(long at) implements JobEvent {}

  /** Running tasks get a second attempt, with consecutive lease numbers from {@code firstLease}. */
  record Speculated(PoolId pool, long[] tasks, long firstLease, long at) implements JobEvent {}

  /** Leases that have not started are called back. */
  record Recalled(PoolId pool, int most, long at) implements JobEvent {}

  /** All that could be granted was. */
  record Settled(long at) implements JobEvent {}
}
