package dev.furrow.examples.wordcount;

import dev.furrow.Aggregation;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the most frequent words, first in each partition and then of those.
 *
 * @param most how many
 */
record Top(int most) implements Aggregation<String, Long, List<Frequency>> {

  @Override
  public List<Frequency> zero() {
    return new ArrayList<>();
  }

  @Override
  public List<Frequency> add(List<Frequency> sum, String word, Long times) {
    return insert(sum, new Frequency(word, times));
  }

  @Override
  public List<Frequency> merge(List<Frequency> left, List<Frequency> right) {
    right.forEach(each -> insert(left, each));
    return left;
  }

  private List<Frequency> insert(List<Frequency> sum, Frequency one) {
    int at = sum.size();
    while (at > 0 && one.compareTo(sum.get(at - 1)) < 0) {
      at--;
    }
    sum.add(at, one);
    if (sum.size() > most) {
      sum.remove(most);
    }
    return sum;
  }
}
