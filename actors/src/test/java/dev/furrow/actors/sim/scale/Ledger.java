package dev.furrow.actors.sim.scale;

import dev.furrow.actors.job.JobSnapshot;
import dev.furrow.actors.job.OutcomeRecord;
import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.PoolMessage;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.Set;

/** What is true of the run, whatever its parts believe. */
final class Ledger {

  private final Scenario scenario;
  private final Timeline time;
  private final BitSet ended = new BitSet();

  /** The node that a task was leased to last, by its uid. */
  private final long[] holder;

  private final Set<Long> dead = new HashSet<>();
  private final BitSet orphans = new BitSet();
  private int done;
  private int filled;
  private long filledAt = -1;
  private long usedNanos;
  private long overAt = -1;
  private long diedAt = -1;
  private long recoveredAt = -1;
  private int orphaned;

  Ledger(Scenario scenario, Timeline time) {
    this.scenario = scenario;
    this.time = time;
    this.holder = new long[scenario.tasks()];
    Arrays.fill(holder, -1);
  }

  /** A node has more slots busy than ever before, by one. */
  void filledOneMore() {
    filled++;
    if (filled == scenario.slots()) {
      filledAt = time.now();
    }
  }

  /** The supervisor leases tasks to a node. */
  void leased(PoolMessage.Leases leases, long at) {
    NodeId node = leases.pool().node();
    for (long task : leases.task()) {
      require(!ended.get((int) task), "task " + task + " is leased after its end");
      holder[(int) task] = node.uid();
      if (!dead.contains(node.uid())) {
        settle((int) task, at);
      }
    }
  }

  /** The driver learns how a task ended. */
  void ended(OutcomeRecord outcome) {
    int task = (int) outcome.task();
    require(!ended.get(task), "task " + task + " has two outcomes");
    require(outcome.kind() == OutcomeRecord.Kind.SUCCEEDED, "task " + task + " " + outcome.kind());
    require(holder[task] >= 0, "task " + task + " ended and was never leased");
    ended.set(task);
    done++;
    usedNanos += scenario.lengthOf(task);
    settle(task, time.now());
  }

  /** Nodes die. */
  void died(Set<Long> nodes) {
    dead.addAll(nodes);
    diedAt = time.now();
    for (int task = 0; task < holder.length; task++) {
      if (!ended.get(task) && nodes.contains(holder[task])) {
        orphans.set(task);
      }
    }
    orphaned = orphans.cardinality();
  }

  /** A task is not with a dead node any more. */
  private void settle(int task, long at) {
    if (orphans.get(task)) {
      orphans.clear(task);
      if (orphans.isEmpty()) {
        recoveredAt = at;
      }
    }
  }

  void allEnded(JobSnapshot snapshot) {
    overAt = overAt < 0 ? time.now() : overAt;
    require(done() == scenario.tasks(), done() + " outcomes of " + scenario.tasks() + " tasks");
    require(snapshot.succeeded() == scenario.tasks(), "the job's numbers are off: " + snapshot);
  }

  int done() {
    return done;
  }

  boolean isOver() {
    return overAt >= 0;
  }

  /** When the driver had everything, or now. */
  long makespan() {
    return overAt >= 0 ? overAt : time.now();
  }

  /** Slot time of the tasks that ended. */
  long usedNanos() {
    return usedNanos;
  }

  /** When every node had had all its slots busy at one time; negative if that never was. */
  long filledAt() {
    return filledAt;
  }

  /** Share of the slots that were ever busy beside all others of their node. */
  double filled() {
    return filled / (double) scenario.slots();
  }

  /** From the death of nodes until their tasks were with others; negative if that never was. */
  long recovery() {
    return recoveredAt < 0 ? -1 : recoveredAt - diedAt;
  }

  /** Tasks that were with the nodes that died. */
  int orphaned() {
    return orphaned;
  }

  static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException(otherwise);
    }
  }
}
