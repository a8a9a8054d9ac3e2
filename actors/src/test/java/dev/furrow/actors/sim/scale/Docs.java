package dev.furrow.actors.sim.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Puts a run's tables and pictures into the documentation. */
final class Docs {

  private final Path folder;

  Docs(Path folder) {
    this.folder = folder;
  }

  void write(Report report, List<Result> results) throws IOException {
    Path images = Files.createDirectories(folder.resolve("images"));
    for (Map.Entry<String, String> picture : new Plots(results).draw().entrySet()) {
      Files.writeString(images.resolve(picture.getKey()), picture.getValue());
    }
    Path page = folder.resolve("scale.md");
    String text = Files.readString(page);
    text = replace(text, "main", report.main());
    text = replace(text, "deaths", report.deaths());
    for (Result result : results) {
      boolean sample = result.scenario.label().equals("100 ms") && !result.scenario.deaths();
      if (sample && result.scenario.nodes() >= 1_000) {
        String name = "handlers-" + result.scenario.nodes();
        text = replace(text, name, result.handlers.table(result.tasks));
      }
    }
    Files.writeString(page, text);
  }

  /** Puts a table between its two marks; the text as it is if it has no such marks. */
  private static String replace(String text, String name, String table) {
    String begin = "<!-- " + name + " -->";
    String end = "<!-- end of " + name + " -->";
    int from = text.indexOf(begin);
    int to = text.indexOf(end);
    if (from < 0 || to < from) {
      return text;
    }
    return text.substring(0, from + begin.length()) + "\n\n" + table + "\n" + text.substring(to);
  }
}
