package dev.furrow.examples.bench;

import dev.furrow.examples.bench.kit.Aim;
import dev.furrow.examples.bench.kit.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** Medians as a table for a terminal: a line for each measure, a column for each contender. */
final class Table {

  private static final String GAP = "  ";
  private static final String NOTHING = "-";

  private final Arguments arguments;
  private final Results results;

  private Table(Arguments arguments, Results results) {
    this.arguments = arguments;
    this.results = results;
  }

  static String of(Arguments arguments, Results results) {
    return new Table(arguments, results).text();
  }

  private String text() {
    List<List<String>> lines = new ArrayList<>();
    lines.add(head());
    for (Measure measure : Measure.values()) {
      if (arguments.rows().contains(measure.row())) {
        lines.add(line(measure));
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      StringBuilder row = new StringBuilder();
      for (int column = 0; column < line.size(); column++) {
        boolean left = column == 0 || column == line.size() - 1;
        row.append(column == 0 ? "" : GAP)
            .append(padded(line.get(column), width(lines, column), left));
      }
      text.append(row.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private List<String> head() {
    List<String> head = new ArrayList<>();
    head.add("measure");
    arguments.contenders().forEach(contender -> head.add(contender.title()));
    head.add("aim");
    return head;
  }

  private List<String> line(Measure measure) {
    List<String> line = new ArrayList<>();
    line.add(measure.title());
    for (Contender contender : arguments.contenders()) {
      OptionalDouble median = results.median(contender, measure);
      line.add(median.isPresent() ? measure.text(median.getAsDouble()) : NOTHING);
    }
    line.add(aim(measure));
    return line;
  }

  private String aim(Measure measure) {
    Aim aim = measure.aim();
    if (!aim.exists()) {
      return NOTHING;
    }
    String text = aim.sign() + " " + measure.text(aim.value());
    OptionalDouble own = results.median(Contender.FURROW, measure);
    if (own.isEmpty()) {
      return text;
    }
    return text + (aim.met(own.getAsDouble()) ? " met" : " MISSED");
  }

  private static int width(List<List<String>> lines, int column) {
    return lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(0);
  }

  private static String padded(String text, int width, boolean left) {
    String blanks = " ".repeat(width - text.length());
    return left ? text + blanks : blanks + text;
  }
}
