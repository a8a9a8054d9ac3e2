package dev.furrow.examples.bench.kit;

import java.util.Arrays;
import java.util.Collection;

/** What is said of many values. */
public final class Statistics {

  private Statistics() {}

  /**
   * The middle value; of an even number of values the mean of the middle two.
   *
   * @param values at least one
   * @return the median
   */
  public static double median(Collection<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("a median needs at least one value (had none)");
    }
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /**
   * The smallest value that is at least as large as a share of all (nearest rank).
   *
   * @param values at least one; left as they are
   * @param share above 0, at most 1
   * @return that value
   */
  public static long percentile(long[] values, double share) {
    if (values.length == 0 || !(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "a percentile needs a value and a share in (0, 1] (had "
              + values.length
              + " and "
              + share
              + ")");
    }
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.ceil(share * sorted.length) - 1];
  }
}
