package dev.furrow.actors.link;

import io.netty.channel.EventLoop;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ThreadPerTaskExecutor;
import java.nio.channels.spi.SelectorProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Threads named {@code furrow-control-N}, each of which waits for sockets and for work at once.
 * They live for as long as anybody retains them.
 */
public final class EventLoops {

  private static final Logger log = LoggerFactory.getLogger(EventLoops.class);
  private static final AtomicInteger NAMES = new AtomicInteger();
  private static final long PATIENCE_SECONDS = 5;

  private final NioEventLoopGroup group;
  private final List<EventLoop> loops = new ArrayList<>();
  private int holders = 1;

  /**
   * Retained by whoever makes them. No thread is started before there is work for it.
   *
   * @param count how many
   * @param spin how long an idle thread looks for work before it sleeps
   */
  public EventLoops(int count, Duration spin) {
    group =
        new NioEventLoopGroup(
            count,
            new ThreadPerTaskExecutor(LoopThread::new),
            SelectorProvider.provider(),
            () -> new SpinThenSelect(spin, System::nanoTime));
    for (EventExecutor each : group) {
      loops.add((EventLoop) each);
    }
  }

  private final class LoopThread extends FastThreadLocalThread {
    LoopThread(Runnable work) {
      super(work, "furrow-control-" + NAMES.incrementAndGet());
      setDaemon(true);
      setContextClassLoader(EventLoops.class.getClassLoader());
    }

    EventLoops owner() {
      return EventLoops.this;
    }
  }

  /**
   * Retains the loops that an executor runs on. Where it runs on other threads, or does not run
   * anything for seconds, new ones are made.
   */
  static EventLoops of(Executor executor) {
    CompletableFuture<Optional<EventLoops>> found = new CompletableFuture<>();
    executor.execute(() -> found.complete(retained(Thread.currentThread())));
    try {
      return found
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS)
          .orElseGet(() -> new EventLoops(1, Duration.ZERO));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException stuck) {
      log.warn("the threads of the node's actors have run nothing for {} s", PATIENCE_SECONDS);
    }
    CompletableFuture<Void> unused = found.thenAccept(late -> late.ifPresent(EventLoops::release));
    return new EventLoops(1, Duration.ZERO);
  }

  private static Optional<EventLoops> retained(Thread thread) {
    return thread instanceof LoopThread loop && loop.owner().retain()
        ? Optional.of(loop.owner())
        : Optional.empty();
  }

  /** Runs work on these threads, which it holds until it is shut down. Nothing there may block. */
  public ExecutorService executor() {
    return new LoopExecutor(this);
  }

  /** The loop that this thread is; null for any other thread. */
  @Nullable EventLoop current() {
    if (Thread.currentThread() instanceof LoopThread thread && thread.owner() == this) {
      for (EventLoop loop : loops) {
        if (loop.inEventLoop()) {
          return loop;
        }
      }
    }
    return null;
  }

  /** One of the loops, the same for the same number. */
  EventLoop at(int number) {
    return loops.get(Math.floorMod(number, loops.size()));
  }

  /** Keeps the threads; false if they have ended. */
  public synchronized boolean retain() {
    if (holders == 0) {
      return false;
    }
    holders++;
    return true;
  }

  /** Ends the threads, if nobody else retains them. */
  synchronized void release() {
    holders--;
    if (holders == 0) {
      Future<?> unused = group.shutdownGracefully(0, PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
  }
}
