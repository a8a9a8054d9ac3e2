package dev.furrow.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.furrow.examples.ProgressLine.Count;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressLineTest {

  private static final String EOL = System.lineSeparator();

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, UTF_8);
  private final AtomicLong nanos = new AtomicLong(Duration.ofDays(3).toNanos());

  private ProgressLine line(boolean redraw, int columns) {
    return new ProgressLine(out, nanos::get, redraw, columns);
  }

  private static Count count(long total, long done) {
    return new Count(total, done, 4, 0, 0, "");
  }

  private String printed() {
    return bytes.toString(UTF_8);
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Test
  void shouldEstimateTimeLeftFromTimePassed() {
    ProgressLine line = line(true, 80);
    pass(Duration.ofSeconds(30));
    line.show(count(144, 36));
    assertThat(printed()).isEqualTo("[#####---------------]  36/144   25%  4 running  ETA 1:30\r");
  }

  @Test
  void shouldShowHoursWhenLongerThanOne() {
    ProgressLine line = line(true, 80);
    pass(Duration.ofMinutes(10));
    line.show(count(100, 5));
    assertThat(printed()).endsWith("ETA 3:10:00\r");
  }

  @Test
  void shouldEstimateNothingBeforeAnyTaskIsDone() {
    ProgressLine line = line(true, 80);
    pass(Duration.ofSeconds(1));
    line.show(count(144, 0));
    assertThat(printed()).isEqualTo("[--------------------]  0/144    0%  4 running  ETA -:--\r");
  }

  @Test
  void shouldEstimateNothingBeforeFirstWaveIsThrough() {
    ProgressLine line = line(true, 80);
    pass(Duration.ofSeconds(1));
    line.show(count(144, 3));
    assertThat(printed()).endsWith("ETA -:--\r");
    line.show(count(144, 4));
    assertThat(printed()).endsWith("ETA 0:35\r");
  }

  @Test
  void shouldForgetSlowStartWhenEstimatingTimeLeft() {
    ProgressLine line = line(true, 80);
    pass(Duration.ofSeconds(20));
    line.show(count(144, 4));
    pass(Duration.ofSeconds(20));
    line.show(count(144, 44));
    assertThat(printed()).endsWith("ETA 0:50\r");
  }

  @Test
  void shouldShowCountAloneWhileTotalIsUnknown() {
    line(true, 80).show(count(-1, 7));
    assertThat(printed()).isEqualTo("7 done  4 running  ETA -:--\r");
  }

  @Test
  void shouldShowTimeTakenAtTheEnd() {
    ProgressLine line = line(true, 80);
    pass(Duration.ofMillis(61_600));
    line.show(count(144, 144));
    assertThat(printed()).isEqualTo("[####################]  144/144  100%  in 1:02\r");
  }

  @Test
  void shouldShowLostAndRetriedOnlyWhenThereAreSome() {
    line(true, 100).show(new Count(10, 5, 2, 3, 1, "best 94.1%"));
    assertThat(printed()).endsWith("ETA 0:00  3 lost  1 retried  best 94.1%\r");
  }

  @Test
  void shouldCoverLongerLineWithBlanksWhenRedrawn() {
    ProgressLine line = line(true, 80);
    line.show(new Count(-1, 1, 0, 0, 0, "a note"));
    line.show(new Count(-1, 2, 0, 0, 0, ""));
    assertThat(printed())
        .isEqualTo("1 done  0 running  ETA -:--  a note\r2 done  0 running  ETA -:--        \r");
  }

  @Test
  void shouldCutLineToFitTheTerminal() {
    line(true, 10).show(count(144, 36));
    assertThat(printed()).isEqualTo("[#####---\r");
  }

  @Test
  void shouldPrintOneLineForEachTenthWhenNotOnTerminal() {
    ProgressLine line = line(false, 80);
    for (long done = 0; done <= 144; done++) {
      line.show(count(144, done));
    }
    List<String> lines = printed().lines().toList();
    assertThat(lines).hasSize(10).noneMatch(text -> text.contains("\r"));
    assertThat(lines.get(0)).contains("15/144   10%");
    assertThat(lines.get(9)).contains("144/144  100%");
  }

  @Test
  void shouldPrintOneLineWhenManyTenthsPassAtOnce() {
    ProgressLine line = line(false, 80);
    line.show(count(10, 7));
    line.show(count(10, 7));
    assertThat(printed().lines()).hasSize(1);
  }

  @Test
  void shouldKeepLineBelowWhatIsSaid() {
    ProgressLine line = line(true, 80);
    line.show(count(-1, 1));
    line.say("Killed 42");
    String shown = "1 done  4 running  ETA -:--";
    assertThat(printed())
        .isEqualTo(shown + "\r" + " ".repeat(shown.length()) + "\rKilled 42" + EOL + shown + "\r");
  }

  @Test
  void shouldDrawLastStateAndEndLineWhenClosed() {
    AtomicLong done = new AtomicLong(1);
    ProgressLine line = line(true, 80);
    line.follow(Duration.ofHours(1), () -> count(2, done.get()));
    done.set(2);
    line.close();
    line.close();
    line.show(count(2, 0));
    // Blanks, where the first state was drawn too, which was longer.
    assertThat(printed()).matches("(?s).*2/2  100%  in 0:00 *\r" + EOL);
  }

  @Test
  void shouldDrawAgainAndAgainWhileOthersWait() throws InterruptedException {
    CountDownLatch drawn = new CountDownLatch(5);
    try (ProgressLine line = line(true, 80)) {
      line.follow(
          Duration.ofMillis(1),
          () -> {
            drawn.countDown();
            return count(10, 10 - drawn.getCount());
          });
      assertThat(drawn.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void shouldRefuseToFollowTwice() {
    try (ProgressLine line = line(true, 80)) {
      line.follow(Duration.ofHours(1), () -> count(1, 0));
      assertThatThrownBy(() -> line.follow(Duration.ofHours(1), () -> count(1, 0)))
          .isInstanceOf(IllegalStateException.class);
    }
  }
}
