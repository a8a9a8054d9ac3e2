package dev.furrow.node;

import dev.furrow.JobReport;
import dev.furrow.actors.job.JobSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** A job's report, made from a snapshot. */
record Report(String name, JobSnapshot snapshot) implements JobReport {

  @Override
  public Duration wall() {
    return Duration.ofNanos(snapshot.wallNanos());
  }

  @Override
  public Duration work() {
    return Duration.ofNanos(snapshot.workNanos());
  }

  @Override
  public long tasks() {
    return snapshot.accepted();
  }

  @Override
  public long retried() {
    return snapshot.retried();
  }

  @Override
  public long lost() {
    return snapshot.lost();
  }

  @Override
  public int slots() {
    return snapshot.slots();
  }

  @Override
  public double speedup() {
    return snapshot.wallNanos() == 0 ? 0 : (double) snapshot.workNanos() / snapshot.wallNanos();
  }

  @Override
  public double efficiency() {
    return slots() == 0 ? 0 : speedup() / slots();
  }

  @Override
  public double serialFraction() {
    double speedup = speedup();
    int slots = slots();
    if (slots <= 1 || speedup <= 0) {
      return 0;
    }
    double fraction = (1 / speedup - 1.0 / slots) / (1 - 1.0 / slots);
    return Math.max(0, Math.min(1, fraction));
  }

  @Override
  public List<NodeRow> nodes() {
    return snapshot.nodes().stream().<NodeRow>map(Row::new).toList();
  }

  @Override
  public long speculated() {
    return snapshot.speculated();
  }

  @Override
  public SlotShares slotShares() {
    return SlotTime.of(snapshot.slotTime());
  }

  @Override
  public List<String> advice() {
    return Advice.of(snapshot, slotShares());
  }

  private record Row(JobSnapshot.Node row) implements NodeRow {
    @Override
    public String node() {
      return row.name();
    }

    @Override
    public int slots() {
      return row.slots();
    }

    @Override
    public long tasks() {
      return row.tasks();
    }

    @Override
    public Duration work() {
      return Duration.ofNanos(row.workNanos());
    }

    @Override
    public long lost() {
      return row.lost();
    }
  }

  @Override
  public String toString() {
    StringBuilder table = new StringBuilder();
    line(table, "job %s: %s", name, snapshot.status().name().toLowerCase(Locale.ROOT));
    line(
        table,
        "  wall %s   work %s   speedup %.2f on %d slots   efficiency %.0f %%   serial fraction %.3f",
        seconds(wall()),
        seconds(work()),
        speedup(),
        slots(),
        100 * efficiency(),
        serialFraction());
    line(
        table,
        "  %,d tasks: %,d succeeded, %,d failed, %,d cancelled   %,d retried   %,d attempts lost",
        tasks(),
        snapshot.succeeded(),
        snapshot.failed(),
        snapshot.cancelled(),
        retried(),
        lost());
    if (speculated() > 0) {
      line(table, "  %,d attempts begun beside slow ones", speculated());
    }
    if (snapshot.slotTime().offered() > 0) {
      SlotShares shares = slotShares();
      line(
          table,
          "  slot time: %.0f %% running, %.0f %% encoding, %.0f %% transfer, %.0f %% waiting",
          100 * shares.running(),
          100 * shares.encoding(),
          100 * shares.transfer(),
          100 * shares.waiting());
    }
    if (!nodes().isEmpty()) {
      int width =
          Math.max(4, nodes().stream().mapToInt(row -> row.node().length()).max().orElse(4));
      String format = "  %-" + width + "s  %5s  %10s  %10s  %6s  %6s";
      line(table, format, "node", "slots", "tasks", "work", "busy", "lost");
      for (NodeRow row : nodes()) {
        double possible = Math.max(1e-9, wall().toNanos() * (double) Math.max(1, row.slots()));
        String busy = String.format(Locale.ROOT, "%.0f %%", 100 * row.work().toNanos() / possible);
        String tasks = String.format(Locale.ROOT, "%,d", row.tasks());
        line(table, format, row.node(), row.slots(), tasks, seconds(row.work()), busy, row.lost());
      }
    }
    advice().forEach(sentence -> line(table, "  advice: %s", sentence));
    return table.toString().stripTrailing();
  }

  private static void line(StringBuilder table, String format, Object... values) {
    table.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.2f s", time.toNanos() / 1e9);
  }
}
