package dev.furrow.examples.wordcount;

import dev.furrow.Change;
import dev.furrow.Update;
import java.util.Optional;

/**
 * Adds to a word's count, and replies the sum.
 *
 * @param times how often the word was counted
 */
record Add(long times) implements Update<Long, Long> {

  @Override
  public Change<Long, Long> apply(Optional<Long> current) {
    long sum = current.orElse(0L) + times;
    return Change.set(sum, sum);
  }
}
