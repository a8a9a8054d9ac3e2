package dev.furrow.examples;

/**
 * The words after a program's name, read one after the other.
 *
 * <pre>{@code
 * while (line.next()) {
 *   switch (line.name()) {
 *     case "--workers" -> workers = (int) line.number(1, 64);
 *     default -> throw line.unknown();
 *   }
 * }
 * }</pre>
 */
public final class CommandLine {

  private final String[] words;
  private int at = -1;

  /** Starts before the first word. */
  public CommandLine(String... words) {
    this.words = words.clone();
  }

  /** Goes on to the next argument; false if there is none. */
  public boolean next() {
    at++;
    return at < words.length;
  }

  /** The argument's name, as {@code --workers}. */
  public String name() {
    return words[at];
  }

  /**
   * The word after the name.
   *
   * @param what what it should be, as {@code a number}
   * @throws IllegalArgumentException there is none
   */
  public String value(String what) {
    if (at + 1 == words.length) {
      throw new IllegalArgumentException(name() + " needs " + what + " after it");
    }
    return words[++at];
  }

  /**
   * The number after the name.
   *
   * @throws IllegalArgumentException there is none, or it is out of range
   */
  public long number(long least, long most) {
    String name = name();
    String text = value("a number");
    String wanted = name + " must be a whole number from " + least + " to " + most;
    try {
      long number = Long.parseLong(text);
      if (number < least || number > most) {
        throw new IllegalArgumentException(wanted + " (was " + number + ")");
      }
      return number;
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(wanted + " (was '" + text + "')", e);
    }
  }

  /** What to throw when the program knows no argument of this name. */
  public IllegalArgumentException unknown() {
    return new IllegalArgumentException(
        "unknown argument '" + name() + "': --help lists those there are");
  }
}
