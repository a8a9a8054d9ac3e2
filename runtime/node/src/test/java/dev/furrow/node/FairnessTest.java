package dev.furrow.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.furrow.Furrow;
import dev.furrow.Job;
import dev.furrow.JobOptions;
import dev.furrow.Ref;
import dev.furrow.TaskOptions;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who goes before whom, and that nobody waits for ever. */
final class FairnessTest {

  private static final TaskOptions URGENT = TaskOptions.defaults().priority(50);

  /** What may have been handed to the node before something more urgent came. */
  private static final int IN_ADVANCE = 200;

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 10})
  void shouldEndASmallJobLongBeforeALargeOneThatWasThereFirst(long millis) {
    int many = 100_000;
    try (Meeting meeting = Meeting.open();
        Furrow furrow = Furrow.builder().slots(2).start()) {
      // Tasks of no length would be gone before the small job is there: these wait for it.
      List<Ref<String>> plugs =
          Stream.generate(() -> furrow.submit(new Tasks.Attend(meeting.name()))).limit(2).toList();
      meeting.awaitArrivals(2);
      Job<String> large =
          furrow.submitAll(
              JobOptions.named("large").maxInFlight(many),
              IntStream.range(0, many)
                  .mapToObj(n -> new Tasks.Slow(meeting.name(), "large", millis)));
      Eventually.holds("all tasks wait", () -> large.progress().queued() >= many - IN_ADVANCE);
      Job<Long> small = furrow.submitAll(LongStream.range(0, 10).mapToObj(Tasks.Square::new));
      Eventually.holds("the small job is there", () -> small.progress().total() == 10);
      meeting.release();
      assertThat(small.join()).hasSize(10);
      assertThat(meeting.notes().size()).isLessThan(many / 2);
      assertThat(plugs).allMatch(plug -> plug.join().equals(meeting.name()));
      large.cancel();
    }
  }

  @Test
  void shouldLetUrgentTasksOvertakeAllButWhatIsWithTheNode() {
    TaskOptions low = TaskOptions.defaults().requires("file", 1);
    int many = 5_000;
    try (Meeting gate = Meeting.open();
        Meeting order = Meeting.open();
        Furrow one =
            Furrow.builder()
                .slots(2)
                .set("furrow.node.resources.file", 1)
                .set("furrow.jobs.prefetch", IN_ADVANCE)
                .start()) {
      Ref<String> plug = one.submit(new Tasks.Attend(gate.name()), low);
      gate.awaitArrivals(1);
      IntStream.range(0, many).forEach(n -> one.submit(new Tasks.Note(order.name(), "low"), low));
      List<Ref<String>> urgent =
          Stream.generate(
                  () -> one.submit(new Tasks.Note(order.name(), "urgent"), low.priority(50)))
              .limit(10)
              .toList();
      // What was submitted before this one, which needs no file, has been accepted when it ends.
      one.submit(new Tasks.Square(1)).join();
      gate.release();
      urgent.forEach(Ref::join);
      order.awaitArrivals(many + 10);
      assertThat(order.notes().lastIndexOf("urgent")).isLessThan(2 * IN_ADVANCE);
      assertThat(plug.join()).isEqualTo(gate.name());
    }
  }

  /** With ageing off, the first of these would wait as long as others are submitted. */
  @Test
  void shouldNotStarveATaskByAStreamOfUrgentOnes() {
    try (Meeting order = Meeting.open();
        Furrow one = hasty()) {
      Deque<Ref<String>> stream = new ArrayDeque<>();
      keepWaiting(one, order, stream);
      Ref<String> low = one.submit(new Tasks.Note(order.name(), "low"));
      Eventually.holds(
          "the low task has run",
          () -> {
            keepWaiting(one, order, stream);
            stream.remove().join();
            return low.toCompletableFuture().isDone();
          });
      assertThat(order.notes()).contains("low");
      assertThat(order.notes().indexOf("low")).as("urgent tasks before it").isPositive();
    }
  }

  @Test
  void shouldNotStarveAJobByAnotherOneThatIsUrgent() {
    try (Meeting order = Meeting.open();
        Furrow one = hasty()) {
      AtomicBoolean goesOn = new AtomicBoolean(true);
      Job<String> stream =
          one.submitAll(
              JobOptions.named("urgent").tasks(URGENT),
              Stream.generate(() -> new Tasks.Slow(order.name(), "urgent", 1))
                  .takeWhile(more -> goesOn.get()));
      order.awaitArrivals(50);
      Job<String> low = one.submitAll(List.of(new Tasks.Note(order.name(), "low")));
      Eventually.holds("the low job has ended", () -> low.status().isTerminal());
      assertThat(stream.status().isTerminal()).isFalse();
      assertThat(low.join()).containsExactly("low");
      goesOn.set(false);
      stream.cancel();
    }
  }

  /** On one slot, where waiting is soon worth as much as any priority here. */
  private static Furrow hasty() {
    return Furrow.builder()
        .slots(1)
        .set("furrow.jobs.ageing", Duration.ofMillis(10))
        .set("furrow.close.timeout", Duration.ofSeconds(1))
        .start();
  }

  /** Sees to it that there is always an urgent task that waits. */
  private static void keepWaiting(Furrow furrow, Meeting order, Deque<Ref<String>> stream) {
    while (stream.size() < 200) {
      stream.add(furrow.submit(new Tasks.Slow(order.name(), "urgent", 1), URGENT));
    }
  }
}
