package dev.furrow.examples.kmeans;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class KMeansTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... args) {
    return KMeans.run(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), args);
  }

  @Test
  void shouldFindTheCentresThatAPlainLoopFinds() {
    assertThat(run("--workers", "0", "--clusters", "10", "--rounds", "4")).isZero();
    assertThat(err.size()).isZero();
    assertThat(out.toString(UTF_8))
        .contains("10,000 images kept in partitions on this JVM")
        .contains("round  4: distance ")
        .contains("Equal: the centres of all 4 rounds")
        .containsPattern("Of the images, [5-7][0-9]\\.[0-9]% are in a cluster");
  }

  @Test
  void shouldSayWhichRoundDiffers() {
    int[][] one = {{1, 2}};
    int[][] other = {{1, 3}};
    KMeans.requireEqual(List.of(one, other), List.of(one, other));

    assertThatThrownBy(() -> KMeans.requireEqual(List.of(one, other), List.of(one, one)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("round 2");
    assertThatThrownBy(() -> KMeans.requireEqual(List.of(one, other), List.<int[][]>of(one)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void shouldEndWithStatusTwoWhenAnArgumentIsWrong() {
    assertThat(run("--clusters", "1")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("--clusters").contains("--workers n");
  }
}
