package dev.furrow.actors.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DurationsTest {

  @Test
  void shouldKnowTheMedianToWithinAnEighth() {
    long[] times =
        new SplittableRandom(5).doubles(1_001).mapToLong(x -> (long) Math.exp(25 * x)).toArray();
    Durations durations = new Durations();
    LongStream.of(times).forEach(durations::add);
    double median = LongStream.of(times).sorted().skip(500).findFirst().orElseThrow();

    assertThat((double) durations.median()).isBetween(median, median * 1.126 + 1);
    assertThat(durations.longest()).isEqualTo(LongStream.of(times).max().orElseThrow());
    assertThat(durations.count()).isEqualTo(1_001);
  }

  @Test
  void shouldNotExceedTheLongest() {
    Durations durations = new Durations();
    durations.add(1_000_001);

    assertThat(durations.median()).isEqualTo(1_000_001);
  }

  @Test
  void shouldBeZeroWhenNothingWasMeasured() {
    assertThat(new Durations().median()).isZero();
    assertThat((double) new Durations().longest()).isCloseTo(0, within(0.0));
  }
}
