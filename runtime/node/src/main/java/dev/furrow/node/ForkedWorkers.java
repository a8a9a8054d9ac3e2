package dev.furrow.node;

import dev.furrow.actors.cluster.NodeGuardian;
import dev.furrow.config.NodeSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The worker JVMs of a driver. They are forked before the driver's own node is up, and start beside
 * it. Each reads its settings from its standard input, later the driver's address, and ends when
 * that input does, which is when the driver closes it or dies, however it dies. One that ends or
 * cannot be forked while the driver lives is declared down at once and another is forked, later
 * each time.
 */
final class ForkedWorkers implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ForkedWorkers.class);
  private static final Duration SETTLED = Duration.ofMinutes(1);

  private final WorkerJvm jvm;
  private final NodeSettings.Workers limits;
  private final Map<String, Object> settings;
  private final int slots;
  private final int count;
  private final CompletableFuture<FurrowNode> driver = new CompletableFuture<>();
  private final Map<String, Process> living = new LinkedHashMap<>();

  private int forks;
  private boolean closed;
  private volatile @Nullable String failure;

  ForkedWorkers(
      WorkerJvm jvm,
      NodeSettings.Workers limits,
      Map<String, Object> settings,
      int count,
      int slots) {
    this.jvm = jvm;
    this.limits = limits;
    this.settings = settings;
    this.count = count;
    this.slots = slots;
  }

  /** Forks all of them; they join nothing yet. */
  void start() {
    for (int i = 1; i <= count; i++) {
      Thread place = new Thread(this::keep, "furrow-worker-" + i);
      place.setDaemon(true);
      place.start();
    }
  }

  /** Has them, and those that take their places later, join a driver's node. */
  void join(FurrowNode node) {
    driver.complete(node);
  }

  /** Why no more workers are forked; null while all is well. */
  @Nullable String failure() {
    return failure;
  }

  /** Keeps one place taken, until this is closed or too many workers in a row have ended. */
  private void keep() {
    try {
      int inARow = 0;
      while (true) {
        long startedAt = System.nanoTime();
        Optional<String> end = runOne();
        if (end.isEmpty()) {
          return;
        }
        boolean settled = System.nanoTime() - startedAt > SETTLED.toNanos();
        inARow = settled ? 1 : inARow + 1;
        if (inARow > limits.giveUp()) {
          giveUp(inARow, end.get());
          return;
        }
        long wait = limits.minRestart().toMillis() << Math.min(20, inARow - 1);
        long delay = Math.min(wait, limits.maxRestart().toMillis());
        log.warn("worker {}; another is started in {} ms", end.get(), delay);
        TimeUnit.MILLISECONDS.sleep(delay);
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private void giveUp(int inARow, String end) {
    failure =
        inARow
            + " workers in a row ended soon after they were started or could not be started:"
            + " no more are forked. Their output says why. The last: worker "
            + end;
    log.error(failure);
  }

  /** Answers who ended and how, as the log tells it; nothing once this is closed. */
  private Optional<String> runOne() throws InterruptedException {
    String role;
    Process process;
    synchronized (this) {
      if (closed) {
        return Optional.empty();
      }
      role = "fork-" + ++forks;
      try {
        process = jvm.start();
      } catch (IOException failed) {
        return Optional.of(role + " could not be started: " + failed.getMessage());
      }
      living.put(role, process);
    }
    instruct(process, role);
    int code = process.waitFor();
    jvm.ended(code);
    synchronized (this) {
      living.remove(role);
      if (closed) {
        return Optional.empty();
      }
    }
    FurrowNode node = driver.getNow(null);
    if (node != null) {
      node.guardian().tell(new NodeGuardian.ProcessEnded(role));
    }
    return Optional.of(role + " (pid " + process.pid() + ") ended with exit code " + code);
  }

  /** Sends settings and, when there is one, the driver's address. */
  private void instruct(Process process, String role) {
    try {
      OutputStream input = process.getOutputStream();
      WorkerSettings.send(input, WorkerSettings.text(settings, role, slots));
      WorkerSettings.send(input, driver.join().name());
    } catch (IOException gone) {
      log.debug("worker {} has ended before it was told what to do", role);
    } catch (CancellationException stop) {
      log.debug("the driver did not start: worker {} is not needed", role);
    }
  }

  /** Ends all workers and waits for that. */
  @Override
  public void close() {
    List<Process> last;
    synchronized (this) {
      closed = true;
      last = List.copyOf(living.values());
    }
    driver.cancel(false);
    for (Process process : last) {
      try {
        process.getOutputStream().close();
      } catch (IOException gone) {
        log.debug("worker {} had ended", process.pid());
      }
    }
    try {
      for (Process process : last) {
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      }
    } catch (InterruptedException interrupted) {
      last.forEach(Process::destroyForcibly);
      Thread.currentThread().interrupt();
    }
  }
}
