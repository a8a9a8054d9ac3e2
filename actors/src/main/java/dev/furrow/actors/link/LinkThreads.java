package dev.furrow.actors.link;

import io.netty.channel.EventLoop;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A link's threads: an event loop, which it shares with its node's control actors where they run on
 * one, and a thread for names that have to be looked up, which can take seconds and ends when there
 * is nothing to look up.
 */
final class LinkThreads {

  private static final int MOST_LOOKUPS = 4096;
  private static final long IDLE_SECONDS = 5;

  private final EventLoops loops;
  private final ThreadPoolExecutor lookups =
      new ThreadPoolExecutor(
          1,
          1,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(MOST_LOOKUPS),
          LinkThreads::thread);

  LinkThreads(Executor control) {
    loops = EventLoops.of(control);
    lookups.allowCoreThreadTimeOut(true);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "furrow-lookup");
    thread.setDaemon(true);
    return thread;
  }

  EventLoop loop() {
    return loops.at(0);
  }

  ExecutorService lookups() {
    return lookups;
  }

  /** Ends the threads that nobody else needs. */
  void stop() {
    lookups.shutdownNow();
    loops.release();
  }
}
