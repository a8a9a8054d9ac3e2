package dev.furrow.actors.wire;

import java.util.List;

/**
 * Which task classes a node accepts: a class by its full name, or all of a package and those below
 * it as {@code com.acme.*}. A nested class may be named with {@code $} or with a dot.
 */
final class AllowList {

  private final List<String> entries;

  /**
   * Entries as {@code furrow.tasks.allow} has them; none allow everything.
   *
   * @throws IllegalArgumentException an entry is blank, or has a star elsewhere than at its end
   */
  AllowList(List<String> entries) {
    for (String entry : entries) {
      int star = entry.indexOf('*');
      boolean atEnd = entry.equals("*") || (entry.endsWith(".*") && star == entry.length() - 1);
      if (entry.isBlank() || (star >= 0 && !atEnd)) {
        throw new IllegalArgumentException(
            "furrow.tasks.allow must have names of classes, and packages as com.acme.* (was '"
                + entry
                + "')");
      }
    }
    this.entries = List.copyOf(entries);
  }

  boolean allows(String type) {
    if (entries.isEmpty()) {
      return true;
    }
    String dotted = type.replace('$', '.');
    return entries.stream().anyMatch(entry -> matches(entry, type) || matches(entry, dotted));
  }

  private static boolean matches(String entry, String type) {
    return entry.endsWith("*")
        ? type.startsWith(entry.substring(0, entry.length() - 1))
        : type.equals(entry);
  }
}
