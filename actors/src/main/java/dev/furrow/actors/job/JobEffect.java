package dev.furrow.actors.job;

import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.PoolMessage;

/** What a job's state wants done. */
sealed interface JobEffect {

  /** A message goes to the pool of a node. */
  record Send(NodeId to, PoolMessage message) implements JobEffect {}

  /** Outcomes go to the driver. */
  record Deliver(OutcomeBatch batch) implements JobEffect {}

  /** Accepted tasks ended: there is room for as many more. */
  record Release(int tasks, long bytes) implements JobEffect {}

  /** Something that people should know. */
  record Warn(String text) implements JobEffect {}
}
