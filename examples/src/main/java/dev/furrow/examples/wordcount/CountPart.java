package dev.furrow.examples.wordcount;

import dev.furrow.Task;
import dev.furrow.TaskContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts the words of a part, and then adds what it has counted to the counts of all, in one call.
 * If its worker is killed, it runs again and makes the same call again, which adds only what the
 * first one did not: a task's calls are known by their order.
 *
 * @param text of the part
 */
record CountPart(String text) implements Task<Long> {

  /**
   * Cuts a text into parts.
   *
   * @param size verses in a part; the last one may have fewer
   */
  static List<CountPart> each(List<String> verses, int size) {
    List<CountPart> parts = new ArrayList<>();
    for (int from = 0; from < verses.size(); from += size) {
      int to = Math.min(from + size, verses.size());
      parts.add(new CountPart(String.join("\n", verses.subList(from, to))));
    }
    return parts;
  }

  /** Counts, and returns how many words the part has. */
  @Override
  public Long run(TaskContext context) {
    Map<String, Long> counts = Words.count(text);
    Map<String, Add> adds = new HashMap<>();
    counts.forEach((word, times) -> adds.put(word, new Add(times)));
    Map<String, Long> unused =
        Counts.of(context.furrow()).updateAll(adds).toCompletableFuture().join();
    return Words.total(counts);
  }

  @Override
  public String toString() {
    return "CountPart[" + text.length() + " characters]";
  }
}
