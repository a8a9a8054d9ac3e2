package dev.furrow.examples.bench;

import dev.furrow.examples.bench.kit.Aim;
import dev.furrow.examples.bench.kit.Measure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A run as a JSON file: every round's figures, medians, and the machine. */
final class ResultsFile {

  private ResultsFile() {}

  static void write(Path file, Machine machine, Arguments arguments, Results results)
      throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, Json.text(content(machine, arguments, results)) + "\n");
  }

  static Map<String, Object> content(Machine machine, Arguments arguments, Results results) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("machine", machine.asMap());
    content.put("rounds", arguments.rounds());
    content.put("quick", arguments.quick());
    content.put("entries", arguments.entries());
    content.put("heap", arguments.heapGib() + " GiB");
    content.put("contenders", arguments.contenders().stream().map(Contender::key).toList());
    List<Object> measures = new ArrayList<>();
    for (Measure measure : Measure.values()) {
      if (arguments.rows().contains(measure.row())) {
        measures.add(measure(measure, arguments, results));
      }
    }
    content.put("measures", measures);
    return content;
  }

  private static Map<String, Object> measure(
      Measure measure, Arguments arguments, Results results) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("measure", measure.key());
    content.put("title", measure.title());
    Aim aim = measure.aim();
    if (aim.exists()) {
      content.put("aim", aim.sign() + " " + aim.value());
    }
    Map<String, Object> medians = new LinkedHashMap<>();
    Map<String, Object> rounds = new LinkedHashMap<>();
    for (Contender contender : arguments.contenders()) {
      results
          .median(contender, measure)
          .ifPresent(
              median -> {
                medians.put(contender.key(), median);
                rounds.put(contender.key(), results.values(contender, measure));
              });
    }
    content.put("medians", medians);
    content.put("rounds", rounds);
    return content;
  }
}
