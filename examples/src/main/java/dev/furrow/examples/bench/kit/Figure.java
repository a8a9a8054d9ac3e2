package dev.furrow.examples.bench.kit;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One measured value on its way from a driver's process to the benchmark: a line of JSON.
 *
 * @param measure what was measured
 * @param value in the measure's unit
 */
public record Figure(Measure measure, double value) {

  /** The line that a driver prints when each worker has ended a task. */
  public static final String READY = "{\"bench\":\"ready\"}";

  /** The line that a driver prints after its last figure. It then waits to be ended. */
  public static final String DONE = "{\"bench\":\"done\"}";

  private static final Pattern LINE =
      Pattern.compile("\\{\"bench\":\"([a-z0-9-]+)\",\"value\":([-+.0-9E]+)\\}");

  /** {@return the line, without its end} */
  public String line() {
    return "{\"bench\":\"" + measure.key() + "\",\"value\":" + value + "}";
  }

  /**
   * Reads a line.
   *
   * @param line any line of a driver's output
   * @return the figure, if the line is one
   */
  public static Optional<Figure> parse(String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    double value = Double.parseDouble(matcher.group(2));
    return Measure.of(matcher.group(1)).map(measure -> new Figure(measure, value));
  }
}
