package dev.furrow.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class ProgramTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Program program =
      new Program(
          "show", "Shows.", new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));

  private int run(Program.Body<Long> body, String... args) {
    return program.run(
        line -> {
          assertThat(line.next()).isTrue();
          return line.number(0, 9);
        },
        body,
        args);
  }

  @Test
  void shouldEndWithStatusZeroWhenNothingFailed() {
    assertThat(run(number -> assertThat(number).isEqualTo(3), "--number", "3")).isZero();
    assertThat(err.size()).isZero();
  }

  @Test
  void shouldSayWhatIsWrongAndShowUsageWhenAnArgumentIsWrong() {
    assertThat(run(number -> {}, "--number", "x")).isEqualTo(2);
    assertThat(err.toString(UTF_8).lines())
        .containsExactly(
            "show: --number must be a whole number from 0 to 9 (was 'x')", "", "Shows.");
  }

  @Test
  void shouldShowUsageAloneWhenAskedForHelp() {
    assertThat(run(number -> {}, "--number", "x", "--help")).isZero();
    assertThat(out.toString(UTF_8).lines()).containsExactly("Shows.");
    assertThat(err.size()).isZero();
  }

  @Test
  void shouldEndWithStatusOneAndSayWhyWhenACheckDoesNotHold() {
    assertThat(
            run(
                number -> {
                  throw new IllegalStateException("3 is not 4");
                },
                "--number",
                "3"))
        .isEqualTo(1);
    assertThat(err.toString(UTF_8).lines()).containsExactly("show: 3 is not 4");
  }

  @Test
  void shouldEndWithStatusOneWhenAFileCannotBeWritten() {
    assertThat(
            run(
                number -> {
                  throw new IOException("disk full");
                },
                "--number",
                "3"))
        .isEqualTo(1);
    assertThat(err.toString(UTF_8).lines()).containsExactly("show: disk full");
  }
}
