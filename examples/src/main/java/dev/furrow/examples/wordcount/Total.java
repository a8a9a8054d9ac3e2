package dev.furrow.examples.wordcount;

import dev.furrow.Aggregation;

/** Adds up how often each word comes. */
record Total() implements Aggregation<String, Long, Long> {

  @Override
  public Long zero() {
    return 0L;
  }

  @Override
  public Long add(Long sum, String word, Long times) {
    return sum + times;
  }

  @Override
  public Long merge(Long left, Long right) {
    return left + right;
  }
}
