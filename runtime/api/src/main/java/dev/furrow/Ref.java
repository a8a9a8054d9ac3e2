package dev.furrow;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

/**
 * A handle on the result of one task. Safe for use by many threads.
 *
 * @param <R> the result
 */
public interface Ref<R> {

  /**
   * Waits for the result. Inside a task the slot is given back while it waits. May be called any
   * number of times; each call reads the same committed result.
   *
   * @return the result
   * @throws TaskFailedException the task failed; the message begins with the remote type and text
   * @throws TaskTimedOutException its last attempt took longer than its time limit
   * @throws TaskCancelledException it was cancelled
   * @throws ClusterLostException this program's node was removed from its cluster
   * @throws FurrowInterruptedException the waiting thread was interrupted; its interrupt status is
   *     set again. The task goes on
   */
  R join();

  /**
   * Waits for the result, for so long and no longer. The task goes on when the wait ends.
   *
   * @param limit the longest wait; zero or less looks once
   * @return the result
   * @throws TimeoutException the result was not there in time; joining again is safe
   */
  R join(Duration limit) throws TimeoutException;

  /**
   * Gives the result as a future. Its continuations run on the callback executor.
   *
   * @return a fresh copy: completing or cancelling it changes nothing else
   */
  CompletableFuture<R> toCompletableFuture();

  /**
   * Asks for the task to be cancelled and returns at once. A task that has finished stays as it is.
   */
  void cancel();
}
