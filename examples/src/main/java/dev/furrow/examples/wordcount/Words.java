package dev.furrow.examples.wordcount;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the words of a text: letters, and apostrophes between letters, in lower case. */
final class Words {

  private static final Pattern WORD = Pattern.compile("\\p{L}+(?:'\\p{L}+)*");

  private Words() {}

  /** Counts how often each word of a text comes. */
  static Map<String, Long> count(String text) {
    Map<String, Long> counts = new HashMap<>();
    Matcher words = WORD.matcher(text);
    while (words.find()) {
      counts.merge(words.group().toLowerCase(Locale.ROOT), 1L, Long::sum);
    }
    return counts;
  }

  /** How many words were counted. */
  static long total(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }
}
