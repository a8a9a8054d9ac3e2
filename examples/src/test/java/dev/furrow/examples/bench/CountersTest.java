package dev.furrow.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.furrow.Durability;
import dev.furrow.Furrow;
import dev.furrow.examples.bench.kit.Counters;
import dev.furrow.examples.bench.kit.Kept;
import org.junit.jupiter.api.Test;

/** Each contender's counters count in the same way. */
class CountersTest {

  private static void shouldCount(Counters counters) throws Exception {
    assertThat(counters.sum()).isZero();
    assertThat(counters.add(7).join()).isEqualTo(1);
    assertThat(counters.add(7).join()).isEqualTo(2);
    assertThat(counters.addAll(5, 4).join()).isEqualTo(1 + 1 + 3 + 1);
    assertThat(counters.sum()).isEqualTo(6);
  }

  @Test
  void shouldCountInAMap() throws Exception {
    shouldCount(new MapCounters());
  }

  @Test
  void shouldCountInFurrow() throws Exception {
    try (Furrow furrow = Furrow.local()) {
      shouldCount(new FurrowCounters(furrow.partitioned("counters", Long.class, Long.class)));
    }
  }

  @Test
  void shouldKeepStateInMemoryUnlessTold() {
    assertThat(Kept.here()).isEqualTo(Kept.MEMORY);
    assertThat(FurrowDurability.of(Kept.MEMORY)).isEqualTo(Durability.MEMORY);
  }
}
