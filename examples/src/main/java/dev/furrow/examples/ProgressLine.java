package dev.furrow.examples;

import dev.furrow.Job;
import dev.furrow.JobProgress;
import dev.furrow.JobReport;
import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One line that shows how far a job has come: drawn over itself on a terminal, printed at each
 * tenth of the work elsewhere. A thread of its own draws it, so that nothing that waits for results
 * holds it up. Safe for use by many threads.
 *
 * <pre>{@code
 * try (ProgressLine line = ProgressLine.on(System.out)) {
 *   line.follow(Duration.ofMillis(200), () -> count(job));
 *   job.outcomes().forEach(…);
 * }
 * }</pre>
 */
public final class ProgressLine implements AutoCloseable {

  private static final int BAR = 20;
  private static final int COLUMNS = 80;
  private static final int STEPS = 10;

  private final PrintStream out;
  private final LongSupplier nanoClock;
  private final boolean redraw;
  private final int columns;
  private final long startNanos;
  private final Pace pace = new Pace();

  private int drawnLength;
  private String drawn = "";
  private long printedStep;
  private @Nullable Supplier<Count> source;
  private @Nullable ScheduledExecutorService drawing;
  private boolean closed;

  /**
   * Starts to measure time; draws nothing yet.
   *
   * @param out where to draw
   * @param nanoClock nanoseconds since any moment, as {@link System#nanoTime} gives them
   * @param redraw whether {@code out} is a terminal that goes back to a line's begin at {@code \r}
   * @param columns how wide the terminal is; the line is cut to fit
   */
  public ProgressLine(PrintStream out, LongSupplier nanoClock, boolean redraw, int columns) {
    if (columns < 2) {
      throw new IllegalArgumentException("columns must be at least 2 (was " + columns + ")");
    }
    this.out = Objects.requireNonNull(out, "out");
    this.nanoClock = Objects.requireNonNull(nanoClock, "nanoClock");
    this.redraw = redraw;
    this.columns = columns;
    this.startNanos = nanoClock.getAsLong();
  }

  /**
   * A line that is drawn over itself if this program runs on a terminal.
   *
   * @param out the standard output
   */
  public static ProgressLine on(PrintStream out) {
    return new ProgressLine(out, System::nanoTime, isTerminal(), columns());
  }

  /**
   * How far a job has come.
   *
   * @param total all tasks, or −1 while that is not known
   * @param done tasks that have ended
   * @param running tasks that are with a node
   * @param lost attempts lost with a node
   * @param retried attempts made again
   * @param note a few words to end the line with; may be empty
   */
  public record Count(long total, long done, long running, long lost, long retried, String note) {

    /** How far a job has come now. */
    public static Count of(Job<?> job, String note) {
      JobProgress now = job.progress();
      JobReport report = job.report();
      return new Count(
          now.total(),
          now.done() + now.failed() + now.cancelled(),
          now.running(),
          report.lost(),
          report.retried(),
          note);
    }
  }

  /**
   * Draws again and again, on a thread of this line, until {@link #close()}.
   *
   * @param every how long to wait between two drawings
   * @param source tells how far the job has come; should not wait. Where it throws, drawing stops
   * @throws IllegalStateException this was called before, or after the close
   */
  public synchronized void follow(Duration every, Supplier<Count> source) {
    if (closed || drawing != null) {
      throw new IllegalStateException("a progress line follows one job, once, before its close");
    }
    this.source = source;
    ScheduledExecutorService thread =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread made = new Thread(work, "progress-line");
              made.setDaemon(true);
              return made;
            });
    drawing = thread;
    Object unused =
        thread.scheduleWithFixedDelay(
            () -> show(source.get()), 0, every.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Draws once; after the close, does nothing. */
  public synchronized void show(Count now) {
    if (closed) {
      return;
    }
    String text = text(now);
    if (redraw) {
      draw(text);
      return;
    }
    long step = now.total() > 0 ? now.done() * STEPS / now.total() : 0;
    if (step > printedStep) {
      printedStep = step;
      out.println(text);
    }
  }

  /** Prints a line of text above this line. */
  public synchronized void say(String text) {
    if (!redraw || closed) {
      out.println(text);
      return;
    }
    String again = drawn;
    draw("");
    out.println(text);
    draw(again);
  }

  /** Draws for the last time and ends the line. Closing twice does nothing. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    if (drawing != null) {
      drawing.shutdown();
    }
    try {
      if (source != null) {
        show(source.get());
      }
    } finally {
      closed = true;
      if (drawnLength > 0) {
        out.println();
      }
    }
  }

  /** Leaves the cursor at the line's begin, so that what others print there covers the line. */
  private void draw(String text) {
    String fit = text.length() < columns ? text : text.substring(0, columns - 1);
    out.print(fit + " ".repeat(Math.max(0, drawnLength - fit.length())) + '\r');
    out.flush();
    drawn = fit;
    drawnLength = fit.length();
  }

  private String text(Count now) {
    Duration elapsed = Duration.ofNanos(nanoClock.getAsLong() - startNanos);
    StringBuilder text = new StringBuilder();
    if (now.total() > 0) {
      int filled = (int) (Math.min(now.done(), now.total()) * BAR / now.total());
      text.append('[')
          .append("#".repeat(filled))
          .append("-".repeat(BAR - filled))
          .append("]  ")
          .append(now.done())
          .append('/')
          .append(now.total())
          .append(String.format(Locale.ROOT, "  %3d%%", now.done() * 100 / now.total()));
    } else {
      text.append(now.done()).append(" done");
    }
    if (now.total() >= 0 && now.done() >= now.total()) {
      text.append("  in ").append(clock(elapsed));
    } else {
      text.append("  ").append(now.running()).append(" running  ETA ").append(eta(now, elapsed));
    }
    if (now.lost() > 0) {
      text.append("  ").append(now.lost()).append(" lost");
    }
    if (now.retried() > 0) {
      text.append("  ").append(now.retried()).append(" retried");
    }
    if (!now.note().isEmpty()) {
      text.append("  ").append(now.note());
    }
    return text.toString();
  }

  /** The time left at the present pace; unknown until a first wave of tasks is through. */
  private String eta(Count now, Duration elapsed) {
    double perTask = pace.nanosPerTask(elapsed.toNanos(), now.done());
    if (now.total() < 0 || now.done() == 0 || now.done() < now.running()) {
      return "-:--";
    }
    return clock(Duration.ofNanos(Math.round((now.total() - now.done()) * perTask)));
  }

  /**
   * A length of time as minutes:seconds or hours:minutes:seconds, rounded to the nearest second.
   */
  private static String clock(Duration time) {
    long seconds = time.plusMillis(500).toSeconds();
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
        : String.format(
            Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }

  @SuppressWarnings("SystemConsoleNull") // null up to JDK 21; from 22 on isTerminal() tells
  private static boolean isTerminal() {
    Console console = System.console();
    if (console == null || "dumb".equals(System.getenv("TERM"))) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException older) {
      return true;
    } catch (ReflectiveOperationException unknown) {
      return false;
    }
  }

  private static int columns() {
    String columns = System.getenv("COLUMNS");
    return columns != null && columns.matches("[1-9][0-9]{1,3}")
        ? Integer.parseInt(columns)
        : COLUMNS;
  }
}
