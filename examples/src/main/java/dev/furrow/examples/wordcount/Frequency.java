package dev.furrow.examples.wordcount;

import java.util.Comparator;

/**
 * How often a word comes. The most frequent word is first; of equally frequent ones, the first in
 * the order of letters.
 *
 * @param word in lower case
 * @param times in the whole text
 */
record Frequency(String word, long times) implements Comparable<Frequency> {

  private static final Comparator<Frequency> ORDER =
      Comparator.comparingLong(Frequency::times).reversed().thenComparing(Frequency::word);

  @Override
  public int compareTo(Frequency other) {
    return ORDER.compare(this, other);
  }
}
