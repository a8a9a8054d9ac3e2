package dev.furrow.node;

import com.typesafe.config.Config;
import dev.furrow.FurrowException;
import dev.furrow.config.Environment;
import dev.furrow.node.cli.Cli;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The command line {@code furrow}. Without arguments it is a node: it runs until it is told to
 * leave. The profile is {@code cluster} unless settings say otherwise.
 *
 * <p>SIGTERM: it takes nothing new, finishes or returns what it has, leaves the cluster and exits
 * with 0, while it starts too. It exits with 1 when it cannot start or is removed from its cluster,
 * and at once, without leaving, when a task calls {@code System.exit}.
 */
public final class Main {

  /** The argument under which a driver starts its workers. */
  static final String FORKED = "--forked";

  private static final Logger log = LoggerFactory.getLogger(Main.class);
  private static final int FAILED = 1;

  private Main() {}

  /** Does what the command line says; see {@code --help}. */
  public static void main(String[] args) throws InterruptedException {
    if (args.length == 1 && args[0].equals(FORKED)) {
      runForked();
    }
    PrintWriter out = new PrintWriter(System.out, true, Charset.defaultCharset());
    PrintWriter err = new PrintWriter(System.err, true, Charset.defaultCharset());
    try {
      Runtime.getRuntime().halt(Cli.execute(Versions.FURROW, Main::runAlone, out, err, args));
    } catch (Error broken) { // as a class that is missing: no half of a node may stay
      log.error("this program cannot go on", broken);
      Runtime.getRuntime().halt(FAILED);
    }
  }

  private static void runAlone(Config config) throws InterruptedException {
    for (String variable : Environment.unknown(System.getenv())) {
      System.err.println("furrow: " + variable + " is no setting, and is not looked at");
    }
    NodeLife.run(
        () -> OwnSystem.start(config, null, () -> {}),
        line -> System.out.println("furrow: " + line));
  }

  // ------------------------------------------------------ as a forked worker

  /** Without what reads command lines: the fewer classes, the sooner it is there. */
  private static void runForked() throws InterruptedException {
    try {
      Config config = WorkerSettings.read(WorkerSettings.receive(System.in));
      CompletableFuture<String> driver = new CompletableFuture<>();
      Thread watch = new Thread(() -> followDriver(driver), "furrow-driver-watch");
      watch.setDaemon(true);
      watch.start();
      // Starts beside the driver, and joins it as soon as its address is known.
      NodeLife.run(() -> OwnSystem.startJoining(config, driver), log::debug);
    } catch (FurrowException | IllegalArgumentException wrong) {
      System.err.println("furrow: " + wrong.getMessage());
    } catch (IOException gone) {
      log.debug("the driver is gone: {}", gone.toString());
    }
    Runtime.getRuntime().halt(FAILED);
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
