package dev.furrow.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.furrow.ClusterView;
import dev.furrow.Furrow;
import dev.furrow.Outcome;
import dev.furrow.Ref;
import dev.furrow.Task;
import dev.furrow.TaskContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The programs of the guide, in one JVM. */
final class LocalTest {

  private static Furrow furrow;

  @BeforeAll
  static void start() {
    furrow = Furrow.local();
  }

  @AfterAll
  static void close() {
    furrow.close();
  }

  /** Says where it ran. */
  record Where() implements Task<List<String>> {
    @Override
    public List<String> run(TaskContext context) {
      return List.of(
          context.jobId(), context.taskId() + "", context.attempt() + "", context.node());
    }
  }

  /** Hands back its list, once that may have been changed by its submitter. */
  record Echo(String meeting, List<String> words) implements Task<List<String>> {
    @Override
    public List<String> run(TaskContext context) throws InterruptedException {
      Meeting.named(meeting).attend(context);
      return words;
    }
  }

  @Test
  void shouldSumSquares() {
    List<Ref<Long>> squares =
        LongStream.range(0, 100).mapToObj(n -> furrow.submit(new Tasks.Square(n))).toList();
    List<Long> parts = squares.stream().map(Ref::join).toList();
    long total = furrow.submit(new Tasks.Sum(parts)).join();
    assertThat(total).isEqualTo(328_350);
  }

  @Test
  void shouldStreamTheOutcomesOfManyTasks() {
    AtomicLong seen = new AtomicLong();
    AtomicLong sum = new AtomicLong();
    try (Stream<Outcome<Long>> outcomes =
        furrow.submitAll(LongStream.range(0, 100_000).mapToObj(Tasks.Square::new)).outcomes()) {
      outcomes.forEach(
          outcome -> {
            seen.incrementAndGet();
            sum.addAndGet(((Outcome.Succeeded<Long>) outcome).value() - square(outcome.taskId()));
          });
    }
    assertThat(seen).hasValue(100_000);
    assertThat(sum).hasValue(0);
  }

  private static long square(long n) {
    return n * n;
  }

  @Test
  void shouldTellATaskWhereItRuns() {
    List<String> where = furrow.submitAll(Stream.of(new Where(), new Where())).join().get(1);
    assertThat(where).element(0).asString().isNotBlank();
    assertThat(where.subList(1, 4)).containsExactly("1", "1", "local");
  }

  @Test
  void shouldShareNoArgumentWithItsTask() {
    try (Meeting meeting = Meeting.open()) {
      List<String> words = new ArrayList<>(List.of("plough", "seed"));
      Ref<List<String>> ref = furrow.submit(new Echo(meeting.name(), words));
      words.add("weeds");
      meeting.release();
      List<String> echo = ref.join();
      assertThat(echo).containsExactly("plough", "seed").isNotSameAs(words);
    }
  }

  @Test
  void shouldShareNoResultWithItsTask() {
    Ref<List<String>> ref = furrow.submit(new Keep(List.of("hay")));
    List<String> result = ref.join();
    assertThat(result).isEqualTo(Keep.LAST.get(0)).isNotSameAs(Keep.LAST.get(0));
  }

  /** Keeps what it returns. */
  record Keep(List<String> words) implements Task<List<String>> {
    static final List<List<String>> LAST = new ArrayList<>();

    @Override
    public List<String> run(TaskContext context) {
      List<String> result = new ArrayList<>(words);
      LAST.add(result);
      return result;
    }
  }

  @Test
  void shouldShowItselfAsTheOneNode() {
    List<ClusterView.Node> nodes = furrow.cluster().nodes();
    assertThat(nodes).hasSize(1);
    ClusterView.Node self = nodes.get(0);
    assertThat(self.name()).isEqualTo("local");
    assertThat(self.self()).isTrue();
    assertThat(self.state()).isEqualTo(ClusterView.State.UP);
    assertThat(self.slots()).isEqualTo(Runtime.getRuntime().availableProcessors());
    assertThat(furrow.cluster().slots()).isEqualTo(self.slots());
  }
}
