package dev.furrow.actors.sim.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * How a job's supervisor bears up when the cluster grows. {@code -Dfurrow.scale=full} measures all
 * that {@code docs/scale.md} shows, in about five minutes on one core; {@code
 * -Dfurrow.scale=1000x10,100x1} measures single cells, as nodes × milliseconds, and {@code
 * 1000x100d} one whose nodes die. With {@code -Dfurrow.scale.docs=true} the full run puts its
 * tables and pictures into {@code docs}.
 */
class ScaleTest {

  private static final String WHAT = System.getProperty("furrow.scale", "quick");
  private static final Path BASE = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
  private static final long SEED = 1;

  private static Result quick(int nodes, int millis, boolean deaths) {
    int tasks = 10 * Scenario.SLOTS * nodes;
    Scenario scenario = new Scenario(nodes, millis * Scenario.MILLI, tasks, deaths, Long.MAX_VALUE);
    return new Trial(scenario, SEED, false).run();
  }

  @Test
  void shouldFillAllSlotsAndEndEveryTaskOnceInAnyClusterSize() {
    for (int nodes : new int[] {1, 10, 100, 300}) {
      Result result = quick(nodes, 100, false);
      assertThat(result.tasks).isEqualTo(10 * result.scenario.slots());
      assertThat(result.filled).as(nodes + " nodes").isEqualTo(1.0);
    }
  }

  @Test
  void shouldNeedBoundedMessagesATaskWhateverItsLength() {
    for (int millis : new int[] {1, 10, 100}) {
      Result result = quick(50, millis, false);
      assertThat(result.toPools()).as(millis + " ms: " + result.mail).isLessThan(3);
      assertThat(result.toJob()).as(millis + " ms: " + result.mail).isLessThan(4);
    }
  }

  @Test
  void shouldLeaseTasksToOthersWhenATenthOfTheNodesDies() {
    for (int nodes : new int[] {10, 100}) {
      Result result = quick(nodes, 100, true);
      assertThat(result.tasks).isEqualTo(10 * result.scenario.slots());
      assertThat(result.orphaned).isGreaterThan(0);
      assertThat(result.recovery).isNotNegative();
    }
  }

  @Test
  void shouldDecideARunByItsSeed() {
    assertThat(quick(20, 10, false).makespan).isEqualTo(quick(20, 10, false).makespan);
  }

  @Test
  @Timeout(1_200)
  @EnabledIfSystemProperty(named = "furrow.scale", matches = "full|[0-9]+x.*")
  void shouldMeasureWhatIsAskedFor() throws IOException {
    warmUp();
    List<Result> results = new ArrayList<>();
    for (Scenario scenario : scenarios()) {
      Result result = new Trial(scenario, SEED, true).run();
      results.add(result);
      System.out.println(result);
    }
    Report report = new Report(results);
    System.out.println(report.main() + System.lineSeparator() + report.deaths());
    Path folder = Files.createDirectories(BASE.resolve("target/scale"));
    Files.writeString(folder.resolve("scale.csv"), report.csv());
    if (WHAT.equals("full") && Boolean.getBoolean("furrow.scale.docs")) {
      new Docs(BASE.resolveSibling("docs")).write(report, results);
    }
    assertThat(results).isNotEmpty();
  }

  /** Has the compiler see everything before it is measured. */
  private static void warmUp() {
    for (Map.Entry<Integer, Integer> cell : Map.of(100, 1, 10, 10, 30, 100).entrySet()) {
      new Trial(Scenario.of(cell.getKey(), cell.getValue(), false), SEED, true).run();
    }
  }

  private static List<Scenario> scenarios() {
    List<Scenario> scenarios = new ArrayList<>();
    if (!WHAT.equals("full")) {
      for (String cell : WHAT.split(",", -1)) {
        String[] numbers = cell.replace("d", "").split("x", -1);
        int nodes = Integer.parseInt(numbers[0]);
        int millis = Integer.parseInt(numbers[1]);
        scenarios.add(Scenario.of(nodes, millis, cell.endsWith("d")));
      }
      return scenarios;
    }
    for (int nodes = 10; nodes <= 10_000; nodes *= 10) {
      for (int millis = 1; millis <= 1_000; millis *= 10) {
        scenarios.add(Scenario.of(nodes, millis, false));
      }
    }
    for (int nodes = 10; nodes <= 10_000; nodes *= 10) {
      scenarios.add(Scenario.of(nodes, 100, true));
    }
    return scenarios;
  }
}
