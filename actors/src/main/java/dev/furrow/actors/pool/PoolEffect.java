package dev.furrow.actors.pool;

import dev.furrow.actors.wire.JobMessage;
import dev.furrow.actors.wire.NodeId;
import java.util.List;

/** What a pool's state wants done. */
sealed interface PoolEffect {

  /** A message goes to a supervisor. */
  record Send(NodeId to, JobMessage message) implements PoolEffect {}

  /** A thread is to work off these leases. */
  record Start(int run, List<HeldLease> entries) implements PoolEffect {}

  /** Open entries are to be taken back; answered with {@link PoolCommand.Truncated}. */
  record Truncate(int run) implements PoolEffect {}

  /** A running entry is to be stopped; answered with {@link PoolCommand.Revoked}. */
  record Revoke(int run, int index) implements PoolEffect {}

  /** A waiting thread has a slot again. */
  record Unpark(int run) implements PoolEffect {}

  /** Everything was finished or returned. */
  record Drained() implements PoolEffect {}

  /** Something that people should know. */
  record Warn(String text) implements PoolEffect {}
}
