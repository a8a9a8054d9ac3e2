package dev.furrow.actors.sim.scale;

import java.util.List;
import java.util.Locale;

/** Results as tables that read well on a terminal and in Markdown, and as CSV. */
final class Report {

  private final List<Result> results;

  Report(List<Result> results) {
    this.results = results;
  }

  /** One row a scenario without deaths. */
  String main() {
    StringBuilder text = new StringBuilder();
    text.append(
        "| nodes | task | tasks | efficiency | tasks/s | messages a task → pools | ← pools"
            + " | supervisor µs a task | busy | all slots filled after | longest turn |\n");
    text.append("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n");
    for (Result result : results) {
      if (!result.scenario.deaths()) {
        text.append(row(result));
      }
    }
    return text.toString();
  }

  private static String row(Result r) {
    return String.format(
        Locale.ROOT,
        "| %,d | %s | %,d%s | %.1f %% | %,.0f | %s | %s | %s | %.0f %% | %s | %s |%n",
        r.scenario.nodes(),
        r.scenario.label(),
        r.tasks,
        r.whole ? "" : " (cut)",
        100 * r.efficiency(),
        r.rate(),
        number(r.toPools()),
        number(r.toJob()),
        number(r.cpuMicros()),
        100 * r.load(),
        filled(r),
        longest(r.handlers));
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%,.2f", value);
  }

  private static String filled(Result r) {
    return r.filledAt < 0
        ? String.format(Locale.ROOT, "not: %.0f %%", Math.floor(100 * r.filled))
        : millis(r.filledAt);
  }

  private static String longest(Handlers handlers) {
    return millis(handlers.longest()) + " (" + handlers.longestWork() + ")";
  }

  private static String millis(long nanos) {
    double millis = nanos / 1e6;
    return String.format(Locale.ROOT, millis < 10 ? "%.2f ms" : "%,.0f ms", millis);
  }

  private static String millisOrNothing(long nanos) {
    return nanos < 0 ? "" : String.format(Locale.ROOT, "%.3f", nanos / 1e6);
  }

  /** One row a scenario with deaths. */
  String deaths() {
    StringBuilder text = new StringBuilder();
    text.append(
        "| nodes | nodes that die | task | tasks they held | all with others after"
            + " | makespan ÷ ideal |\n");
    text.append("| ---: | ---: | ---: | ---: | ---: | ---: |\n");
    for (Result r : results) {
      if (r.scenario.deaths()) {
        text.append(
            String.format(
                Locale.ROOT,
                "| %,d | %,d | %s | %,d | %s | %s |%n",
                r.scenario.nodes(),
                r.scenario.dying(),
                r.scenario.label(),
                r.orphaned,
                r.recovery < 0 ? "–" : millis(r.recovery),
                r.whole ? String.format(Locale.ROOT, "%.3f", r.overIdeal()) : "– (cut)"));
      }
    }
    return text.toString();
  }

  /** Everything, one line a scenario, times in the unit that the column names. */
  String csv() {
    StringBuilder text = new StringBuilder();
    text.append(
        "nodes,slots,task_ms,deaths,tasks,whole,efficiency,tasks_per_s,to_pools_per_task,"
            + "to_job_per_task,supervisor_us_per_task,supervisor_busy,pool_us_per_task,filled_ms,"
            + "filled_share,longest_us,longest_turn,longest_queue,orphaned,recovery_ms,"
            + "over_ideal,makespan_ms,real_s\n");
    for (Result r : results) {
      text.append(
          String.format(
              Locale.ROOT,
              "%d,%d,%d,%b,%d,%b,%.4f,%.0f,%.4f,%.4f,%.3f,%.3f,%.3f,%s,%.3f,%.1f,%s,%d,%d,%s,"
                  + "%.4f,%.3f,%.1f%n",
              r.scenario.nodes(),
              r.scenario.slots(),
              r.scenario.taskNanos() / Scenario.MILLI,
              r.scenario.deaths(),
              r.tasks,
              r.whole,
              r.efficiency(),
              r.rate(),
              r.toPools(),
              r.toJob(),
              r.cpuMicros(),
              r.load(),
              r.poolMicros(),
              millisOrNothing(r.filledAt),
              r.filled,
              r.handlers.longest() / 1e3,
              r.handlers.longestWork().replace(",", ""),
              r.longestQueue,
              r.orphaned,
              millisOrNothing(r.recovery),
              r.overIdeal(),
              r.makespan / 1e6,
              r.realNanos / 1e9));
    }
    return text.toString();
  }
}
