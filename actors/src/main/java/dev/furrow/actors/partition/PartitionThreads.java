package dev.furrow.actors.partition;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads on which calls run: one a core, and one more for each that is taken by a call that
 * goes on, up to a bound, so that it holds up its own partition alone. What can wait here is
 * bounded by the partitions: each has one turn at a time.
 */
final class PartitionThreads implements Executor, AutoCloseable {

  /** So many more threads than cores at most. */
  static final int MOST_MORE = 64;

  private final int few;
  private final AtomicInteger names = new AtomicInteger();
  private final ThreadPoolExecutor threads;
  private final ClassLoader loader;

  PartitionThreads(int few, ClassLoader loader) {
    this.few = few;
    this.loader = loader;
    this.threads =
        new ThreadPoolExecutor(
            few,
            few + MOST_MORE,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            this::thread,
            // Only after the close: the turn's callers are told by the silence of this node.
            (work, closed) -> {});
    threads.allowCoreThreadTimeOut(true);
  }

  private Thread thread(Runnable work) {
    Thread thread = new Thread(work, "furrow-partitions-" + names.incrementAndGet());
    thread.setDaemon(true);
    thread.setContextClassLoader(loader);
    return thread;
  }

  @Override
  public void execute(Runnable work) {
    threads.execute(work);
  }

  /** Makes up for threads that are taken for long. */
  void taken(int count) {
    int wanted = few + Math.min(MOST_MORE, count);
    if (wanted != threads.getCorePoolSize()) {
      threads.setCorePoolSize(wanted);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
