package dev.furrow.examples.wordcount;

import dev.furrow.Aggregation;
import dev.furrow.Partitioned;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What the counts come to.
 *
 * @param top the most frequent words, the first one first
 * @param distinct how many words there are
 * @param total how many there are if each is counted as often as it comes
 */
record Summary(List<Frequency> top, long distinct, long total) {

  private static final Top TOP = new Top(20);
  private static final Total TOTAL = new Total();

  /** Computes where the counts are kept. */
  static Summary of(Partitioned<String, Long> counts) {
    return new Summary(
        counts.aggregate(TOP).toCompletableFuture().join(),
        counts.size().toCompletableFuture().join(),
        counts.aggregate(TOTAL).toCompletableFuture().join());
  }

  /** Computes in this thread. */
  static Summary of(Map<String, Long> counts) {
    return new Summary(all(TOP, counts), counts.size(), all(TOTAL, counts));
  }

  private static <A> A all(Aggregation<String, Long, A> aggregation, Map<String, Long> counts) {
    A sum = aggregation.zero();
    for (Map.Entry<String, Long> each : counts.entrySet()) {
      sum = aggregation.add(sum, each.getKey(), each.getValue());
    }
    return sum;
  }

  /** A table for a terminal. */
  @Override
  public String toString() {
    StringBuilder table = new StringBuilder("rank  word         times  of all");
    for (int rank = 1; rank <= top.size(); rank++) {
      Frequency each = top.get(rank - 1);
      double share = 100.0 * each.times() / total;
      table.append(
          String.format(
              Locale.ROOT, "%n%4d  %-10s %,7d  %5.2f%%", rank, each.word(), each.times(), share));
    }
    return table.toString();
  }
}
