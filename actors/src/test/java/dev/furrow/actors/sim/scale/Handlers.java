package dev.furrow.actors.sim.scale;

import dev.furrow.actors.job.ScaleJob.Work;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where the supervisor's time goes. What a turn with several commands took is divided among them as
 * commands of their kinds took it alone, on average.
 */
final class Handlers {

  private static final double UNKNOWN = 1_000;

  private final Map<Work, Row> rows = new EnumMap<>(Work.class);
  private long total;
  private long turns;
  private long longest;
  private String longestWork = "";

  /** One kind of work. */
  private static final class Row {
    final Work work;
    long count;
    double nanos;
    long alone;
    double aloneNanos;

    Row(Work work) {
      this.work = work;
    }

    double weight() {
      return alone == 0 ? UNKNOWN : aloneNanos / alone;
    }
  }

  /** A turn with so many commands took so long. */
  void add(List<Work> what, long nanos) {
    turns++;
    total += nanos;
    if (nanos > longest) {
      longest = nanos;
      longestWork =
          what.size() == 1
              ? name(what.get(0))
              : String.format(Locale.ROOT, "%,d commands", what.size());
    }
    double weights = 0;
    for (Work work : what) {
      weights += rows.computeIfAbsent(work, Row::new).weight();
    }
    for (Work work : what) {
      Row row = row(work);
      row.count++;
      row.nanos += nanos * row.weight() / weights;
    }
    if (what.size() == 1) {
      Row row = row(what.get(0));
      row.alone++;
      row.aloneNanos += nanos;
    }
  }

  private Row row(Work work) {
    return rows.computeIfAbsent(work, Row::new);
  }

  private static String name(Work work) {
    return work.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  long total() {
    return total;
  }

  /** The nanoseconds of the longest turn. */
  long longest() {
    return longest;
  }

  /** What was done in it. */
  String longestWork() {
    return longestWork;
  }

  /** All of them as a Markdown table, the most expensive first. */
  String table(long tasks) {
    List<Row> sorted = new ArrayList<>(rows.values());
    sorted.sort((a, b) -> Double.compare(b.nanos, a.nanos));
    StringBuilder text = new StringBuilder();
    text.append("| command | count | mean µs | µs a task | share |\n");
    text.append("| --- | ---: | ---: | ---: | ---: |\n");
    for (Row row : sorted) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %,d | %.2f | %.3f | %.1f %% |%n",
              name(row.work),
              row.count,
              row.nanos / 1e3 / row.count,
              tasks == 0 ? Double.NaN : row.nanos / 1e3 / tasks,
              100.0 * row.nanos / total));
    }
    return text.append(
            String.format(
                Locale.ROOT,
                "%n%,d turns, the longest of %.2f ms (%s).%n",
                turns,
                longest / 1e6,
                longestWork))
        .toString();
  }
}
