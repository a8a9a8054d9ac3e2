package dev.furrow.examples.bench;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Maps, lists, texts, numbers and booleans as JSON (RFC 8259). */
final class Json {

  private Json() {}

  /**
   * Writes a value.
   *
   * @throws IllegalArgumentException JSON has no such value
   */
  static String text(Object value) {
    return write(value, "\n");
  }

  private static String write(Object value, String newLine) {
    if (value instanceof Map<?, ?> map) {
      String inner = newLine + "  ";
      return map.entrySet().stream()
          .map(one -> quoted(one.getKey().toString()) + ": " + write(one.getValue(), inner))
          .collect(Collectors.joining("," + inner, "{" + inner, newLine + "}"));
    }
    if (value instanceof List<?> list) {
      return list.stream()
          .map(one -> write(one, newLine))
          .collect(Collectors.joining(", ", "[", "]"));
    }
    if (value instanceof Double number && !Double.isFinite(number)) {
      throw new IllegalArgumentException("JSON has no number " + number);
    }
    if (value instanceof Number || value instanceof Boolean) {
      return value.toString();
    }
    if (value instanceof String string) {
      return quoted(string);
    }
    throw new IllegalArgumentException("JSON has no value of " + value.getClass());
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        quoted.append('\\').append(c);
      } else if (c < ' ') {
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
