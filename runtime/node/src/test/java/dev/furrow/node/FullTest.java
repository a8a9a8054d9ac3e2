package dev.furrow.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.furrow.Furrow;
import dev.furrow.FurrowFullException;
import dev.furrow.FurrowInterruptedException;
import dev.furrow.Job;
import dev.furrow.Ref;
import dev.furrow.Task;
import dev.furrow.TaskContext;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Submitting more than there is room for. */
final class FullTest {

  private static final Duration LONG = Duration.ofMinutes(5);

  private static Furrow.Builder two(Duration patience) {
    return Furrow.builder()
        .slots(1)
        .set("furrow.submit.max-tasks", 2)
        .set("furrow.submit.timeout", patience);
  }

  private static List<Ref<String>> fill(Furrow furrow, Meeting meeting) {
    return List.of(
        furrow.submit(new Tasks.Attend(meeting.name())),
        furrow.submit(new Tasks.Attend(meeting.name())));
  }

  /** Weighs about so many bytes. */
  record Load(String meeting, byte[] weight) implements Task<String> {
    @Override
    public String run(TaskContext context) throws InterruptedException {
      Meeting.named(meeting).attend(context);
      return meeting;
    }
  }

  @Test
  void shouldThrowAndAcceptNothingWhenNoRoomCameInTime() {
    try (Meeting meeting = Meeting.open();
        Meeting refused = Meeting.open();
        Furrow furrow = two(Duration.ofMillis(20)).start()) {
      List<Ref<String>> refs = fill(furrow, meeting);
      assertThatThrownBy(() -> furrow.submit(new Tasks.Note(refused.name(), "ran")))
          .isInstanceOf(FurrowFullException.class)
          .hasMessageContaining("furrow.submit.max-tasks = 2")
          .hasMessageContaining("furrow.submit.max-bytes");
      meeting.release();
      refs.forEach(Ref::join);
      assertThat(furrow.submit(new Tasks.Square(3)).join()).isEqualTo(9);
      assertThat(refused.arrived()).isZero();
    }
  }

  @Test
  void shouldWaitForRoom() throws InterruptedException {
    try (Meeting meeting = Meeting.open();
        Furrow furrow = two(LONG).start()) {
      List<Ref<String>> refs = fill(furrow, meeting);
      List<Long> results = new CopyOnWriteArrayList<>();
      Thread submitter = new Thread(() -> results.add(furrow.submit(new Tasks.Square(3)).join()));
      submitter.start();
      Eventually.holds(
          "the submitter waits", () -> submitter.getState() == Thread.State.TIMED_WAITING);
      meeting.release();
      submitter.join();
      assertThat(results).containsExactly(9L);
      refs.forEach(Ref::join);
    }
  }

  @Test
  void shouldAcceptNothingWhenInterruptedWhileItWaitsForRoom() throws InterruptedException {
    try (Meeting meeting = Meeting.open();
        Meeting refused = Meeting.open();
        Furrow furrow = two(LONG).start()) {
      List<Ref<String>> refs = fill(furrow, meeting);
      List<Object> seen = new CopyOnWriteArrayList<>();
      Thread submitter =
          new Thread(
              () -> {
                try {
                  seen.add(furrow.submit(new Tasks.Note(refused.name(), "ran")));
                } catch (FurrowInterruptedException interrupted) {
                  seen.add(Thread.currentThread().isInterrupted());
                }
              });
      submitter.start();
      Eventually.holds(
          "the submitter waits", () -> submitter.getState() == Thread.State.TIMED_WAITING);
      submitter.interrupt();
      submitter.join();
      assertThat(seen).containsExactly(true);
      meeting.release();
      refs.forEach(Ref::join);
      assertThat(furrow.submit(new Tasks.Square(3)).join()).isEqualTo(9);
      assertThat(refused.arrived()).isZero();
    }
  }

  @Test
  void shouldBoundTasksByTheirBytes() {
    try (Meeting meeting = Meeting.open();
        Furrow furrow =
            Furrow.builder()
                .slots(1)
                .set("furrow.tasks.max-bytes", "10KiB")
                .set("furrow.submit.max-bytes", "16KiB")
                .set("furrow.submit.timeout", Duration.ofMillis(20))
                .start()) {
      Ref<String> first = furrow.submit(new Load(meeting.name(), new byte[9_000]));
      assertThatThrownBy(() -> furrow.submit(new Load(meeting.name(), new byte[9_000])))
          .isInstanceOf(FurrowFullException.class)
          .hasMessageContaining("furrow.submit.max-bytes = 16384");
      Ref<String> small = furrow.submit(new Load(meeting.name(), new byte[100]));
      assertThatThrownBy(() -> furrow.submit(new Load(meeting.name(), new byte[11_000])))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("furrow.tasks.max-bytes");
      meeting.release();
      assertThat(first.join()).isEqualTo(small.join());
    }
  }

  @Test
  void shouldBoundOpenJobs() {
    try (Meeting meeting = Meeting.open();
        Furrow furrow = Furrow.builder().slots(1).set("furrow.jobs.max-jobs", 1).start()) {
      Job<String> job = furrow.submitAll(List.of(new Tasks.Attend(meeting.name())));
      assertThatThrownBy(() -> furrow.submitAll(List.of(new Tasks.Square(1))))
          .isInstanceOf(FurrowFullException.class)
          .hasMessageContaining("furrow.jobs.max-jobs");
      meeting.release();
      assertThat(job.join()).hasSize(1);
      assertThat(furrow.submitAll(List.of(new Tasks.Square(1))).join()).containsExactly(1L);
    }
  }
}
