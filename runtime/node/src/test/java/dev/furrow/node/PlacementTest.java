package dev.furrow.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.furrow.Furrow;
import dev.furrow.Job;
import dev.furrow.JobOptions;
import dev.furrow.Ref;
import dev.furrow.Task;
import dev.furrow.TaskCancelledException;
import dev.furrow.TaskContext;
import dev.furrow.TaskOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which task runs when and where: priorities, resources, keys. */
final class PlacementTest {

  private static final TaskOptions DEFAULTS = TaskOptions.defaults();

  private static Furrow furrow;

  @BeforeAll
  static void start() {
    furrow =
        Furrow.builder()
            .slots(4)
            .set("furrow.node.resources", Map.of("gpu", 2))
            .set("furrow.liveness.status-interval", Duration.ofMillis(20))
            .start();
  }

  @AfterAll
  static void close() {
    furrow.close();
  }

  // -------------------------------------------------------------- priority

  @Test
  void shouldRunTheMoreUrgentTaskFirst() {
    try (Furrow one = Furrow.builder().slots(1).start();
        Meeting gate = Meeting.open();
        Meeting order = Meeting.open()) {
      Ref<String> blocker = one.submit(new Tasks.Attend(gate.name()));
      gate.awaitArrivals(1);
      List<Ref<String>> refs = new ArrayList<>();
      for (int priority : new int[] {-5, 0, 100, 5, 100}) {
        refs.add(
            one.submit(new Tasks.Note(order.name(), "p" + priority), DEFAULTS.priority(priority)));
      }
      gate.release();
      assertThat(blocker.join()).isEqualTo(gate.name());
      refs.forEach(Ref::join);
      assertThat(order.notes()).containsExactly("p100", "p100", "p5", "p0", "p-5");
    }
  }

  @Test
  void shouldRunTheMoreUrgentJobFirst() {
    try (Furrow one = Furrow.builder().slots(1).start();
        Meeting gate = Meeting.open();
        Meeting order = Meeting.open()) {
      Ref<String> blocker = one.submit(new Tasks.Attend(gate.name()));
      gate.awaitArrivals(1);
      Job<String> low =
          one.submitAll(IntStream.range(0, 5).mapToObj(n -> new Tasks.Note(order.name(), "low")));
      Eventually.holds("the source is read", () -> low.progress().total() == 5);
      JobOptions urgent = JobOptions.named("high").tasks(DEFAULTS.priority(9));
      Job<String> high = one.submitAll(urgent, List.of(new Tasks.Note(order.name(), "high")));
      Eventually.holds("the source is read", () -> high.progress().total() == 1);
      // Not before the pool has it; then a slot that frees has the choice.
      Eventually.holds("it is with the pool", () -> high.progress().running() == 1);
      gate.release();
      assertThat(blocker.join()).isEqualTo(gate.name());
      assertThat(high.join()).containsExactly("high");
      assertThat(low.join()).hasSize(5);
      assertThat(order.notes()).startsWith("high");
    }
  }

  // ------------------------------------------------------------- resources

  /** Stays until as many are inside as ever may be, or it is released. */
  record Pair(String meeting, int together) implements Task<Boolean> {
    @Override
    public Boolean run(TaskContext context) {
      Meeting at = Meeting.named(meeting);
      at.enter();
      Eventually.holds(together + " meet", () -> at.mostInside() >= together);
      at.leave();
      return true;
    }
  }

  @Test
  void shouldNeverTakeMoreOfAResourceThanThereIs() {
    try (Meeting meeting = Meeting.open()) {
      List<Pair> tasks = IntStream.range(0, 40).mapToObj(n -> new Pair(meeting.name(), 2)).toList();
      JobOptions options = JobOptions.named("gpu").tasks(DEFAULTS.requires("gpu", 1));
      assertThat(furrow.submitAll(options, tasks).join()).hasSize(40);
      assertThat(meeting.mostInside()).isEqualTo(2);
    }
  }

  @Test
  void shouldTakeSeveralOfAResourceForOneTask() {
    try (Meeting meeting = Meeting.open()) {
      List<Pair> tasks = IntStream.range(0, 20).mapToObj(n -> new Pair(meeting.name(), 1)).toList();
      JobOptions options = JobOptions.named("gpu").tasks(DEFAULTS.requires("gpu", 2));
      assertThat(furrow.submitAll(options, tasks).join()).hasSize(20);
      assertThat(meeting.mostInside()).isEqualTo(1);
    }
  }

  @Test
  void shouldLetOtherTasksPassOneThatWaitsForAResource() {
    try (Meeting meeting = Meeting.open()) {
      TaskOptions both = DEFAULTS.requires("gpu", 2);
      Ref<String> holder = furrow.submit(new Tasks.Attend(meeting.name()), both);
      meeting.awaitArrivals(1);
      Ref<Long> waits = furrow.submit(new Tasks.Square(2), both);
      assertThat(furrow.submit(new Tasks.Square(3)).join()).isEqualTo(9);
      meeting.release();
      assertThat(holder.join()).isEqualTo(meeting.name());
      assertThat(waits.join()).isEqualTo(4);
    }
  }

  @Test
  void shouldSayWhyATaskWaitsThatNoNodeCanRun() {
    try (LogLines lines = new LogLines()) {
      Ref<Long> ref = furrow.submit(new Tasks.Square(2), DEFAULTS.requires("gpu", 3));
      lines.await("{gpu=3}, which no node has");
      ref.cancel();
      assertThatThrownBy(ref::join).isInstanceOf(TaskCancelledException.class);
    }
  }

  // ------------------------------------------------------------------ keys

  @Test
  void shouldGiveTheSameRefUnderTheSameKey() {
    try (Meeting meeting = Meeting.open()) {
      TaskOptions key = DEFAULTS.key("once");
      Ref<String> first = furrow.submit(new Tasks.Note(meeting.name(), "ran"), key);
      Ref<String> second = furrow.submit(new Tasks.Note(meeting.name(), "ran"), key);
      assertThat(second).isSameAs(first);
      assertThat(first.join()).isEqualTo("ran");
      assertThat(furrow.submit(new Tasks.Note(meeting.name(), "ran"), key)).isSameAs(first);
      assertThat(meeting.arrived()).isEqualTo(1);
    }
  }

  @Test
  void shouldRefuseAnotherTaskUnderTheSameKey() {
    TaskOptions key = DEFAULTS.key("square");
    Ref<Long> first = furrow.submit(new Tasks.Square(2), key);
    assertThatThrownBy(() -> furrow.submit(new Tasks.Square(3), key))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'square'");
    assertThatThrownBy(() -> furrow.submit(new Tasks.FailIfOdd(2), key))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(first.join()).isEqualTo(4);
  }
}
