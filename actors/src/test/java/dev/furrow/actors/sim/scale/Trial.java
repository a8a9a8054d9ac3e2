package dev.furrow.actors.sim.scale;

import dev.furrow.actors.job.JobLimits;
import dev.furrow.actors.job.ScaleJob;
import dev.furrow.actors.pool.SimPool;
import dev.furrow.actors.wire.NodeId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** One run of one scenario. Limits are the defaults of the settings. */
final class Trial {

  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000 * MILLI;
  private static final int BATCH = 1_024;
  private static final int PREFETCH = 8_192;
  private static final JobLimits JOB =
      new JobLimits(
          10 * SECOND,
          30 * SECOND,
          64,
          BATCH,
          10_000,
          64L << 20,
          5 * SECOND,
          2,
          100 * MILLI,
          SECOND);
  private static final SimPool.Limits POOL =
      new SimPool.Limits(
          BATCH, PREFETCH, 10 * SECOND, SECOND, SECOND, 20 * SECOND, 30 * SECOND, 16);

  /** From the end of a process to its removal from the cluster. */
  private static final long REMOVAL = 6 * SECOND;

  final Scenario scenario;
  final Timeline time = new Timeline();
  final Ledger ledger;
  final Mail mail = new Mail();
  final Handlers handlers = new Handlers();
  final List<Host> hosts = new ArrayList<>();
  final Home home;
  private final boolean measured;
  private long poolNanos;
  private boolean killed;

  /**
   * A cluster and a job that has not started.
   *
   * @param measured whether the supervisor's real CPU time counts; otherwise each thing that it
   *     does takes a microsecond, and the run is decided by its seed
   */
  Trial(Scenario scenario, long seed, boolean measured) {
    SplittableRandom random = new SplittableRandom(seed);
    this.scenario = scenario;
    this.measured = measured;
    this.ledger = new Ledger(scenario, time);
    ScaleJob.Meter meter = measured ? new CpuMeter(handlers) : new FixedMeter(handlers);
    this.home = new Home(this, JOB, meter, random.split());
    for (int i = 0; i < scenario.nodes(); i++) {
      hosts.add(new Host(this, i, POOL, random.split()));
    }
  }

  /** Runs until the supervisor can go, or until its CPU budget is used up. */
  Result run() {
    long from = System.nanoTime();
    home.start();
    while (!ledger.isOver() && handlers.total() < scenario.budget() && time.step()) {
      if (scenario.deaths() && !killed && ledger.done() >= scenario.tasks() / 2) {
        killSome();
      }
    }
    Ledger.require(
        ledger.isOver() || handlers.total() >= scenario.budget(), "nothing happens any more");
    home.check();
    return new Result(this, poolNanos, System.nanoTime() - from);
  }

  private void killSome() {
    killed = true;
    Set<Long> dead = new HashSet<>();
    for (int i = 5; i < hosts.size(); i += 10) {
      Host host = hosts.get(i);
      dead.add(host.id.uid());
      host.die();
      time.at(time.now() + Way.LATENCY, () -> home.closed(host.id));
      time.at(time.now() + REMOVAL, () -> home.removed(host.id));
    }
    ledger.died(dead);
  }

  /** Tasks that are accepted and have not ended, at most: enough for all that pools ask for. */
  int inFlight() {
    return Math.max(10_000, Math.min(1_000_000, 32 * scenario.slots()));
  }

  Host host(NodeId id) {
    return hosts.get((int) id.uid() - 1);
  }

  /** What a pool's turn costs in virtual time. */
  long poolCost(long nanos, long most) {
    poolNanos += nanos;
    return measured ? Math.min(nanos, most) : 1_000;
  }
}
