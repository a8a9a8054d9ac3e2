package dev.furrow.examples.bench.kit;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.function.LongConsumer;

/** Submits things one by one, with many in flight: at the bound, the oldest is waited for. */
public final class Window {

  private Window() {}

  /**
   * How one is submitted.
   *
   * @param <T> what it is made from
   */
  @FunctionalInterface
  public interface Submit<T> {

    /**
     * Submits one.
     *
     * @param one what it is made from
     * @return a handle on its result
     * @throws Exception it was not accepted
     */
    Pending submit(T one) throws Exception;
  }

  /**
   * Runs many to their end.
   *
   * @param submit how each is submitted
   * @param all what they are made from
   * @param size how many are in flight at most
   * @param results gets each result, in the order of submission
   * @param <T> what they are made from
   * @throws Exception one failed
   */
  public static <T> void run(
      Submit<? super T> submit, Iterator<? extends T> all, int size, LongConsumer results)
      throws Exception {
    ArrayDeque<Pending> inFlight = new ArrayDeque<>(size);
    while (all.hasNext()) {
      if (inFlight.size() == size) {
        results.accept(inFlight.remove().join());
      }
      inFlight.add(submit.submit(all.next()));
    }
    while (!inFlight.isEmpty()) {
      results.accept(inFlight.remove().join());
    }
  }
}
