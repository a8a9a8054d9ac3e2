package dev.furrow.examples.digits;

import dev.furrow.examples.digits.Scoreboard.Standing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Results as text for a terminal. */
final class Tables {

  private static final int TOP = 5;
  private static final int MISREAD = 4;

  private Tables() {}

  /** The best models of a ranking and, for comparison, the last. */
  static String ranking(List<Standing> ranking) {
    StringBuilder table = new StringBuilder();
    table.append("rank  ").append(Config.head()).append("  correct  on each fold");
    for (int i = 0; i < ranking.size(); i++) {
      if (i < TOP || i == ranking.size() - 1) {
        table.append(row(i + 1, ranking.get(i)));
      } else if (i == TOP) {
        table.append("\n ...");
      }
    }
    return table.toString();
  }

  private static String row(int rank, Standing standing) {
    String folds =
        standing.folds().stream()
            .map(score -> String.format(Locale.ROOT, "%4.1f", 100 * score.accuracy()))
            .collect(Collectors.joining("  "));
    return String.format(
        Locale.ROOT,
        "\n%4d  %s  %6.2f%%  %s",
        rank,
        standing.config().row(),
        100 * standing.accuracy(),
        folds);
  }

  private record Misread(int digit, int as, int times) {}

  /** Which digits were taken for which others most often; empty if none ever was. */
  static String misread(Verdict verdict) {
    List<Misread> all = new ArrayList<>();
    for (int digit = 0; digit < DigitSet.CLASSES; digit++) {
      for (int as = 0; as < DigitSet.CLASSES; as++) {
        int times = verdict.readAs().get(digit).get(as);
        if (digit != as && times > 0) {
          all.add(new Misread(digit, as, times));
        }
      }
    }
    return all.stream()
        .sorted(Comparator.comparingInt(Misread::times).reversed())
        .limit(MISREAD)
        .map(one -> one.digit() + " as " + one.as() + " (" + one.times() + ")")
        .collect(Collectors.joining(", "));
  }
}
