package dev.furrow.node;

import dev.furrow.actors.pool.WorkPool;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node that is the purpose of its JVM: both end together. The exit status is 0 when the node was
 * told to leave, by SIGTERM at any moment or by its cluster, and 1 when it was removed or a task
 * called {@code System.exit}.
 */
final class NodeLife {

  private static final Logger log = LoggerFactory.getLogger(NodeLife.class);
  private static final int FAILED = 1;

  private final Consumer<String> say;
  private final Thread starter = Thread.currentThread();
  private final CountDownLatch started = new CountDownLatch(1);
  private volatile @Nullable FurrowNode node;
  private volatile boolean ends;

  private NodeLife(Consumer<String> say) {
    this.say = say;
  }

  /**
   * Starts a node and halts this JVM when it has ended; comes back only by what start throws.
   *
   * @param say is told when the node is up, leaves and has left
   */
  static void run(Supplier<FurrowNode> how, Consumer<String> say) throws InterruptedException {
    NodeLife life = new NodeLife(say);
    Runtime.getRuntime().addShutdownHook(new Thread(life::leave, "furrow-leave"));
    try {
      FurrowNode node = life.start(how);
      say.accept("node " + node.name() + " is up");
      CountDownLatch removed = new CountDownLatch(1);
      node.whenLost(removed::countDown);
      removed.await();
      Runtime.getRuntime().halt(life.removed(node));
    } catch (InterruptedException | RuntimeException | Error failed) {
      Thread.interrupted(); // parking would not wait
      while (life.ends) {
        LockSupport.park(); // until the hook halts
      }
      throw failed;
    }
  }

  private FurrowNode start(Supplier<FurrowNode> how) {
    try {
      FurrowNode up = how.get();
      node = up;
      return up;
    } finally {
      started.countDown();
    }
  }

  private int removed(FurrowNode node) {
    if (node.hasLeft()) {
      say.accept("node " + node.name() + " was told to leave, and has left");
      return 0;
    }
    log.error("this node was removed from its cluster and ends");
    return FAILED;
  }

  /** Runs when the JVM is asked to end. Halts: a hook decides the exit status no other way. */
  private void leave() {
    ends = true;
    String culprit = WorkPool.exitingTask();
    if (!culprit.isEmpty()) {
      log.error("{} called System.exit: this node ends", culprit);
      Runtime.getRuntime().halt(FAILED);
    }
    if (started.getCount() > 0) {
      starter.interrupt(); // it gives up, and leaves the cluster if it has come so far
    }
    try {
      started.await();
    } catch (InterruptedException nobody) {
      log.debug("the hook was interrupted", nobody);
    }
    FurrowNode up = node;
    if (up != null) {
      say.accept("node " + up.name() + " is told to end, and leaves");
      up.close();
      say.accept("node " + up.name() + " has left");
    }
    Runtime.getRuntime().halt(0);
  }
}
