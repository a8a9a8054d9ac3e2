package dev.furrow.examples.bench;

import dev.furrow.examples.bench.kit.Figure;
import dev.furrow.examples.bench.kit.Measure;
import dev.furrow.examples.bench.kit.Statistics;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** All figures of a run. Used by one thread. */
final class Results {

  private final Map<Contender, Map<Measure, Map<Integer, Double>>> figures =
      new EnumMap<>(Contender.class);

  /** Keeps a figure of a round. */
  void add(Contender contender, int round, Figure figure) {
    rounds(contender, figure.measure()).put(round, figure.value());
  }

  /** Derives what compares contenders of one round with one another. */
  void endRound(int round) {
    Double pool = rounds(Contender.POOL, Measure.PARETO).get(round);
    if (pool == null) {
      return;
    }
    for (Contender contender : Contender.values()) {
      Double own = rounds(contender, Measure.PARETO).get(round);
      if (own != null && contender != Contender.POOL) {
        add(contender, round, new Figure(Measure.PARETO_TO_POOL, own / pool));
      }
    }
  }

  /** Each round's value, in the order of rounds; a round that failed has none. */
  List<Double> values(Contender contender, Measure measure) {
    return List.copyOf(rounds(contender, measure).values());
  }

  /** The median over rounds; nothing if there is no value. */
  OptionalDouble median(Contender contender, Measure measure) {
    List<Double> values = values(contender, measure);
    return values.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Statistics.median(values));
  }

  private Map<Integer, Double> rounds(Contender contender, Measure measure) {
    return figures
        .computeIfAbsent(contender, one -> new EnumMap<>(Measure.class))
        .computeIfAbsent(measure, one -> new TreeMap<>());
  }
}
