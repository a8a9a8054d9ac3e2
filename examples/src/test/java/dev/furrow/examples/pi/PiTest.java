package dev.furrow.examples.pi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class PiTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... args) {
    return Pi.run(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), args);
  }

  @Test
  void shouldCountInParallelWhatAPlainLoopCounts() {
    assertThat(run("--points", "20000001", "--seed", "3")).isZero();
    assertThat(err.size()).isZero();
    assertThat(out.toString(UTF_8))
        .contains("Pi from 20,000,001 random points in 5 tasks")
        .contains("pi = 3.14")
        .containsPattern("Equal: 15,7[0-9]{2},[0-9]{3} points hit")
        .contains(" times as fast as the loop: ")
        .contains("job pi: succeeded");
  }

  @Test
  void shouldSayWhichTaskDiffersWhenCountsAreNotEqual() {
    assertThatCode(() -> Pi.requireEqual(List.of(1L, 2L), List.of(1L, 2L)))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> Pi.requireEqual(List.of(1L, 2000L), List.of(1L, 3L)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("task 1 counted 3 hits in parallel but 2,000 in the plain loop");
  }

  @Test
  void shouldEndWithStatusTwoAndShowUsageWhenAnArgumentIsWrong() {
    assertThat(run("--points", "0")).isEqualTo(2);
    assertThat(err.toString(UTF_8))
        .startsWith("pi: --points must be a whole number from 1 to 1000000000000 (was 0)")
        .contains("--workers n");
    assertThat(run("--dots")).isEqualTo(2);
    assertThat(out.size()).isZero();
  }
}
