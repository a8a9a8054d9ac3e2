package dev.furrow.actors.link;

import io.netty.channel.EventLoop;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/** Work that comes from one of the loops stays on it; other work is spread over all of them. */
final class LoopExecutor extends AbstractExecutorService {

  private final EventLoops loops;
  private boolean shut;

  LoopExecutor(EventLoops loops) {
    this.loops = loops;
  }

  @Override
  public void execute(Runnable work) {
    EventLoop own = loops.current();
    (own != null ? own : loops.at(System.identityHashCode(work))).execute(work);
  }

  @Override
  public synchronized void shutdown() {
    if (!shut) {
      shut = true;
      loops.release();
    }
  }

  @Override
  public List<Runnable> shutdownNow() {
    shutdown();
    return List.of();
  }

  @Override
  public synchronized boolean isShutdown() {
    return shut;
  }

  @Override
  public boolean isTerminated() {
    return isShutdown();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return isShutdown();
  }
}
