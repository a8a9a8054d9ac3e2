package dev.furrow.examples.bench.kit;

/**
 * Counters by key that a contender's workers keep. All are 0 at first. Used by one thread.
 *
 * <p>No key has two updates in flight, so that the reply to each is known beforehand.
 */
public interface Counters {

  /**
   * Adds one to a counter, where it is kept.
   *
   * @param key the counter's
   * @return a handle on the counter after that
   * @throws Exception it was not accepted
   */
  Pending add(long key) throws Exception;

  /**
   * Adds one to each of many counters, in the way the contender offers for that.
   *
   * @param first the first counter's key; the others' follow it without a gap
   * @param count how many
   * @return a handle on the sum of the counters after that
   * @throws Exception it was not accepted
   */
  Pending addAll(long first, int count) throws Exception;

  /**
   * Makes many counters that are 1, in the way the contender offers for filling. Without such a
   * way: {@link #addAll}.
   *
   * @param first the first counter's key; the others' follow it without a gap
   * @param count how many; none of them was updated before
   * @return a handle on how many
   * @throws Exception it was not accepted
   */
  default Pending fill(long first, int count) throws Exception {
    return addAll(first, count);
  }

  /**
   * Adds up all counters, each where it is kept.
   *
   * @return the sum
   * @throws Exception it could not be computed
   */
  long sum() throws Exception;
}
