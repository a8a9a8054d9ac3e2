package dev.furrow.examples.search;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.furrow.Furrow;
import dev.furrow.examples.CommandLine;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class SpeedupTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... args) {
    return Speedup.run(
        slots -> Furrow.builder().slots(slots).start(),
        new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8),
        args);
  }

  @Test
  void shouldFindTheLoopsRankingOnAnyNumberOfWorkers() {
    assertThat(run("--workers", "2", "--configs", "3", "--epochs", "1", "--warm-up", "0")).isZero();
    assertThat(err.size()).isZero();
    assertThat(out.toString(UTF_8))
        .contains("Search: 3 models x 3 folds = 9 tasks")
        .contains("Equal: every run came to the loop's ranking. Best is model ")
        .contains("workers  at once")
        .contains(" 2 workers =")
        .contains("job digits: succeeded");
  }

  @Test
  void shouldSearchInFullWhenAsked() {
    assertThat(SpeedupArguments.parse(new CommandLine("--full")))
        .isEqualTo(new SpeedupArguments(3, 48, 5, 4));
    assertThat(SpeedupArguments.parse(new CommandLine()))
        .isEqualTo(new SpeedupArguments(3, 24, 1, 4));
  }

  @Test
  void shouldEndWithStatusTwoAndShowUsageWhenAnArgumentIsWrong() {
    assertThat(run("--workers", "17")).isEqualTo(2);
    assertThat(err.toString(UTF_8))
        .startsWith("search: --workers must be a whole number from 1 to 16 (was 17)")
        .contains("--full");
    assertThat(out.size()).isZero();
  }
}
