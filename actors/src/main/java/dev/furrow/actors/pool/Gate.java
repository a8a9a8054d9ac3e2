package dev.furrow.actors.pool;

import dev.furrow.FurrowFullException;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Where a task's thread gives its slot back while it waits for other work, so that tasks that wait
 * for tasks cannot use up all slots. One for each run.
 */
public final class Gate {

  private static final ThreadLocal<@Nullable Gate> CURRENT = new ThreadLocal<>();

  /** How a gate speaks to its pool. */
  interface Port {
    void parked();

    void unparked();
  }

  private final Port port;
  private final Semaphore places;
  private volatile @Nullable CountDownLatch slot;

  Gate(Port port, Semaphore places) {
    this.port = port;
    this.places = places;
  }

  /** The gate of the task that the calling thread runs; null outside of tasks. */
  public static @Nullable Gate current() {
    return CURRENT.get();
  }

  static void enter(@Nullable Gate gate) {
    CURRENT.set(gate);
  }

  static void exit() {
    CURRENT.remove();
  }

  /**
   * Waits without holding a slot. When the wait is over, waits for a slot again. Within another
   * wait it only waits.
   *
   * @throws FurrowFullException as many tasks wait inside tasks as the node allows
   * @throws InterruptedException the task was cancelled or timed out
   */
  public <T> T await(Callable<T> wait) throws Exception {
    if (slot != null) {
      return wait.call();
    }
    if (!places.tryAcquire()) {
      throw new FurrowFullException(
          "too many tasks wait inside tasks on this node: raise furrow.node.parked.max, or nest"
              + " less deeply");
    }
    CountDownLatch granted = new CountDownLatch(1);
    slot = granted;
    try {
      port.parked();
      try {
        return wait.call();
      } finally {
        port.unparked();
        granted.await();
      }
    } finally {
      slot = null;
      places.release();
    }
  }

  /** The waiting thread has a slot again. */
  void grant() {
    CountDownLatch granted = slot;
    if (granted != null) {
      granted.countDown();
    }
  }
}
