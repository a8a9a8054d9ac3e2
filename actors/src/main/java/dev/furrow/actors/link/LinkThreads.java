package dev.furrow.actors.link;

import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.concurrent.Future;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A link's threads, named {@code furrow-link-N}: one event loop, and one for names that have to be
 * looked up, which can take seconds and ends when there is nothing to look up.
 */
final class LinkThreads {

  private static final int MOST_LOOKUPS = 4096;
  private static final long IDLE_SECONDS = 5;
  private static final long STOP_SECONDS = 5;

  private final AtomicInteger count = new AtomicInteger();
  private final NioEventLoopGroup loop = new NioEventLoopGroup(1, (ThreadFactory) this::thread);
  private final ThreadPoolExecutor lookups =
      new ThreadPoolExecutor(
          1,
          1,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(MOST_LOOKUPS),
          (ThreadFactory) this::thread);

  LinkThreads() {
    lookups.allowCoreThreadTimeOut(true);
  }

  private Thread thread(Runnable work) {
    Thread thread = new FastThreadLocalThread(work, "furrow-link-" + count.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }

  NioEventLoopGroup loop() {
    return loop;
  }

  ExecutorService lookups() {
    return lookups;
  }

  /** Ends the threads; every channel of the loop is closed. */
  void stop() {
    lookups.shutdownNow();
    Future<?> unused = loop.shutdownGracefully(0, STOP_SECONDS, TimeUnit.SECONDS);
  }

  /** Waits, bounded, until the event loop has ended. Must not be called on it. */
  void awaitStop() {
    loop.terminationFuture().awaitUninterruptibly(STOP_SECONDS, TimeUnit.SECONDS);
  }
}
