package dev.furrow.node;

import dev.furrow.FurrowException;
import dev.furrow.FurrowInterruptedException;
import dev.furrow.actors.pool.Gate;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

/** How Furrow's own calls wait: inside a task the slot is given back meanwhile. */
final class Waiting {

  private Waiting() {}

  /**
   * Waits.
   *
   * @param what what is waited for, for people
   * @param wait blocks, and honours interruption
   * @throws FurrowInterruptedException the thread was interrupted; its status is set again
   */
  static <T> T on(String what, Callable<T> wait) {
    Gate gate = Gate.current();
    return gate == null ? briefly(what, wait) : briefly(what, () -> gate.await(wait));
  }

  /**
   * Waits for an answer, and throws what the call failed with. The slot is kept: another task that
   * began meanwhile would only wait for the same.
   */
  static <T> T forAnswer(String what, CompletionStage<T> answer) {
    return briefly(what, () -> answered(answer));
  }

  private static <T> T answered(CompletionStage<T> answer) throws InterruptedException {
    try {
      return answer.toCompletableFuture().get();
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof FurrowException known
          ? known
          : new FurrowException(String.valueOf(failed.getCause()), failed);
    }
  }

  /** As {@link #on}, for what is not expected to wait: the slot is kept. */
  static <T> T briefly(String what, Callable<T> wait) {
    try {
      return wait.call();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new FurrowInterruptedException("interrupted while waiting for " + what);
    } catch (RuntimeException unchecked) {
      throw unchecked;
    } catch (Exception checked) {
      throw new FurrowException("waiting for " + what + " failed: " + checked, checked);
    }
  }
}
