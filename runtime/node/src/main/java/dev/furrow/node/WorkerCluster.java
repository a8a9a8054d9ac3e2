package dev.furrow.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import dev.furrow.ClusterView;
import dev.furrow.Furrow;
import dev.furrow.FurrowException;
import dev.furrow.FurrowInterruptedException;
import dev.furrow.config.FurrowConfig;
import dev.furrow.config.NodeSettings;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A cluster of this program, the driver, and worker JVMs that it forks on this machine. The driver
 * joins first and stays whatever becomes of the workers, which start beside it.
 */
final class WorkerCluster {

  /** How often a start looks whether its workers have failed. */
  private static final Duration LOOK = Duration.ofMillis(200);

  private WorkerCluster() {}

  static Furrow start(
      int workers, int slots, Map<String, Object> settings, @Nullable Executor callbacks) {
    Config all = FurrowConfig.load("workers", settings);
    NodeSettings asked = NodeSettings.from(all);
    Config config = all.withValue("furrow.node.slots", ConfigValueFactory.fromAnyRef(0));
    NodeSettings.Workers limits = asked.workers();
    ClassArchive archive = ClassArchive.of(limits, System.getProperty("java.class.path"));
    WorkerJvm jvm = new WorkerJvm(WorkerJvm.thisJava(), limits.jvmOptions(), workers, archive);
    int each = slots > 0 ? slots : slotsOf(asked.node(), workers);
    ForkedWorkers forked = new ForkedWorkers(jvm, limits, settings, workers, each);
    forked.start();
    FurrowNode node;
    try {
      node = OwnSystem.start(config, callbacks, forked::close);
    } catch (RuntimeException | Error failed) {
      forked.close();
      throw failed;
    }
    try {
      forked.join(node);
      awaitWorkers(node, forked, workers, limits.startTimeout());
      archive.make();
      return node;
    } catch (RuntimeException failed) {
      node.close();
      throw failed;
    }
  }

  /** The slots that settings name, or the cores shared out. */
  private static int slotsOf(NodeSettings.Node node, int workers) {
    return Math.max(1, node.autoSlots() ? node.slots() / workers : node.slots());
  }

  private static void awaitWorkers(
      FurrowNode node, ForkedWorkers forked, int workers, Duration limit) {
    try {
      boolean there = false;
      long until = System.nanoTime() + limit.toNanos();
      while (!there && forked.failure() == null && System.nanoTime() - until < 0) {
        there = node.awaitView(view -> working(view) >= workers, LOOK);
      }
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

  /** How many nodes run tasks and stay. */
  static long working(ClusterView view) {
    return view.nodes().stream()
        .filter(one -> one.slots() > 0 && one.state() == ClusterView.State.UP)
        .count();
  }
}
