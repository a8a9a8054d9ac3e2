package dev.furrow.actors.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.furrow.actors.wire.CallerId;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallersTest {

  private static final CallerId A = new CallerId("a", 1_000);

  private final Callers callers = new Callers();

  private void mark(CallerId caller, long sequence) {
    callers.mark(caller, sequence, List.of(Reply.done(new byte[] {7})));
  }

  @Test
  void shouldTellWhetherAMessageWasDone() {
    assertThat(callers.look(A, 1)).isEqualTo(Callers.Look.NEW);
    mark(A, 3);

    assertThat(callers.look(A, 4)).isEqualTo(Callers.Look.NEW);
    assertThat(callers.look(A, 3)).isEqualTo(Callers.Look.REPEATED);
    assertThat(callers.look(A, 2)).isEqualTo(Callers.Look.OLD);
    assertThat(callers.replies(A)).hasSize(1);
  }

  @Test
  void shouldForgetWhoCalledLongestAgoAndTakeNobodyForNewWhoMayBeForgotten() {
    mark(A, 1);
    for (int n = 0; n < Callers.MOST; n++) {
      mark(new CallerId("other-" + n, 5_000 + n), 1);
    }

    assertThat(callers.size()).isEqualTo(Callers.MOST);
    assertThat(callers.look(A, 1)).isEqualTo(Callers.Look.FORGOTTEN);
    assertThat(callers.look(new CallerId("b", 999), 1)).isEqualTo(Callers.Look.FORGOTTEN);
    assertThat(callers.look(new CallerId("c", callers.forgotten() + 1), 1))
        .isEqualTo(Callers.Look.NEW);
  }

  @Test
  void shouldKeepWhoGoesOnCalling() {
    mark(A, 1);
    for (int n = 0; n < 3 * Callers.MOST; n++) {
      mark(new CallerId("other-" + n, 5_000 + n), 1);
      mark(A, n + 2);
    }

    assertThat(callers.look(A, 3L * Callers.MOST + 1)).isEqualTo(Callers.Look.REPEATED);
  }

  @Test
  void shouldBoundWhatItsRepliesWeigh() {
    for (int n = 0; n < 100; n++) {
      callers.mark(
          new CallerId("caller-" + n, 5_000 + n), 1, List.of(Reply.done(new byte[1 << 20])));
    }

    assertThat(callers.size()).isBetween(10, 16);
    assertThat(callers.look(new CallerId("caller-99", 5_099), 1)).isEqualTo(Callers.Look.REPEATED);
  }
}
