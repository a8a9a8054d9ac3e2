package dev.furrow.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.furrow.examples.bench.kit.Figure;
import dev.furrow.examples.bench.kit.Kept;
import dev.furrow.examples.bench.kit.Measure;
import dev.furrow.examples.bench.kit.Row;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultsTest {

  private static final Arguments ARGUMENTS =
      new Arguments(
          List.of(Contender.FURROW, Contender.POOL),
          EnumSet.of(Row.SUBMIT, Row.PARETO),
          3,
          false,
          false,
          EnumSet.of(Kept.MEMORY),
          1_000_000,
          1);

  private static Results threeRounds() {
    Results results = new Results();
    add(results, Contender.FURROW, Measure.SUBMIT, 400_000, 100_000, 312_345.6);
    add(results, Contender.POOL, Measure.SUBMIT, 3_000_000, 2_000_000, 1_000_000);
    add(results, Contender.FURROW, Measure.PARETO, 0.60, 0.72, 0.70);
    add(results, Contender.POOL, Measure.PARETO, 0.75, 0.75, 0.70);
    return results;
  }

  private static void add(Results results, Contender contender, Measure measure, double... values) {
    for (int i = 0; i < values.length; i++) {
      results.add(contender, i + 1, new Figure(measure, values[i]));
      results.endRound(i + 1);
    }
  }

  @Test
  void shouldCompareWithThePoolOfTheSameRound() {
    assertThat(threeRounds().values(Contender.FURROW, Measure.PARETO_TO_POOL))
        .containsExactly(0.60 / 0.75, 0.72 / 0.75, 0.70 / 0.70);
    assertThat(threeRounds().median(Contender.FURROW, Measure.PARETO_TO_POOL))
        .hasValue(0.72 / 0.75);
  }

  @Test
  void shouldHaveNoMedianWhereNothingWasMeasured() {
    assertThat(new Results().median(Contender.TCP, Measure.KILL)).isEmpty();
  }

  @Test
  void shouldDrawATableWithMediansAndWhetherAimsAreMet() {
    assertThat(Table.of(ARGUMENTS, threeRounds()))
        .isEqualTo(
            """
            measure                                         Furrow  in-JVM pool  aim
            no-op tasks/s, one submit each, window 10,000  312,346    2,000,000  >= 300,000 met
            2,000 Pareto sleeps on 64 slots, ideal / wall    0.700        0.750  -
            the same, / in-JVM pool                          0.960            -  >= 0.970 MISSED
            """);
  }

  @Test
  void shouldWriteEachRoundAndTheMachineBesideTheMedians() {
    Machine machine = new Machine(Instant.EPOCH, 2, "17", "Linux \"6\"", 0.5);
    Map<String, Object> content = ResultsFile.content(machine, ARGUMENTS, threeRounds());
    assertThat(Json.text(content))
        .startsWith(
            """
            {
              "machine": {
                "time": "1970-01-01T00:00:00Z",
                "cores": 2,
                "java": "17",
                "system": "Linux \\"6\\"",
                "load": 0.5
              },
              "rounds": 3,
              "quick": false,
              "entries": 1000000,
              "heap": "1 GiB",
              "contenders": ["furrow", "pool"],
              "measures": [{""")
        .contains("\"measure\": \"submit\"")
        .contains("\"aim\": \">= 300000.0\"")
        .contains("\"furrow\": 312345.6")
        .contains("\"furrow\": [400000.0, 100000.0, 312345.6]")
        .doesNotContain("round-trip");
  }
}
