package dev.furrow.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.furrow.Furrow;
import dev.furrow.FurrowFullException;
import dev.furrow.Job;
import dev.furrow.Ref;
import dev.furrow.Task;
import dev.furrow.TaskContext;
import dev.furrow.TaskFailedException;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tasks that submit tasks, on one slot. */
final class NestingTest {

  private static Furrow furrow;

  @BeforeAll
  static void start() {
    furrow = Furrow.builder().slots(1).set("furrow.submit.max-tasks", 4).start();
  }

  @AfterAll
  static void close() {
    furrow.close();
  }

  record Fib(int n) implements Task<Long> {
    @Override
    public Long run(TaskContext context) {
      if (n < 2) {
        return (long) n;
      }
      Ref<Long> left = context.furrow().submit(new Fib(n - 1));
      Ref<Long> right = context.furrow().submit(new Fib(n - 2));
      return left.join() + right.join();
    }
  }

  record Deep(int levels) implements Task<Integer> {
    @Override
    public Integer run(TaskContext context) {
      return levels == 0 ? 0 : 1 + context.furrow().submit(new Deep(levels - 1)).join();
    }
  }

  record SumOfSquares(int count) implements Task<Long> {
    @Override
    public Long run(TaskContext context) {
      Job<Long> job =
          context.furrow().submitAll(LongStream.range(0, count).mapToObj(Tasks.Square::new));
      return job.join().stream().mapToLong(Long::longValue).sum();
    }
  }

  /** Submits more at once than there is room for. */
  record Crowd(int count) implements Task<Long> {
    @Override
    public Long run(TaskContext context) {
      List<Ref<Long>> refs =
          LongStream.range(0, count)
              .mapToObj(n -> context.furrow().submit(new Tasks.Square(n)))
              .toList();
      return refs.stream().mapToLong(Ref::join).sum();
    }
  }

  /** Closes the Furrow of its attempt. */
  record Closer() implements Task<String> {
    @Override
    public String run(TaskContext context) {
      try {
        context.furrow().close();
        return "closed";
      } catch (IllegalStateException refused) {
        return String.valueOf(refused.getMessage());
      }
    }
  }

  /** Has an inner task attend a meeting, and waits for it, or throws. */
  record Outer(String meeting, boolean waits) implements Task<String> {
    @Override
    public String run(TaskContext context) {
      Ref<String> inner = context.furrow().submit(new Tasks.Attend(meeting));
      if (waits) {
        return inner.join();
      }
      context.furrow().submit(new Tasks.Square(1));
      throw new IllegalStateException("outer failed");
    }
  }

  /** Leaves without waiting for what it has submitted. */
  record Sower(String meeting) implements Task<String> {
    @Override
    public String run(TaskContext context) {
      Ref<String> seed = context.furrow().submit(new Tasks.Note(meeting, "grew"));
      return seed.toString();
    }
  }

  @Test
  void shouldForkAndJoin() {
    assertThat(furrow.submit(new Fib(12)).join()).isEqualTo(144);
  }

  @Test
  void shouldNestDeeply() {
    assertThat(furrow.submit(new Deep(200)).join()).isEqualTo(200);
  }

  @Test
  void shouldRunAJobInsideATask() {
    assertThat(furrow.submit(new SumOfSquares(100)).join()).isEqualTo(328_350);
  }

  @Test
  void shouldGiveBackItsSlotWhileThereIsNoRoom() {
    assertThat(furrow.submit(new Crowd(100)).join()).isEqualTo(328_350);
  }

  @Test
  void shouldRefuseToCloseTheFurrowOfATask() {
    assertThat(furrow.submit(new Closer()).join()).contains("closed with the task");
    assertThat(furrow.submit(new Tasks.Square(2)).join()).isEqualTo(4);
  }

  @Test
  void shouldCancelInnerTasksWithTheOuterOne() {
    try (Meeting meeting = Meeting.open()) {
      Ref<String> outer = furrow.submit(new Outer(meeting.name(), true));
      meeting.awaitArrivals(1);
      outer.cancel();
      meeting.awaitInterrupts(1);
      assertThat(meeting.notes()).containsExactly("cancelled: true");
      assertThatThrownBy(outer::join).isInstanceOf(dev.furrow.TaskCancelledException.class);
    }
  }

  @Test
  void shouldCancelInnerTasksWhenTheOuterOneFails() {
    try (Meeting meeting = Meeting.open();
        Furrow two = Furrow.builder().slots(2).start()) {
      Ref<String> outer = two.submit(new Outer(meeting.name(), false));
      assertThatThrownBy(outer::join).hasMessageContaining("outer failed");
      Eventually.holds(
          "the inner task is not, or no longer, there",
          () -> meeting.arrived() == meeting.interrupted());
      assertThat(two.submit(new Tasks.Square(2)).join()).isEqualTo(4);
    }
  }

  @Test
  void shouldLetInnerTasksEndWhenTheOuterOneHasSucceeded() {
    try (Meeting meeting = Meeting.open()) {
      assertThat(furrow.submit(new Sower(meeting.name())).join()).startsWith("task 0");
      meeting.awaitArrivals(1);
    }
  }

  @Test
  void shouldSayWhenTooManyTasksWaitInsideTasks() {
    try (Furrow shallow = Furrow.builder().slots(1).set("furrow.node.parked.max", 3).start()) {
      assertThat(shallow.submit(new Deep(3)).join()).isEqualTo(3);
      Ref<Integer> tooDeep = shallow.submit(new Deep(9));
      TaskFailedException failed = catchThrowableOfType(TaskFailedException.class, tooDeep::join);
      assertThat(failed.getMessage())
          .contains(FurrowFullException.class.getName())
          .contains("furrow.node.parked.max");
      assertThat(shallow.submit(new Deep(3)).join()).isEqualTo(3);
    }
  }
}
