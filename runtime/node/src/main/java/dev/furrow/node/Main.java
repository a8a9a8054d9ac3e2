package dev.furrow.node;

import com.typesafe.config.Config;
import dev.furrow.FurrowException;
import dev.furrow.actors.pool.WorkPool;
import dev.furrow.config.FurrowConfig;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node as a program: runs until it is told to leave. Settings come from {@code application.conf}
 * and system properties; the profile is {@code cluster} unless they say otherwise.
 *
 * <p>SIGTERM: it takes nothing new, finishes or returns what it has, leaves the cluster and exits
 * with 0. It exits with 1 when it cannot start or is removed from its cluster, and at once, without
 * leaving, when a task calls {@code System.exit}.
 */
public final class Main {

  /** The argument under which a driver starts its workers. */
  static final String FORKED = "--forked";

  private static final Logger log = LoggerFactory.getLogger(Main.class);
  private static final int FAILED = 1;

  private Main() {}

  /** Runs a node. */
  public static void main(String[] args) throws InterruptedException {
    boolean forked = args.length == 1 && args[0].equals(FORKED);
    boolean named = args.length == 1 && args[0].equals("node");
    if (args.length > 0 && !forked && !named) {
      System.err.println(
          "furrow node takes no arguments (was given "
              + String.join(" ", args)
              + "): set it up with -Dfurrow.… or application.conf");
      Runtime.getRuntime().halt(2);
    }
    try {
      FurrowNode node = forked ? startForked() : startAlone();
      run(node);
      Runtime.getRuntime().halt(removed(node));
    } catch (FurrowException | IllegalArgumentException wrong) {
      System.err.println("furrow: " + wrong.getMessage());
      Runtime.getRuntime().halt(FAILED);
    } catch (IOException gone) {
      Runtime.getRuntime().halt(FAILED);
    }
  }

  private static FurrowNode startAlone() {
    FurrowNode node = OwnSystem.start(FurrowConfig.load(profile(), Map.of()), null, () -> {});
    System.out.println("furrow: node " + node.name() + " is up");
    return node;
  }

  private static String profile() {
    Config config = FurrowConfig.load(null, Map.of());
    String named = config.getString("furrow.profile");
    return named.equals("local") ? "cluster" : named;
  }

  private static void run(FurrowNode node) throws InterruptedException {
    CountDownLatch removed = new CountDownLatch(1);
    node.whenLost(removed::countDown);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> leave(node), "furrow-leave"));
    removed.await();
  }

  private static int removed(FurrowNode node) {
    if (node.hasLeft()) {
      log.info("this node was told to leave its cluster and ends");
      return 0;
    }
    log.error("this node was removed from its cluster and ends");
    return FAILED;
  }

  /** Runs when the JVM is asked to end. Halts: a hook decides the exit code no other way. */
  private static void leave(FurrowNode node) {
    String culprit = WorkPool.exitingTask();
    if (!culprit.isEmpty()) {
      log.error("{} called System.exit: node {} ends", culprit, node.name());
      Runtime.getRuntime().halt(FAILED);
    }
    node.close();
    Runtime.getRuntime().halt(0);
  }

  // ------------------------------------------------------ as a forked worker

  /** Starts beside the driver, and joins it as soon as its address is known. */
  private static FurrowNode startForked() throws IOException {
    Config config = WorkerSettings.read(WorkerSettings.receive(System.in));
    CompletableFuture<String> driver = new CompletableFuture<>();
    Thread watch = new Thread(() -> followDriver(driver), "furrow-driver-watch");
    watch.setDaemon(true);
    watch.start();
    return OwnSystem.startJoining(config, driver);
  }

  /** The driver says where it is and then nothing more; the end of its words is its end. */
  private static void followDriver(CompletableFuture<String> address) {
    try {
      address.complete(WorkerSettings.receive(System.in));
      while (System.in.read() >= 0) {
        log.debug("the driver said something that is not understood");
      }
    } catch (IOException gone) {
      log.debug("the driver is gone: {}", gone.toString());
    }
    Runtime.getRuntime().halt(0);
  }
}
