package dev.furrow.examples.failover;

import dev.furrow.Durability;
import dev.furrow.Furrow;
import dev.furrow.Partitioned;
import dev.furrow.PartitionedOptions;
import dev.furrow.examples.Program;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Updates 64 keys on three node processes, and runs tasks there, while one joins, one leaves, all
 * are replaced one after the other and two are killed, and shows for how long updates and tasks
 * waited. Run it with {@code --help} for its arguments.
 *
 * <p>Ends with status 0; 1 if an acknowledged update was lost that should have survived, or
 * something failed; 2 if an argument was wrong.
 */
public final class Failover {

  private static final int KEYS = 64;
  private static final int NODES = 3;

  /** Updates of each key before an event, and after it until it is over. */
  private static final int SETTLED = 100;

  private final PrintStream out;

  private Failover(PrintStream out) {
    this.out = out;
  }

  /**
   * Runs it.
   *
   * @param args as {@code --help} lists them
   */
  public static void main(String[] args) {
    int status = run(System.out, System.err, args);
    if (status != 0) {
      System.exit(status);
    }
  }

  /** Runs it and gives the status to end with. */
  static int run(PrintStream out, PrintStream err, String... args) {
    return new Program("failover", FailoverArguments.USAGE, out, err)
        .run(FailoverArguments::parse, new Failover(out)::all, args);
  }

  private void all(FailoverArguments arguments) throws IOException, InterruptedException {
    print(
        "%d keys on %d nodes, each updated every %d ms; longest wait of any key, and",
        KEYS, NODES, Counter.PACE_MILLIS);
    print("longest time in which none of many short tasks ended beside");
    print("");
    print("%-11s %-26s %9s %7s %9s", "durability", "event", "wait", "failed", "tasks");
    for (Durability durability : arguments.durabilities()) {
      one(durability, arguments.settings());
    }
  }

  /** What happens to the cluster. */
  @FunctionalInterface
  private interface Event {

    void happen() throws IOException, InterruptedException;
  }

  private void one(Durability durability, List<String> settings)
      throws IOException, InterruptedException {
    try (Nodes nodes = new Nodes(settings)) {
      for (int n = 0; n < NODES; n++) {
        nodes.start();
      }
      try (Furrow driver = nodes.driver()) {
        Partitioned<String, Long> state =
            driver.partitioned(
                "failover-" + name(durability) + "-" + System.currentTimeMillis(),
                String.class,
                Long.class,
                PartitionedOptions.defaults().durability(durability));
        List<Counter> counters =
            IntStream.range(0, KEYS).mapToObj(n -> new Counter(state, "key-" + n)).toList();
        try (Beside beside = new Beside(driver)) {
          watch(new Watch(durability, nodes, driver, counters, beside));
          require(durability, counters.stream().mapToLong(Counter::lost).sum(), beside.finish());
        }
      }
    }
  }

  private static void watch(Watch watch) throws IOException, InterruptedException {
    Nodes nodes = watch.nodes;
    watch.see("nothing", () -> {});
    watch.see("a fourth node joins", nodes::start);
    watch.see("it leaves (SIGTERM)", nodes::leave);
    watch.see("all three are replaced", () -> nodes.replaceAll(watch.driver));
    watch.see("the third dies (SIGKILL)", nodes::kill);
    nodes.start();
    nodes.awaitShown(watch.driver);
    watch.see("the first dies (SIGKILL)", nodes::killOldest);
  }

  private void require(Durability durability, long lost, long wrong) {
    print(
        "%-11s acknowledged updates that are lost: %,d; tasks that failed, are lost or came twice:"
            + " %,d",
        name(durability), lost, wrong);
    print("");
    if (wrong > 0) {
      throw new IllegalStateException(wrong + " tasks did not come to one result each");
    }
    if (durability != Durability.MEMORY && lost > 0) {
      throw new IllegalStateException(
          lost + " acknowledged updates of state that is " + name(durability) + " are lost");
    }
  }

  private static String name(Durability durability) {
    return durability.name().toLowerCase(Locale.ROOT);
  }

  /** Looks at counters while something happens. */
  private final class Watch {

    private final Durability durability;
    private final Nodes nodes;
    private final Furrow driver;
    private final List<Counter> counters;
    private final Beside beside;

    Watch(
        Durability durability, Nodes nodes, Furrow driver, List<Counter> counters, Beside beside) {
      this.durability = durability;
      this.nodes = nodes;
      this.driver = driver;
      this.counters = counters;
      this.beside = beside;
    }

    void see(String what, Event event) throws IOException, InterruptedException {
      settle();
      long failed = failed();
      counters.forEach(Counter::forget);
      beside.forget();
      event.happen();
      nodes.awaitShown(driver);
      settle();
      long waited = counters.stream().mapToLong(Counter::waited).max().orElseThrow();
      print(
          "%-11s %-26s %7.0f ms %7d %6.0f ms",
          name(durability), what, waited / 1e6, failed() - failed, beside.waited() / 1e6);
    }

    private long failed() {
      return counters.stream().mapToLong(Counter::failed).sum();
    }

    /** Waits until every key was updated often, several seconds at least. */
    private void settle() throws InterruptedException {
      TimeUnit.SECONDS.sleep(5);
      long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
      List<Long> wanted =
          counters.stream().map(counter -> counter.acknowledged() + SETTLED).toList();
      for (int n = 0; n < counters.size(); n++) {
        while (counters.get(n).acknowledged() < wanted.get(n)) {
          if (System.nanoTime() > until) {
            throw new IllegalStateException(
                "a key is not updated any more; what failed last: " + counters.get(n).failure());
          }
          TimeUnit.MILLISECONDS.sleep(20);
        }
      }
    }
  }

  private void print(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}
