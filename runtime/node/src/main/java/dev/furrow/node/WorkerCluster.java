package dev.furrow.node;

import com.typesafe.config.Config;
import dev.furrow.ClusterView;
import dev.furrow.Furrow;
import dev.furrow.FurrowException;
import dev.furrow.FurrowInterruptedException;
import dev.furrow.config.FurrowConfig;
import dev.furrow.config.NodeSettings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A cluster of this program, the driver, and worker JVMs that it forks on this machine. The driver
 * joins first and stays whatever becomes of the workers.
 */
final class WorkerCluster {

  private WorkerCluster() {}

  static Furrow start(
      int workers, int slots, Map<String, Object> settings, @Nullable Executor callbacks) {
    Map<String, Object> driver = new LinkedHashMap<>(settings);
    driver.put("furrow.node.slots", 0);
    Config config = FurrowConfig.load("workers", driver);
    NodeSettings own = NodeSettings.from(config);
    int each = slots > 0 ? slots : slotsOf(settings, workers);
    ForkedWorkers[] forked = new ForkedWorkers[1];
    FurrowNode node =
        OwnSystem.start(
            config,
            callbacks,
            () -> {
              if (forked[0] != null) {
                forked[0].close();
              }
            });
    try {
      forked[0] = new ForkedWorkers(node, own.workers(), settings, workers, each);
      forked[0].start();
      awaitWorkers(node, forked[0], workers, own.workers().startTimeout());
      return node;
    } catch (RuntimeException failed) {
      node.close();
      throw failed;
    }
  }

  /** The slots that settings name, or the cores shared out. */
  private static int slotsOf(Map<String, Object> settings, int workers) {
    Map<String, Object> named = new LinkedHashMap<>(settings);
    NodeSettings.Node node = NodeSettings.from(FurrowConfig.load("workers", named)).node();
    return node.autoSlots() ? Math.max(1, node.slots() / workers) : Math.max(1, node.slots());
  }

  private static void awaitWorkers(
      FurrowNode node, ForkedWorkers forked, int workers, Duration limit) {
    try {
      boolean there =
          node.awaitView(view -> working(view) >= workers || forked.failure() != null, limit);
      String failure = forked.failure();
      if (failure != null) {
        throw new FurrowException(failure);
      }
      if (!there) {
        throw new FurrowException(
            working(node.cluster())
                + " of "
                + workers
                + " workers joined within "
                + limit
                + ": raise furrow.workers.start-timeout, or fork fewer workers");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new FurrowInterruptedException("interrupted while waiting for workers to join");
    }
  }

  private static long working(ClusterView view) {
    return view.nodes().stream()
        .filter(one -> one.slots() > 0 && one.state() == ClusterView.State.UP)
        .count();
  }
}
