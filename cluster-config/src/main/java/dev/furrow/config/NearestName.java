package dev.furrow.config;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Finds what somebody probably meant. */
final class NearestName {

  private NearestName() {}

  /**
   * The name that differs least: the same last part in another section first, then by edits. Case
   * does not count.
   *
   * @param names not empty; of equals the first wins
   */
  static String to(String wanted, Collection<String> names) {
    String lower = wanted.toLowerCase(Locale.ROOT);
    return names.stream().min(Comparator.comparingInt(name -> distance(lower, name))).orElseThrow();
  }

  private static int distance(String wanted, String name) {
    int edits = edits(wanted, name);
    return lastPart(wanted).equals(lastPart(name)) ? edits / 4 : edits;
  }

  private static String lastPart(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  /** Insertions, deletions and replacements (Wagner and Fischer, J. ACM 21(1), 1974). */
  private static int edits(String from, String to) {
    int[] row = new int[to.length() + 1];
    Arrays.setAll(row, i -> i);
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}
