package dev.furrow.node.processes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** How much heap a driver needs for what it has submitted. */
class MemoryTest {

  /** An empty driver takes 20 MB of these. */
  @Test
  void shouldQueueAHundredThousandTasksOfAJobInLittleHeap() throws Exception {
    shouldEnd("job", 100_000, "-Xmx64m");
  }

  @Test
  void shouldHoldAHundredThousandRefsInLittleHeap() throws Exception {
    shouldEnd("refs", 100_000, "-Xmx80m");
  }

  @Test
  void shouldStreamMoreOutcomesThanTheHeapCouldHold() throws Exception {
    shouldEnd("stream", 400_000, "-Xmx48m");
  }

  private static void shouldEnd(String kind, int count, String heap) throws Exception {
    List<String> options = List.of(heap, "-XX:+ExitOnOutOfMemoryError");
    try (Jvm driver = Jvm.start(MemoryProgram.class, options, kind, Integer.toString(count))) {
      assertThat(driver.awaitLine("queued: ", Cluster.PATIENCE)).isEqualTo("" + count);
      long sum = (long) count * (count - 1) / 2;
      assertThat(driver.awaitLine("sum: ", Cluster.PATIENCE)).isEqualTo("" + sum);
      assertThat(driver.awaitExit(Cluster.PATIENCE)).isZero();
    }
  }
}
