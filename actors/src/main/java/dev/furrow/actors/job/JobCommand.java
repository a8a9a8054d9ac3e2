package dev.furrow.actors.job;

import dev.furrow.actors.wire.FailureRecord;
import dev.furrow.actors.wire.JobMessage;
import dev.furrow.actors.wire.NodeId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a job's state is told. */
sealed interface JobCommand {

  /** The driver hands over tasks. */
  record Accept(List<NewTask> tasks) implements JobCommand {}

  /** The source has no more tasks, or threw. */
  record EndSource(@Nullable FailureRecord failure) implements JobCommand {}

  /** One task is no longer wanted. */
  record CancelTask(long task) implements JobCommand {}

  /** The job is no longer wanted. */
  record CancelJob() implements JobCommand {}

  /** A pool speaks. */
  record FromPool(JobMessage message) implements JobCommand {}

  /** A node that may have a pool can be reached. */
  record NodeConnected(NodeId node) implements JobCommand {}

  /** The connection to a node broke; {@code ended} if its process closed it. */
  record NodeClosed(NodeId node, boolean ended) implements JobCommand {}

  /** A node is no longer a member; {@code left} if it went in order. */
  record NodeRemoved(NodeId node, boolean left) implements JobCommand {}

  /** The driver acknowledges the outcomes before {@code cursor} and asks for those from it on. */
  record Fetch(long cursor) implements JobCommand {}

  /** Time has passed. */
  record Tick() implements JobCommand {}

  /** Leases may be granted. */
  record Dispatch() implements JobCommand {}
}
