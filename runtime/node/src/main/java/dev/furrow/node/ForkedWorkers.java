package dev.furrow.node;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import dev.furrow.actors.cluster.NodeGuardian;
import dev.furrow.config.NodeSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The worker JVMs of a driver. Each reads its settings from its standard input and ends when that
 * does, which is when the driver closes it or dies, however it dies. One that ends while the driver
 * lives is declared down at once and another is forked, later each time.
 */
final class ForkedWorkers implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ForkedWorkers.class);
  private static final Duration SETTLED = Duration.ofMinutes(1);

  private final FurrowNode node;
  private final NodeSettings.Workers limits;
  private final Map<String, Object> settings;
  private final int slots;
  private final int count;
  private final Map<String, Process> living = new LinkedHashMap<>();

  private int forks;
  private boolean closed;
  private volatile @Nullable String failure;

  ForkedWorkers(
      FurrowNode node,
      NodeSettings.Workers limits,
      Map<String, Object> settings,
      int count,
      int slots) {
    this.node = node;
    this.limits = limits;
    this.settings = settings;
    this.count = count;
    this.slots = slots;
  }

  void start() {
    for (int i = 0; i < count; i++) {
      fork(0);
    }
  }

  /** Why no more workers are forked; null while all is well. */
  @Nullable String failure() {
    return failure;
  }

  /** Forks a worker; {@code deaths} is how many before it ended soon after their start. */
  private synchronized void fork(int deaths) {
    if (closed) {
      return;
    }
    String role = "fork-" + ++forks;
    long startedAt = System.nanoTime();
    try {
      Process process =
          new ProcessBuilder(command())
              .redirectOutput(ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      living.put(role, process);
      OutputStream input = process.getOutputStream();
      input.write(settingsOf(role).getBytes(StandardCharsets.UTF_8));
      input.write("\n\u0000".getBytes(StandardCharsets.UTF_8));
      input.flush();
      Thread watch = new Thread(() -> watch(role, process, startedAt, deaths), "furrow-" + role);
      watch.setDaemon(true);
      watch.start();
    } catch (IOException failed) {
      giveUp("a worker could not be started: " + failed.getMessage());
    }
  }

  private void watch(String role, Process process, long startedAt, int deaths) {
    try {
      process.waitFor();
      int next = ended(role, process, startedAt, deaths);
      if (next >= 0) {
        fork(next);
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  /** Answers how many workers in a row have ended, after the wait for the next; −1 for no next. */
  private int ended(String role, Process process, long startedAt, int deaths)
      throws InterruptedException {
    synchronized (this) {
      living.remove(role);
      if (closed) {
        return -1;
      }
    }
    node.guardian().tell(new NodeGuardian.ProcessEnded(role));
    boolean settled = System.nanoTime() - startedAt > SETTLED.toNanos();
    int inARow = settled ? 1 : deaths + 1;
    if (inARow > limits.giveUp()) {
      giveUp(
          inARow
              + " workers in a row ended soon after they were started, the last with exit code "
              + process.exitValue()
              + ": no more are forked. Their output says why");
      return -1;
    }
    long wait = limits.minRestart().toMillis() << Math.min(20, inARow - 1);
    long delay = Math.min(wait, limits.maxRestart().toMillis());
    log.warn(
        "worker {} (pid {}) ended with exit code {}; another is started in {} ms",
        role,
        process.pid(),
        process.exitValue(),
        delay);
    TimeUnit.MILLISECONDS.sleep(delay);
    return inARow;
  }

  private void giveUp(String text) {
    failure = text;
    log.error(text);
  }

  private List<String> command() {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+IgnoreUnrecognizedVMOptions");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.add("-XX:MaxRAMPercentage=" + Math.max(5, 50 / count));
    command.addAll(inherited());
    command.addAll(limits.jvmOptions());
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Main.class.getName());
    command.add(Main.FORKED);
    return command;
  }

  /** What the driver's JVM was allowed that its tasks may need. */
  private static List<String> inherited() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(
            option ->
                option.startsWith("--add-")
                    || option.equals("--enable-preview")
                    || option.startsWith("--enable-native-access"))
        .toList();
  }

  private String settingsOf(String role) {
    Map<String, Object> all = new LinkedHashMap<>();
    for (String name : System.getProperties().stringPropertyNames()) {
      if (name.startsWith("furrow.") || name.startsWith("pekko.")) {
        all.put(name, System.getProperty(name));
      }
    }
    all.putAll(settings);
    all.put("furrow.node.slots", slots);
    all.put("furrow.node.port", 0);
    all.put("furrow.link.port", 0);
    all.put("furrow.node.roles", List.of(role));
    all.put("furrow.cluster.seeds", List.of(node.name()));
    com.typesafe.config.Config config = ConfigFactory.empty();
    for (Map.Entry<String, Object> entry : all.entrySet()) {
      config =
          config.withValue(entry.getKey(), ConfigValueFactory.fromAnyRef(plain(entry.getValue())));
    }
    return config.root().render(ConfigRenderOptions.concise());
  }

  private static Object plain(Object value) {
    return value instanceof Duration time ? time.toMillis() + " ms" : value;
  }

  /** Ends all workers and waits for that. */
  @Override
  public void close() {
    List<Process> last;
    synchronized (this) {
      closed = true;
      last = List.copyOf(living.values());
    }
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
