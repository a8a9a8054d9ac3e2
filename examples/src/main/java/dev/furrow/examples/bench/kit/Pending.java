package dev.furrow.examples.bench.kit;

/** A task that was submitted. */
@FunctionalInterface
public interface Pending {

  /**
   * Waits for the task's result.
   *
   * @return the result
   * @throws Exception the task failed
   */
  long join() throws Exception;
}
