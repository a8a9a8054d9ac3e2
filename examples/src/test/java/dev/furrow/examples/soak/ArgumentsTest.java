package dev.furrow.examples.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class ArgumentsTest {

  @Test
  void shouldGiveEachTrialItsHeap() {
    assertThat(Arguments.parse("--stream", "10,000"))
        .isEqualTo(new Arguments(Arguments.Trial.STREAM, 10_000, "256m", false));
    assertThat(Arguments.parse("--queued", "1000", "--heap", "64m"))
        .isEqualTo(new Arguments(Arguments.Trial.QUEUED, 1_000, "64m", false));
    assertThat(Arguments.parse().count()).isEqualTo(1_000_000);
  }

  @Test
  void shouldNameTheArgumentAtFault() {
    assertRefused("unknown argument '--loud'", "--loud");
    assertRefused("--jobs must be a number from 100 to 1000000000 (was 7)", "--jobs", "7");
    assertRefused("--jobs must be a number", "--jobs");
    assertRefused("--heap must be a size such as 512m (was much)", "--heap", "much");
  }

  private static void assertRefused(String text, String... arguments) {
    assertThatThrownBy(() -> Arguments.parse(arguments))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(text);
  }
}
