package dev.furrow.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** How a command prints what it has found out. */
final class Output {

  static final ObjectMapper JSON = new ObjectMapper();

  /** For people, or for programs. */
  enum Form {
    TEXT,
    JSON;

    @Override
    public String toString() {
      return this == TEXT ? "text" : "json";
    }
  }

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORM",
      description = "text or json (default: text).")
  private Form form = Form.TEXT;

  boolean isJson() {
    return form == Form.JSON;
  }

  static String pretty(JsonNode json) {
    return json.toPrettyString();
  }

  /** On one line, without what could steer a terminal: what others say is printed here too. */
  static String line(String text) {
    return text.strip()
        .replaceAll("\\s*\\R\\s*", " ")
        .replaceAll("\\p{Cntrl}|[\\u0080-\\u009f]", "?");
  }

  /** Columns as wide as they need to be. */
  static List<String> table(List<List<String>> rows) {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], line(row.get(i)).length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        String cell = line(row.get(i));
        text.append(cell).append(" ".repeat(widths[i] - cell.length() + 2));
      }
      lines.add(text.toString().stripTrailing());
    }
    return lines;
  }
}
