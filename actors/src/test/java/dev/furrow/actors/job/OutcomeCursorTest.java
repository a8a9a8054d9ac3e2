package dev.furrow.actors.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class OutcomeCursorTest {

  private static final JobSnapshot ANY = JobSnapshot.empty();

  private final OutcomeCursor cursor = new OutcomeCursor();

  private static OutcomeBatch batch(long from, int size, boolean last) {
    List<OutcomeRecord> outcomes =
        LongStream.range(from, from + size)
            .mapToObj(
                task ->
                    new OutcomeRecord(
                        task, "Type", OutcomeRecord.Kind.SUCCEEDED, new byte[0], 1, 0))
            .toList();
    return new OutcomeBatch(from, outcomes, ANY, last);
  }

  private List<Long> accept(OutcomeBatch batch) {
    return cursor.accept(batch).stream().map(OutcomeRecord::task).toList();
  }

  @Test
  void shouldLetEachOutcomeThroughOnceWhenABatchIsDoubled() {
    assertThat(accept(batch(0, 2, false))).containsExactly(0L, 1L);
    assertThat(accept(batch(0, 2, false))).isEmpty();
    assertThat(cursor.next()).isEqualTo(2);
  }

  @Test
  void shouldLetOnlyTheNewPartThroughWhenBatchesOverlap() {
    assertThat(accept(batch(0, 2, false))).containsExactly(0L, 1L);
    assertThat(accept(batch(1, 3, false))).containsExactly(2L, 3L);
  }

  @Test
  void shouldRefuseABatchAfterAGap() {
    assertThat(accept(batch(1, 2, true))).isEmpty();
    assertThat(cursor.next()).isZero();
    assertThat(cursor.isAtEnd()).isFalse();
  }

  @Test
  void shouldIgnoreABatchFromLongAgo() {
    assertThat(accept(batch(0, 5, false))).hasSize(5);
    assertThat(accept(batch(0, 2, false))).isEmpty();
    assertThat(cursor.next()).isEqualTo(5);
  }

  @Test
  void shouldAskForOneMoreThanThereAreOnceItKnowsTheEnd() {
    assertThat(accept(batch(0, 2, true))).hasSize(2);

    assertThat(cursor.isAtEnd()).isTrue();
    assertThat(cursor.next()).isEqualTo(3);
    assertThat(accept(batch(2, 0, true))).isEmpty();
    assertThat(cursor.next()).isEqualTo(3);
  }
}
