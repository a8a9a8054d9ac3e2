package dev.furrow.actors.cluster;

import com.typesafe.config.Config;
import dev.furrow.actors.link.EventLoops;
import dev.furrow.config.NodeSettings;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadFactory;
import org.apache.pekko.dispatch.DispatcherPrerequisites;
import org.apache.pekko.dispatch.ExecutorServiceConfigurator;
import org.apache.pekko.dispatch.ExecutorServiceFactory;
import org.jspecify.annotations.Nullable;

/**
 * Has actors run on the event loops of their node's link: the {@code executor} of a dispatcher of
 * Pekko's, which makes it by this class's name. What the link hands to an actor, and what that
 * actor sends, then needs no other thread to be woken, which is most of what a short task's way
 * costs. Nothing that runs here may block.
 *
 * <p>{@code furrow.link.event-loops} says how many threads there are, and {@code furrow.link.spin}
 * how long an idle one looks for work before it sleeps.
 */
public final class ControlThreads extends ExecutorServiceConfigurator {

  private static final int CORES_PER_LOOP = 4;
  private static final int MOST = 8;

  private final int count;
  private final Duration spin;

  /** Called by Pekko. */
  public ControlThreads(Config dispatcher, DispatcherPrerequisites prerequisites) {
    super(dispatcher, prerequisites);
    NodeSettings.Link link = NodeSettings.from(prerequisites.settings().config()).link();
    int cores = Runtime.getRuntime().availableProcessors();
    int usual = Math.max(1, Math.min(MOST, cores / CORES_PER_LOOP));
    this.count = link.eventLoops() > 0 ? link.eventLoops() : usual;
    this.spin = cores > 1 ? link.spin() : Duration.ZERO;
  }

  @Override
  public ExecutorServiceFactory createExecutorServiceFactory(String id, ThreadFactory threads) {
    return new Factory(count, spin);
  }

  /** A dispatcher that was idle for a while ends its executor, and asks for another one later. */
  private static final class Factory implements ExecutorServiceFactory {
    private final int count;
    private final Duration spin;
    private @Nullable EventLoops loops;

    Factory(int count, Duration spin) {
      this.count = count;
      this.spin = spin;
    }

    @Override
    public synchronized ExecutorService createExecutorService() {
      if (loops == null || !loops.retain()) {
        loops = new EventLoops(count, spin);
      }
      return loops.executor();
    }
  }
}
