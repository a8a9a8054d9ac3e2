package dev.furrow.node;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where continuations run. The JVM's common pool will not do: on two cores it has one thread, and
 * then starts a new one for each call. What can wait here is bounded by the futures that users hold
 * on tasks, which are bounded where tasks are submitted.
 *
 * <p>A user's executor is entered from these threads and never from a dispatcher: it may block, run
 * what it is given in the caller, or refuse it.
 */
final class Callbacks implements Executor, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Callbacks.class);
  private static final int THREADS =
      Math.max(2, java.lang.Runtime.getRuntime().availableProcessors());

  private final @Nullable Executor users;
  private final AtomicInteger names = new AtomicInteger();
  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          THREADS,
          THREADS,
          10,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          this::thread,
          // Only what ends with the close itself comes here; it must still be heard.
          (work, closed) -> thread(work).start());

  /**
   * Creates threads.
   *
   * @param users the executor that the user chose; null for these threads themselves
   */
  Callbacks(@Nullable Executor users) {
    this.users = users;
    threads.allowCoreThreadTimeOut(true);
  }

  private Thread thread(Runnable work) {
    Thread thread = new Thread(work, "furrow-callback-" + names.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void execute(Runnable work) {
    Executor chosen = users;
    threads.execute(chosen == null ? work : () -> handOver(work, chosen));
  }

  private static void handOver(Runnable work, Executor users) {
    try {
      users.execute(work);
    } catch (RuntimeException refused) {
      log.warn("the callback executor refused a continuation, which runs elsewhere", refused);
      work.run();
    }
  }

  /** Lets what waits run, and takes no more. */
  @Override
  public void close() {
    threads.shutdown();
  }
}
