package dev.furrow.actors.sim.scale;

import java.util.Locale;

/** What one run came to. */
final class Result {

  final Scenario scenario;
  final Handlers handlers;
  final Mail mail;

  /** Whether all tasks ended within the CPU budget. */
  final boolean whole;

  /** Tasks that ended. */
  final int tasks;

  /** Virtual nanoseconds. */
  final long makespan;

  final long filledAt;
  final double filled;
  final long recovery;
  final int orphaned;
  final int longestQueue;

  /** CPU of all pools. */
  final long poolNanos;

  /** How long the simulation took. */
  final long realNanos;

  private final long usedNanos;

  Result(Trial trial, long poolNanos, long realNanos) {
    Ledger ledger = trial.ledger;
    this.scenario = trial.scenario;
    this.handlers = trial.handlers;
    this.mail = trial.mail;
    this.whole = ledger.isOver();
    this.tasks = ledger.done();
    this.makespan = ledger.makespan();
    this.filledAt = ledger.filledAt();
    this.filled = ledger.filled();
    this.recovery = ledger.recovery();
    this.orphaned = ledger.orphaned();
    this.longestQueue = trial.home.server.longestQueue();
    this.poolNanos = poolNanos;
    this.realNanos = realNanos;
    this.usedNanos = ledger.usedNanos();
  }

  /** Busy slot time ÷ all slot time. */
  double efficiency() {
    return usedNanos / ((double) scenario.slots() * makespan);
  }

  /** Supervisor CPU a task, in µs; not a number if no task ended, as all that follow. */
  double cpuMicros() {
    return perTask(handlers.total() / 1e3);
  }

  /** CPU of all pools a task, in µs. */
  double poolMicros() {
    return perTask(poolNanos / 1e3);
  }

  private double perTask(double sum) {
    return tasks == 0 ? Double.NaN : sum / tasks;
  }

  /** Tasks a second of virtual time. */
  double rate() {
    return tasks / (makespan / 1e9);
  }

  /** Share of the time that the supervisor was busy. */
  double load() {
    return Math.min(1, handlers.total() / (double) makespan);
  }

  double toPools() {
    return perTask((double) mail.toPools());
  }

  double toJob() {
    return perTask((double) mail.toJob());
  }

  /** Makespan ÷ (all slots until half of the work, those that are left for the rest). */
  double overIdeal() {
    double half = scenario.work() / 2.0 / scenario.slots();
    return makespan / (scenario.deaths() ? half + half / 0.9 : 2 * half);
  }

  /** Where the supervisor's time and the messages go. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%n%,d nodes, tasks of %s%s: %,d tasks%s in %.1f ms, %.1f %% efficient, simulated in %.1f"
            + " s%n%s%n%n%s",
        scenario.nodes(),
        scenario.label(),
        scenario.deaths() ? ", a tenth dies" : "",
        tasks,
        whole ? "" : " (cut)",
        makespan / 1e6,
        100 * efficiency(),
        realNanos / 1e9,
        mail.perTask(tasks),
        handlers.table(tasks));
  }
}
