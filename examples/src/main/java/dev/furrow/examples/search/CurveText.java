package dev.furrow.examples.search;

import java.util.Locale;

/** A speedup curve as text for a terminal. */
final class CurveText {

  private static final int WIDTH = 48;
  private static final int[] MORE_CORES = {4, 8, 16, 64};

  private final Curve curve;

  CurveText(Curve curve) {
    this.curve = curve;
  }

  private interface Law {
    double speedup(double serial, int processors);
  }

  /** One row for each number of workers: what was measured, and what the laws say. */
  String table() {
    StringBuilder table =
        new StringBuilder("workers  at once       time  speedup  serial part  Amdahl  Gustafson");
    for (int n = 1; n <= curve.workers(); n++) {
      int processors = curve.processors(n);
      table.append(
          format(
              "%n%7d  %7d  %7.2f s  %7.2f  %11s  %6s  %9s",
              n,
              processors,
              curve.seconds(n),
              curve.speedup(n),
              processors < 2 ? "-" : percent(Laws.karpFlatt(curve.speedup(n), processors)),
              law(Laws::amdahl, processors),
              law(Laws::gustafson, processors)));
    }
    return table.toString();
  }

  /** A bar for each number of workers, with a mark for what each law says. */
  String chart() {
    StringBuilder chart = new StringBuilder(" ".repeat(11));
    chart.append(axis());
    for (int n = 1; n <= curve.workers(); n++) {
      chart.append(
          format("%n%2d worker%s %s %.2f", n, n == 1 ? " " : "s", bar(n), curve.speedup(n)));
    }
    return chart
        .append(format("%n%n%s= measured   A Amdahl   G Gustafson", " ".repeat(11)))
        .toString();
  }

  private String axis() {
    StringBuilder axis = new StringBuilder(" ".repeat(WIDTH + 3));
    int step = Math.max(1, curve.workers() / 8);
    for (int n = 0; n <= curve.workers(); n += step) {
      String number = Integer.toString(n);
      axis.replace(column(n), column(n) + number.length(), number);
    }
    return axis.toString().stripTrailing();
  }

  private String bar(int workers) {
    StringBuilder bar = new StringBuilder(" ".repeat(WIDTH + 1));
    for (int at = 0; at <= column(curve.speedup(workers)); at++) {
      bar.setCharAt(at, '=');
    }
    curve
        .serial()
        .ifPresent(
            serial -> {
              int processors = curve.processors(workers);
              bar.setCharAt(column(Laws.gustafson(serial, processors)), 'G');
              bar.setCharAt(column(Laws.amdahl(serial, processors)), 'A');
            });
    return bar.toString();
  }

  private int column(double speedup) {
    return (int) Math.min(WIDTH, Math.round(speedup * WIDTH / curve.workers()));
  }

  /** What the laws say of more cores than there were; empty if the serial part is unknown. */
  String moreCores() {
    if (curve.serial().isEmpty()) {
      return "";
    }
    double serial = curve.serial().getAsDouble();
    StringBuilder head = new StringBuilder(format("With %s serial, on cores:   ", percent(serial)));
    StringBuilder amdahl = new StringBuilder("  the same work (Amdahl)");
    StringBuilder gustafson = new StringBuilder("  more work (Gustafson)");
    int width = Math.max(head.length(), amdahl.length());
    for (StringBuilder row : new StringBuilder[] {head, amdahl, gustafson}) {
      row.append(" ".repeat(width - row.length()));
    }
    for (int cores : MORE_CORES) {
      head.append(format("%7d", cores));
      amdahl.append(format("%7.1f", Laws.amdahl(serial, cores)));
      gustafson.append(format("%7.1f", Laws.gustafson(serial, cores)));
    }
    if (serial > 0) {
      amdahl.append(format("   never above %.1f", 1 / serial));
    }
    return String.join(System.lineSeparator(), head, amdahl, gustafson);
  }

  /** How to read the figures, and what they cannot say. */
  String words() {
    StringBuilder words =
        new StringBuilder(
            """
            Speedup is the time on 1 worker / the time on n. "At once" is how many workers the cores let
            work at the same time. The serial part is Karp and Flatt's for that many: whatever does not
            get faster with them, as the last tasks, warming up, memory that cores share, and other
            programs. Amdahl's law is drawn with the serial part that fits all rows best. Gustafson's
            says, with the same part, how much more could be searched in the same time.""");
    if (curve.workers() > curve.cores()) {
      words.append(
          format(
              "%nCores: %d. More workers than that take turns and cannot be faster.",
              curve.cores()));
    }
    if (curve.serial().isEmpty()) {
      words.append(format("%nThe serial part is unknown: that takes 2 workers on 2 cores."));
    }
    return words.toString();
  }

  private String law(Law law, int processors) {
    return curve.serial().stream()
        .mapToObj(serial -> format("%.2f", law.speedup(serial, processors)))
        .findFirst()
        .orElse("-");
  }

  private static String percent(double part) {
    return format("%.1f %%", 100 * part);
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
