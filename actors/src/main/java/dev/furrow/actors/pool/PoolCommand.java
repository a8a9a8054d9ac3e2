package dev.furrow.actors.pool;

import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.PoolMessage;
import java.util.List;

/** What a pool's state is told. */
sealed interface PoolCommand {

  /** A supervisor speaks. */
  record FromJob(PoolMessage message) implements PoolCommand {}

  /** A run's thread finished entries; {@code last} if it has left the run. */
  record Finished(int run, List<Done> done, boolean last) implements PoolCommand {}

  /**
   * How an entry of a run ended.
   *
   * @param index its place in the run
   * @param kind the ordinal of a {@link dev.furrow.actors.wire.ReportKind}
   * @param runNanos time in user code
   * @param codecNanos time spent on decoding the task and encoding its result
   * @param body the encoded result or failure
   */
  record Done(int index, int kind, long runNanos, long codecNanos, byte[] body) {}

  /**
   * So many entries of a run were claimed; the others were taken back.
   *
   * @param done what its thread had done and not said
   */
  record Truncated(int run, int kept, List<Done> done) implements PoolCommand {
    Truncated(int run, int kept) {
      this(run, kept, List.of());
    }
  }

  /** Whether an entry could be declared void while it was running. */
  record Revoked(int run, int index, boolean done) implements PoolCommand {}

  /** A run's thread waits for other work and gives its slot back. */
  record Parked(int run) implements PoolCommand {}

  /** A run's thread has waited and wants a slot again. */
  record Unparked(int run) implements PoolCommand {}

  /** A node can be reached again. */
  record NodeConnected(NodeId node) implements PoolCommand {}

  /** A node is no longer a member. */
  record NodeRemoved(NodeId node) implements PoolCommand {}

  /** The node leaves: finish what runs until a time, return the rest. */
  record Drain(long until) implements PoolCommand {}

  /** Time has passed. */
  record Tick() implements PoolCommand {}
}
