package dev.furrow.examples.failover;

import dev.furrow.ClusterView;
import dev.furrow.Furrow;
import dev.furrow.examples.WorkerProcesses;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Nodes on this machine's loopback, each a process with one slot. */
final class Nodes implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String UP = "furrow: node ";

  private record Node(Process process, String address) {}

  private final List<String> settings;
  private final List<Node> nodes = new ArrayList<>();

  /**
   * No nodes yet.
   *
   * @param settings of every node, each as {@code name=value}
   */
  Nodes(List<String> settings) {
    this.settings = List.copyOf(settings);
  }

  /** Starts one, and waits until it is a member. */
  void start() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx256m");
    command.add("-XX:+IgnoreUnrecognizedVMOptions");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("-Dfurrow.node.slots=1");
    settings.forEach(setting -> command.add("-D" + setting));
    if (!nodes.isEmpty()) {
      command.add("-Dfurrow.cluster.seeds=" + nodes.get(0).address());
    }
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(WorkerProcesses.MAIN);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    nodes.add(new Node(process, address(process)));
  }

  /** The address that a node says when it is up; what it says later is not kept. */
  private static String address(Process process) throws IOException {
    BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
    StringBuilder said = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(UP)) {
        Thread rest = new Thread(() -> output.lines().forEach(ignored -> {}), "node-output");
        rest.setDaemon(true);
        rest.start();
        return line.substring(UP.length()).replace(" is up", "");
      }
      said.append(line).append('\n');
    }
    throw new IllegalStateException("a node has ended before it was up:\n" + said);
  }

  /** A program of this cluster that runs no tasks, in this JVM. */
  Furrow driver() throws InterruptedException {
    Furrow.Builder builder =
        Furrow.builder()
            .profile("cluster")
            .set("furrow.node.slots", 0)
            .set("furrow.cluster.seeds", List.of(nodes.get(0).address()));
    for (String setting : settings) {
      int at = setting.indexOf('=');
      builder.set(setting.substring(0, at), setting.substring(at + 1));
    }
    Furrow driver = builder.start();
    awaitShown(driver);
    return driver;
  }

  /** Waits until a program sees these nodes and no others that run tasks. */
  void awaitShown(Furrow driver) throws InterruptedException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (shown(driver) != nodes.size()) {
      if (System.nanoTime() > until) {
        throw new IllegalStateException(
            nodes.size() + " nodes are not seen within " + PATIENCE.toSeconds() + " s");
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private static long shown(Furrow driver) {
    return driver.cluster().nodes().stream()
        .filter(node -> node.slots() > 0 && node.state() == ClusterView.State.UP)
        .count();
  }

  /** Tells the youngest to leave (SIGTERM) and waits until it has ended. */
  void leave() throws InterruptedException {
    end(nodes.size() - 1, false);
  }

  /**
   * Replaces all nodes, as a rolling update does: starts a new one, waits until it is there, and
   * tells the oldest to leave; again and again.
   */
  void replaceAll(Furrow driver) throws IOException, InterruptedException {
    int all = nodes.size();
    for (int n = 0; n < all; n++) {
      start();
      awaitShown(driver);
      end(0, false);
      awaitShown(driver);
    }
  }

  /** Kills the youngest (SIGKILL). */
  void kill() throws InterruptedException {
    end(nodes.size() - 1, true);
  }

  /** Kills the oldest (SIGKILL), which decides where partitions are. */
  void killOldest() throws InterruptedException {
    end(0, true);
  }

  private void end(int index, boolean kill) throws InterruptedException {
    Process process = nodes.remove(index).process();
    if (kill) {
      process.destroyForcibly();
    } else {
      process.toHandle().destroy(); // SIGTERM, and its output is read on
    }
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("a node has not left within " + PATIENCE.toSeconds() + " s");
    }
  }

  @Override
  public void close() {
    nodes.forEach(node -> node.process().destroyForcibly());
    nodes.clear();
  }
}
