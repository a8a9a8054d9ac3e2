package dev.furrow.actors.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.furrow.actors.wire.CallStatus;
import dev.furrow.actors.wire.CallerId;
import org.junit.jupiter.api.Test;

class OriginsTest {

  private static final CallerId JOB = new CallerId("job", 1_000);

  private final Origins origins = new Origins();

  private void mark(CallerId job, long task, int bytes) {
    origins.mark(job, task, 0, Reply.done(new byte[bytes]));
  }

  @Test
  void shouldKnowWhatATaskHasDone() {
    mark(JOB, 3, 1);

    assertThat(origins.look(JOB, 3, 0)).isNotNull();
    assertThat(origins.look(JOB, 3, 1)).isNull();
    assertThat(origins.look(JOB, 4, 0)).isNull();
    assertThat(origins.isForgotten(JOB, 4)).isFalse();
  }

  @Test
  void shouldForgetTheLowestTasksAndTakeNoneOfThemForNew() {
    long tasks = 2 * Origins.MOST_WEIGHT / 1_000;
    for (long task = 0; task < tasks; task++) {
      mark(JOB, task, 1_000);
    }

    assertThat(origins.weight()).isLessThanOrEqualTo(Origins.MOST_WEIGHT);
    assertThat(origins.look(JOB, 0, 0)).isNull();
    assertThat(origins.isForgotten(JOB, 0)).isTrue();
    assertThat(origins.look(JOB, tasks - 1, 0)).isNotNull();
    assertThat(origins.isForgotten(JOB, tasks)).isFalse();
  }

  @Test
  void shouldKnowOfAJobThatCalledLongAgoThatItsTasksMayHaveBeenHere() {
    mark(JOB, 1, 10);
    CallerId other = new CallerId("other", 2_000);
    for (long task = 0; task < 2 * Origins.MOST_WEIGHT / 1_000; task++) {
      mark(other, task, 1_000);
    }

    assertThat(origins.look(JOB, 1, 0)).isNull();
    assertThat(origins.isForgotten(JOB, 1)).isTrue();
    assertThat(origins.isForgotten(JOB, 2)).isFalse();
    assertThat(origins.isForgotten(new CallerId("older", 900), 1)).isFalse();
  }

  @Test
  void shouldTakeNoJobForNewThatMayBeAmongTheForgotten() {
    for (int n = 0; n <= Origins.MOST_JOBS; n++) {
      mark(new CallerId("job-" + n, 5_000 + n), 1, 1);
    }

    assertThat(origins.look(new CallerId("job-0", 5_000), 1, 0)).isNull();
    assertThat(origins.isForgotten(new CallerId("job-0", 5_000), 1)).isTrue();
    assertThat(origins.isForgotten(new CallerId("older", 900), 1)).isTrue();
    assertThat(origins.isForgotten(new CallerId("younger", 5_001), 1)).isFalse();
  }

  @Test
  void shouldRememberALargeReplyAsDoneAndNotItsBytes() {
    mark(JOB, 1, 10);
    mark(JOB, 2, 8 << 20);

    assertThat(origins.look(JOB, 1, 0)).isNotNull();
    Reply large = origins.look(JOB, 2, 0);
    assertThat(large).isNotNull();
    assertThat(large.status()).isEqualTo(CallStatus.UNKNOWN);
    assertThat(origins.weight()).isLessThan(10_000);
  }
}
