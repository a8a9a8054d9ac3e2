package dev.furrow.node.processes;

import dev.furrow.ClusterView;
import dev.furrow.Furrow;
import dev.furrow.node.Main;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Nodes of profile {@code cluster} on loopback, each a JVM, and drivers in the test's own. */
final class Cluster implements AutoCloseable {

  static final Duration PATIENCE = Duration.ofSeconds(90);

  private final List<Jvm> nodes = new ArrayList<>();
  private final List<Furrow> drivers = new ArrayList<>();
  private String seed = "";

  /** A cluster of so many nodes with so many slots each. */
  static Cluster of(int nodes, int slots, String... options) throws InterruptedException {
    Cluster cluster = new Cluster();
    cluster.node(slots, options);
    List<Jvm> others = new ArrayList<>();
    for (int i = 1; i < nodes; i++) {
      others.add(cluster.start(slots, options));
    }
    for (Jvm node : others) {
      cluster.address(node);
    }
    return cluster;
  }

  /** Starts a node and waits until it is up. */
  Jvm node(int slots, String... options) throws InterruptedException {
    Jvm node = start(slots, options);
    String address = address(node);
    if (seed.isEmpty()) {
      seed = address;
    }
    return node;
  }

  Jvm start(int slots, String... options) {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("-Dfurrow.node.slots=" + slots);
    if (!seed.isEmpty()) {
      all.add("-Dfurrow.cluster.seeds=" + seed);
    }
    Jvm node = Jvm.start(Main.class, all);
    nodes.add(node);
    return node;
  }

  /** Starts a node that is told all by its command line, and waits until it is up. */
  Jvm nodeByFlags(String... flags) throws InterruptedException {
    String[] line = Stream.concat(Stream.of("node"), Stream.of(flags)).toArray(String[]::new);
    Jvm node = Jvm.start(Main.class, List.of(), line);
    nodes.add(node);
    address(node);
    return node;
  }

  String address(Jvm node) throws InterruptedException {
    return node.awaitLine("furrow: node ", PATIENCE).replace(" is up", "");
  }

  String seed() {
    return seed;
  }

  /** From now on nodes and drivers ask this node whether they may join. */
  void seed(Jvm node) throws InterruptedException {
    seed = address(node);
  }

  Jvm get(int index) {
    return nodes.get(index);
  }

  /** A driver without slots in this JVM. */
  Furrow driver() {
    return driver(Map.of());
  }

  /** The same with further settings. */
  Furrow driver(Map<String, ?> settings) {
    Furrow.Builder builder =
        Furrow.builder()
            .profile("cluster")
            .set("furrow.node.slots", 0)
            .set("furrow.cluster.seeds", List.of(seed))
            .set("furrow.close.timeout", Duration.ofSeconds(1));
    settings.forEach(builder::set);
    Furrow driver = builder.start();
    drivers.add(driver);
    return driver;
  }

  /** Waits until a driver sees so many nodes that take work. */
  static void awaitWorkers(Furrow driver, int count) throws InterruptedException {
    awaitView(
        driver,
        view ->
            view.nodes().stream()
                    .filter(node -> node.slots() > 0 && node.state() == ClusterView.State.UP)
                    .count()
                == count);
  }

  static void awaitView(Furrow driver, Predicate<ClusterView> wanted) throws InterruptedException {
    await(() -> wanted.test(driver.cluster()), () -> driver.cluster().nodes().toString());
  }

  static void await(BooleanSupplier condition, Supplier<String> otherwise)
      throws InterruptedException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    Object nobody = new Object();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > until) {
        throw new AssertionError("not within " + PATIENCE + ": " + otherwise.get());
      }
      synchronized (nobody) {
        nobody.wait(20);
      }
    }
  }

  @Override
  public void close() {
    for (Furrow driver : drivers) {
      driver.close();
    }
    for (Jvm node : nodes) {
      node.close();
    }
  }
}
