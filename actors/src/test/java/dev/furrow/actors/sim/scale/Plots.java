package dev.furrow.actors.sim.scale;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The pictures of a full run, by file name. */
final class Plots {

  private final List<Result> results;
  private final int[] nodes;
  private final List<String> labels;

  Plots(List<Result> all) {
    this.results = all.stream().filter(result -> !result.scenario.deaths()).toList();
    this.nodes = results.stream().mapToInt(r -> r.scenario.nodes()).distinct().sorted().toArray();
    this.labels = results.stream().map(r -> r.scenario.label()).distinct().toList();
  }

  Map<String, String> draw() {
    Map<String, String> files = new LinkedHashMap<>();
    files.put(
        "scale-efficiency.svg",
        plot("Efficiency", "busy slot time ÷ all slot time", true, Result::efficiency));
    files.put(
        "scale-cpu.svg", plot("Supervisor CPU a task", "µs of one core", false, Result::cpuMicros));
    files.put(
        "scale-messages.svg",
        plot("Messages a task", "both ways together", false, r -> r.toPools() + r.toJob()));
    files.put(
        "scale-fill.svg",
        plot(
            "Time until every slot has work",
            "ms from the start of the job; no point where that never was",
            false,
            r -> r.filledAt < 0 ? Double.NaN : r.filledAt / 1e6));
    return files;
  }

  private String plot(
      String title, String subtitle, boolean percent, ToDoubleFunction<Result> value) {
    List<double[]> rows = new ArrayList<>();
    for (String label : labels) {
      double[] row = new double[nodes.length];
      for (int i = 0; i < nodes.length; i++) {
        row[i] = find(nodes[i], label, value);
      }
      rows.add(row);
    }
    Scale up = percent ? new Scale.Percent() : Scale.Log.around(rows);
    double[] ends = {nodes[0], nodes[nodes.length - 1]};
    Plot plot = new Plot(title, subtitle, Scale.Log.around(List.of(ends)), up);
    for (int i = 0; i < rows.size(); i++) {
      plot.line(labels.get(i), nodes, rows.get(i));
    }
    return plot.svg();
  }

  private double find(int count, String label, ToDoubleFunction<Result> value) {
    for (Result result : results) {
      if (result.scenario.nodes() == count && result.scenario.label().equals(label)) {
        return value.applyAsDouble(result);
      }
    }
    return Double.NaN;
  }
}
