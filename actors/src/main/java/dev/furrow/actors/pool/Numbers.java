package dev.furrow.actors.pool;

import java.util.Arrays;

/** Numbers to be said in the next message. */
final class Numbers {

  private long[] numbers = new long[8];
  private int size;

  void add(long number) {
    if (size == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * size);
    }
    numbers[size++] = number;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** Hands out all of them and is empty. */
  long[] drain() {
    long[] all = Arrays.copyOf(numbers, size);
    size = 0;
    return all;
  }
}
