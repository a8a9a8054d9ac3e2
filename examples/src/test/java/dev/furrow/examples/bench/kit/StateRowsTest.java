package dev.furrow.examples.bench.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rows of state on counters in a map, which count rightly or wrongly. */
class StateRowsTest {

  private static final Duration SHORT = Duration.ofMillis(5);
  private static final Sizes SIZES = new Sizes(SHORT, SHORT, SHORT, SHORT, 1, 1);

  /** One in {@code lost} updates is acknowledged and not made; 0: none. */
  private record InMap(Map<Long, Long> counts, int lost) implements Counters {

    @Override
    public Pending add(long key) {
      long reply = counts.getOrDefault(key, 0L) + 1;
      if (lost == 0 || key % lost != 1) {
        counts.put(key, reply);
      }
      return () -> reply;
    }

    @Override
    public Pending addAll(long first, int count) throws Exception {
      long sum = 0;
      for (long key = first; key < first + count; key++) {
        sum += add(key).join();
      }
      long all = sum;
      return () -> all;
    }

    @Override
    public long sum() {
      return counts.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  private static Counters counters(int lost) {
    return new InMap(new HashMap<>(), lost);
  }

  private static Grid grid() {
    return new Grid() {
      @Override
      public Pending submit(Work work) {
        return work::call;
      }

      @Override
      public Counters counters(String name) {
        return StateRowsTest.counters(0);
      }
    };
  }

  @Test
  void shouldGiveEveryFigureOfEveryRow() throws Exception {
    List<Figure> figures = new ArrayList<>();
    StateRows rows = new StateRows(grid(), SIZES, 25_000, figures::add);
    rows.updates();
    rows.roundTrip();
    rows.updateAll();
    rows.entries(1);
    assertThat(figures)
        .extracting(Figure::measure)
        .containsExactly(
            Measure.UPDATES,
            Measure.UPDATE_P50,
            Measure.UPDATE_P99,
            Measure.UPDATE_ALL,
            Measure.ENTRY_HEAP,
            Measure.AGGREGATE);
  }

  @Test
  void shouldKnowEveryReplyHoweverOftenItGoesRound() throws Exception {
    Updates single = Updates.single(counters(0));
    Updates batched = Updates.batched(counters(0));
    for (int i = 0; i < 20; i++) {
      assertThat(single.perSecond(SHORT)).isPositive();
      assertThat(single.nanos(SHORT)).isNotEmpty();
      assertThat(batched.perSecond(SHORT)).isPositive();
    }
    single.check();
    batched.check();
  }

  @Test
  void shouldRefuseAFigureWhenUpdatesAreLost() throws Exception {
    Updates single = Updates.single(counters(1_000));
    assertThat(single.perSecond(SHORT)).isPositive();
    assertThatThrownBy(single::check)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the results are wrong");
    Updates batched = Updates.batched(counters(1_000));
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 1_000; i++) {
                double unused = batched.perSecond(SHORT);
              }
            })
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("updates: the results are wrong");
  }

  @Test
  void shouldRefuseAFigureWhenEntriesAreMissing() throws Exception {
    Entries entries = new Entries(counters(1_000), 25_000);
    entries.load();
    assertThatThrownBy(() -> entries.perSecond(1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the sum of 25000 entries of 1 was 24975");
  }

  @Test
  void shouldTellTheHeapOfTheProcessThatItRanIn() {
    long result = new Work.UsedHeap().call();
    assertThat(Work.UsedHeap.process(result)).isEqualTo(ProcessHandle.current().pid());
    assertThat(Work.UsedHeap.bytes(result)).isBetween(1L << 20, Runtime.getRuntime().maxMemory());
  }
}
