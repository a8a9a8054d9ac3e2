package dev.furrow.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.furrow.Furrow;
import dev.furrow.Job;
import dev.furrow.JobFailedException;
import dev.furrow.JobOptions;
import dev.furrow.JobStatus;
import dev.furrow.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Where a job's tasks come from. */
final class JobSourceTest {

  private static Furrow furrow;

  @BeforeAll
  static void start() {
    furrow = Furrow.builder().slots(2).start();
  }

  @AfterAll
  static void close() {
    furrow.close();
  }

  private static Iterable<Task<String>> throwingAfter(Meeting meeting, int count) {
    List<Task<String>> tasks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      tasks.add(new Tasks.Attend(meeting.name()));
    }
    return () ->
        Stream.concat(
                tasks.stream(),
                Stream.<Task<String>>generate(
                    () -> {
                      throw new IllegalStateException("the barn is empty");
                    }))
            .iterator();
  }

  @Test
  void shouldFailAndCancelWhatIsUnfinishedWhenItsSourceThrows() {
    try (Meeting meeting = Meeting.open()) {
      Job<String> job = furrow.submitAll(JobOptions.named("barn"), throwingAfter(meeting, 3));
      JobFailedException failed = catchThrowableOfType(JobFailedException.class, job::join);
      assertThat(failed)
          .hasMessageContaining("the source of job barn")
          .hasMessageContaining("the barn is empty");
      assertThat(failed.getCause())
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the barn is empty");
      assertThat(failed.failures()).isEmpty();
      assertThat(failed.report().tasks()).isEqualTo(3);
      assertThat(job.status()).isEqualTo(JobStatus.FAILED);
      assertThat(job.progress().cancelled()).isEqualTo(3);
    }
  }

  @Test
  void shouldCloseItsStreamAtTheEndAndWhenItThrows() {
    try (Meeting meeting = Meeting.open()) {
      Stream<Tasks.Square> good =
          Stream.of(new Tasks.Square(1)).onClose(() -> meeting.pass("closed"));
      assertThat(furrow.submitAll(good).join()).containsExactly(1L);
      meeting.awaitArrivals(1);
      Stream<Tasks.Square> bad =
          LongStream.of(1, 0)
              .mapToObj(n -> new Tasks.Square(1 / n))
              .onClose(() -> meeting.pass("closed"));
      assertThatThrownBy(furrow.submitAll(bad)::join).hasRootCauseMessage("/ by zero");
      meeting.awaitArrivals(2);
    }
  }

  @Test
  void shouldFailWhenItsSourceHoldsNull() {
    Job<Long> job = furrow.submitAll(Arrays.asList(new Tasks.Square(1), null));
    assertThatThrownBy(job::join)
        .isInstanceOf(JobFailedException.class)
        .hasCauseInstanceOf(NullPointerException.class)
        .hasMessageContaining("null as task 1");
  }

  @Test
  void shouldFailWhenATaskOfItsSourceCannotTravel() {
    Job<Long> job = furrow.submitAll(List.of(new TypesTest.HasObject("text")));
    assertThatThrownBy(job::join)
        .isInstanceOf(JobFailedException.class)
        .hasCauseInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("HasObject.what");
  }

  @Test
  void shouldFailWhenItsSourceOverflowsTheStack() {
    Iterable<Task<Long>> endless = JobSourceTest::recurse;
    assertThatThrownBy(furrow.submitAll(endless)::join)
        .isInstanceOf(JobFailedException.class)
        .hasCauseInstanceOf(StackOverflowError.class);
  }

  @SuppressWarnings("InfiniteRecursion") // it is what the test is about
  private static Iterator<Task<Long>> recurse() {
    Iterator<Task<Long>> deeper = recurse();
    return deeper.hasNext() ? deeper : List.<Task<Long>>of().iterator();
  }

  @Test
  void shouldRefuseNoSourceAtOnce() {
    assertThatThrownBy(() -> furrow.submitAll((Iterable<Task<Long>>) null))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> furrow.submitAll((Stream<Task<Long>>) null))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(() -> furrow.submitAll(null, List.<Task<Long>>of()))
        .isInstanceOf(NullPointerException.class);
  }

  /** Counts who reads it and how. */
  private static final class Watched implements Iterable<Task<Long>> {
    private final int size;
    private final AtomicInteger iterators = new AtomicInteger();
    private final AtomicInteger given = new AtomicInteger();
    private final AtomicBoolean busy = new AtomicBoolean();
    private final AtomicBoolean overlapped = new AtomicBoolean();
    private final Set<String> threads = ConcurrentHashMap.newKeySet();

    Watched(int size) {
      this.size = size;
    }

    @Override
    public Iterator<Task<Long>> iterator() {
      iterators.incrementAndGet();
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return given.get() < size;
        }

        @Override
        public Task<Long> next() {
          overlapped.compareAndSet(false, !busy.compareAndSet(false, true));
          threads.add(Thread.currentThread().getName());
          given.incrementAndGet();
          busy.set(false);
          return new Tasks.Square(2);
        }
      };
    }
  }

  @Test
  void shouldReadItsSourceOnceAndOnOneThread() {
    Watched source = new Watched(500);
    assertThat(furrow.submitAll(source).join()).hasSize(500);
    assertThat(source.iterators).hasValue(1);
    assertThat(source.overlapped).isFalse();
    assertThat(source.threads).hasSize(1).allSatisfy(t -> assertThat(t).startsWith("furrow-"));
  }

  @Test
  void shouldReadNoFurtherThanMaxInFlight() {
    try (Meeting meeting = Meeting.open()) {
      AtomicInteger given = new AtomicInteger();
      Stream<Tasks.Attend> tasks =
          LongStream.range(0, 100)
              .peek(n -> given.incrementAndGet())
              .mapToObj(n -> new Tasks.Attend(meeting.name()));
      Job<String> job = furrow.submitAll(JobOptions.named("few").maxInFlight(5), tasks);
      Eventually.holds("5 tasks are accepted", () -> given.get() >= 5);
      Eventually.settles("the source", given::get);
      // One more was read, and waits for room.
      assertThat(given.get()).isLessThanOrEqualTo(6);
      Eventually.holds(
          "all are with the job", () -> job.progress().running() + job.progress().queued() == 5);
      meeting.release();
      assertThat(job.join()).hasSize(100);
    }
  }
}
