package dev.furrow.examples.bench.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Rows on a grid that runs each task at once, rightly or wrongly. */
class RowsTest {

  private static final Duration SHORT = Duration.ofMillis(5);

  private static Grid grid(Callable<Long> instead) {
    return new Grid() {
      @Override
      public Pending submit(Work work) {
        return () -> instead == null ? work.call() : instead.call();
      }
    };
  }

  @Test
  void shouldMeasureWhatRunsRightly() throws Exception {
    Grid right = grid(null);
    assertThat(Throughput.perSecond(Throughput.bySubmit(right), SHORT)).isPositive();
    assertThat(RoundTrip.nanos(right, SHORT)).isNotEmpty();
    assertThat(Sleeps.efficiency(right, List.of(1, 2), Shape.WIDE, 2)).isPositive();
    assertThat(MonteCarloRow.speedup(right, 4, 1)).isPositive();
  }

  @Test
  void shouldRefuseAFigureWhenResultsAreWrong() {
    Grid wrong = grid(() -> 7L);
    List<Callable<?>> rows =
        List.of(
            () -> Throughput.perSecond(Throughput.bySubmit(wrong), SHORT),
            () -> RoundTrip.nanos(wrong, SHORT),
            () -> Sleeps.efficiency(wrong, List.of(1, 2), Shape.WIDE, 1),
            () -> MonteCarloRow.speedup(wrong, 4, 1));
    assertThat(rows)
        .allSatisfy(
            row ->
                assertThatThrownBy(row::call)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("result"));
  }

  @Test
  void shouldRefuseWorkThatRanInTheDriver() {
    assertThatThrownBy(() -> Workers.await(grid(() -> ProcessHandle.current().pid()), Shape.NARROW))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("other processes than the 2 workers");
  }

  @Test
  void shouldKeepAtMostTheWindowInFlight() throws Exception {
    List<Long> inFlight = new ArrayList<>();
    List<Integer> sizes = new ArrayList<>();
    Grid counting =
        new Grid() {
          @Override
          public Pending submit(Work work) throws Exception {
            long result = ((Work.NoOp) work).call();
            inFlight.add(result);
            sizes.add(inFlight.size());
            return () -> inFlight.remove(0);
          }
        };
    List<Long> results = new ArrayList<>();
    Window.run(
        counting::submit,
        IntStream.range(0, 10).mapToObj(Work.NoOp::new).iterator(),
        3,
        results::add);
    assertThat(results).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    assertThat(sizes).containsExactly(1, 2, 3, 3, 3, 3, 3, 3, 3, 3);
  }

  @Test
  void shouldCallRatesSteadyWhenTheLastFourAreWithinATenth() {
    assertThat(WarmUp.steady(new ArrayDeque<>(Arrays.asList(100.0, 109.0, 104.0)))).isFalse();
    assertThat(WarmUp.steady(new ArrayDeque<>(Arrays.asList(100.0, 109.0, 104.0, 101.0)))).isTrue();
    assertThat(WarmUp.steady(new ArrayDeque<>(Arrays.asList(100.0, 120.0, 104.0, 101.0))))
        .isFalse();
  }
}
