package dev.furrow.examples.digits;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class DigitsTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... args) {
    return Digits.run(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), args);
  }

  @Test
  void shouldEndWithStatusTwoWhenAnArgumentIsWrong() {
    assertThat(run("--workers", "none")).isEqualTo(2);
    assertThat(err.toString(UTF_8))
        .startsWith("digits: --workers must be a whole number from 1 to 64 (was 'none')");
    assertThat(out.size()).isZero();
  }

  @Test
  void shouldPrintUsageAndNothingElseWhenAskedForHelp() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString(UTF_8)).contains("--serial").doesNotContain("%d");
    assertThat(err.size()).isZero();
  }
}
