package dev.furrow.actors.job;

import static dev.furrow.actors.job.JobWorld.MILLI;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LanesTest {

  private static final long AGEING = 10 * MILLI;

  private final Lanes lanes = new Lanes(AGEING);

  private TaskEntry add(long index, TaskTerms terms, long at) {
    TaskEntry task = new TaskEntry(index, new NewTask("Type", new byte[0], terms), at);
    lanes.add(task);
    return task;
  }

  private List<Long> order() {
    Lanes.Picker picker = lanes.picker();
    List<Long> order = new ArrayList<>();
    for (TaskEntry t = picker.next(x -> true); t != null; t = picker.next(x -> true)) {
      order.add(t.index);
    }
    return order;
  }

  @Test
  void shouldKeepTheOrderOfSubmissionWithinOnePriority() {
    add(0, JobWorld.PLAIN, 5);
    add(1, JobWorld.requiring("gpu", 1), 6);
    add(2, JobWorld.PLAIN, 7);

    assertThat(order()).containsExactly(0L, 1L, 2L);
  }

  @Test
  void shouldPutAHigherPriorityFirst() {
    add(0, JobWorld.PLAIN, 0);
    add(1, JobWorld.urgent(3), 1);

    assertThat(order()).containsExactly(1L, 0L);
  }

  @Test
  void shouldPutWhatHasWaitedLongBeforeAHigherPriority() {
    add(0, JobWorld.PLAIN, 0);
    add(1, JobWorld.urgent(3), 3 * AGEING + 1);

    assertThat(order()).containsExactly(0L, 1L);
  }

  @Test
  void shouldSkipLanesThatDoNotFit() {
    add(0, JobWorld.requiring("gpu", 1), 0);
    add(1, JobWorld.PLAIN, 1);

    TaskEntry first = lanes.picker().next(terms -> terms.lease().requires().isEmpty());

    assertThat(first).isNotNull().extracting(task -> task.index).isEqualTo(1L);
  }

  @Test
  void shouldPutBackInFrontWhatHadItsTurn() {
    TaskEntry first = add(0, JobWorld.PLAIN, 0);
    add(1, JobWorld.PLAIN, 1);
    lanes.remove(first);
    assertThat(order()).containsExactly(1L);

    lanes.addFirst(first);

    assertThat(order()).containsExactly(0L, 1L);
    assertThat(lanes.size()).isEqualTo(2);
  }

  @Test
  void shouldPickEachTaskOnceAndLeaveThemAllWaiting() {
    add(0, JobWorld.PLAIN, 0);
    add(1, JobWorld.PLAIN, 1);

    assertThat(order()).hasSize(2);
    assertThat(order()).hasSize(2);
    assertThat(lanes.size()).isEqualTo(2);
  }
}
