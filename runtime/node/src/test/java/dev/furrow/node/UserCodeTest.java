package dev.furrow.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.furrow.Furrow;
import dev.furrow.Job;
import dev.furrow.Ref;
import dev.furrow.Task;
import dev.furrow.TaskContext;
import dev.furrow.TaskFailedException;
import dev.furrow.TaskFailure;
import dev.furrow.TaskOptions;
import dev.furrow.TaskTimedOutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Code that does its worst. After each test the node works as before. */
final class UserCodeTest {

  private static Furrow furrow;

  @BeforeAll
  static void start() {
    furrow = Furrow.builder().slots(1).start();
  }

  @AfterAll
  static void close() {
    furrow.close();
  }

  @AfterEach
  void shouldWorkAsBefore() {
    assertThat(furrow.submitAll(LongStream.range(0, 50).mapToObj(Tasks.Square::new)).join())
        .hasSize(50);
  }

  private static TaskFailure failureOf(Task<?> task) {
    Ref<?> ref = furrow.submit(task);
    return catchThrowableOfType(TaskFailedException.class, ref::join).failure();
  }

  // ---------------------------------------------------------------- errors

  record Overflow() implements Task<Long> {
    @Override
    public Long run(TaskContext context) {
      return deeper(1);
    }

    private static long deeper(long n) {
      return n == 0 ? 0 : 1 + deeper(n + 1);
    }
  }

  /** Cannot be initialised. */
  static final class Broken {
    static final long VALUE = fail();

    private Broken() {}

    private static long fail() {
      throw new IllegalStateException("no luck");
    }
  }

  record Unlinked() implements Task<Long> {
    @Override
    public Long run(TaskContext context) {
      return Broken.VALUE;
    }
  }

  @Test
  void shouldFailTheTaskThatOverflowsItsStack() {
    TaskFailure failure = failureOf(new Overflow());
    assertThat(failure.kind()).isEqualTo(TaskFailure.Kind.THREW);
    assertThat(failure.type()).isEqualTo("java.lang.StackOverflowError");
    assertThat(failure.trace()).hasSize(64);
  }

  @Test
  void shouldFailTheTaskWhoseClassesCannotBeLinked() {
    assertThat(failureOf(new Unlinked()).type()).isEqualTo("java.lang.ExceptionInInitializerError");
    assertThat(failureOf(new Unlinked()).type()).isEqualTo("java.lang.NoClassDefFoundError");
  }

  // ------------------------------------------------------------ exceptions

  static final class Nasty extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
      throw new StackOverflowError();
    }

    @Override
    public synchronized Throwable getCause() {
      throw new IllegalStateException("no cause");
    }

    @Override
    public StackTraceElement[] getStackTrace() {
      throw new IllegalStateException("no trace");
    }
  }

  record ThrowsNasty() implements Task<Long> {
    @Override
    public Long run(TaskContext context) {
      throw new Nasty();
    }
  }

  record ThrowsNovel(int length) implements Task<Long> {
    @Override
    public Long run(TaskContext context) {
      throw new IllegalStateException("w".repeat(length));
    }
  }

  record ThrowsInCircles() implements Task<Long> {
    @Override
    public Long run(TaskContext context) {
      IllegalStateException egg = new IllegalStateException("egg");
      throw new IllegalStateException("hen", egg.initCause(new RuntimeException("hen", egg)));
    }
  }

  @Test
  void shouldDescribeAnExceptionWhoseMethodsThrow() {
    TaskFailure failure = failureOf(new ThrowsNasty());
    assertThat(failure.type()).isEqualTo(Nasty.class.getName());
    assertThat(failure.message()).contains("getMessage() threw");
    assertThat(failure.cause()).isEmpty();
  }

  @Test
  void shouldCutAHugeMessage() {
    TaskFailure failure = failureOf(new ThrowsNovel(50_000_000));
    assertThat(failure.message()).startsWith("wwww").endsWith("(50000000 characters)");
    assertThat(failure.message().length()).isLessThan(10_000);
  }

  @Test
  void shouldCutACircleOfCauses() {
    int depth = 0;
    TaskFailure failure = failureOf(new ThrowsInCircles());
    while (failure.cause().isPresent()) {
      failure = failure.cause().get();
      depth++;
    }
    assertThat(depth).isBetween(1, 8);
  }

  // ------------------------------------------------------- data that bites

  /** Can be made on the driver once, and nowhere else. */
  record OneOfAKind(int n) implements Task<Long> {
    private static final AtomicBoolean MADE = new AtomicBoolean();

    OneOfAKind {
      if (!MADE.compareAndSet(false, true)) {
        throw new IllegalArgumentException("there is one already: " + n);
      }
    }

    @Override
    public Long run(TaskContext context) {
      return 1L;
    }
  }

  record Shy(int n) implements Task<Long> {
    @Override
    public int n() {
      throw new IllegalStateException("mind your own business");
    }

    @Override
    public Long run(TaskContext context) {
      return 1L;
    }
  }

  record ShyResult(int n) {
    @Override
    public int n() {
      throw new IllegalStateException("not for you");
    }
  }

  record GivesShy() implements Task<ShyResult> {
    @Override
    public ShyResult run(TaskContext context) {
      return new ShyResult(1);
    }
  }

  /** Can be made by a node and by no driver. */
  record Local(String thread) {
    Local {
      if (!Thread.currentThread().getName().startsWith("furrow-slot")) {
        throw new IllegalStateException("only in the field");
      }
    }
  }

  record GivesLocal() implements Task<Local> {
    @Override
    public Local run(TaskContext context) {
      return new Local(Thread.currentThread().getName());
    }
  }

  record Large(int bytes) implements Task<byte[]> {
    @Override
    public byte[] run(TaskContext context) {
      return new byte[bytes];
    }
  }

  @Test
  void shouldFailTheTaskWhoseConstructorThrowsOnTheNode() {
    TaskFailure failure = failureOf(new OneOfAKind(7));
    assertThat(failure.kind()).isEqualTo(TaskFailure.Kind.UNREADABLE);
    assertThat(failure.message()).contains("OneOfAKind").contains("there is one already: 7");
  }

  @Test
  void shouldRefuseATaskWhoseAccessorThrows() {
    assertThatThrownBy(() -> furrow.submit(new Shy(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Shy")
        .hasMessageContaining("mind your own business");
  }

  @Test
  void shouldFailTheTaskWhoseResultCannotBeWritten() {
    TaskFailure failure = failureOf(new GivesShy());
    assertThat(failure.kind()).isEqualTo(TaskFailure.Kind.UNREADABLE);
    assertThat(failure.message()).contains("GivesShy").contains("not for you");
  }

  @Test
  void shouldFailTheTaskWhoseResultCannotBeReadByItsDriver() {
    TaskFailure failure = failureOf(new GivesLocal());
    assertThat(failure.kind()).isEqualTo(TaskFailure.Kind.UNREADABLE);
    assertThat(failure.message()).contains("only in the field");
    Job<Local> job = furrow.submitAll(List.of(new GivesLocal(), new GivesLocal()));
    assertThatThrownBy(job::join).hasMessageContaining("only in the field");
    assertThatThrownBy(job::join).hasMessageContaining("only in the field");
  }

  @Test
  void shouldFailTheTaskWhoseResultIsTooLarge() {
    TaskFailure failure = failureOf(new Large(100_000_000));
    assertThat(failure.kind()).isEqualTo(TaskFailure.Kind.TOO_LARGE);
    assertThat(failure.message()).contains("furrow.tasks.max-result");
    assertThat(furrow.submit(new Large(10_000_000)).join()).hasSize(10_000_000);
  }

  // ----------------------------------------------------------------- threads

  record Spin(String meeting) implements Task<Long> {
    @Override
    public Long run(TaskContext context) {
      Meeting.named(meeting).pass("spins");
      while (!context.cancelled()) {
        Thread.onSpinWait();
      }
      return 1L;
    }
  }

  record InterruptsItself() implements Task<Boolean> {
    @Override
    public Boolean run(TaskContext context) {
      boolean before = Thread.currentThread().isInterrupted();
      Thread.currentThread().interrupt();
      return before;
    }
  }

  @Test
  void shouldEndATaskThatNeverEnds() {
    try (Meeting meeting = Meeting.open()) {
      TaskOptions limited = TaskOptions.defaults().timeout(Duration.ofMillis(50));
      Ref<Long> ref = furrow.submit(new Spin(meeting.name()), limited);
      assertThatThrownBy(ref::join).isInstanceOf(TaskTimedOutException.class);
    }
  }

  @Test
  void shouldNotLetATaskInterruptTheNext() {
    Stream<InterruptsItself> tasks =
        IntStream.range(0, 3_000).mapToObj(n -> new InterruptsItself());
    assertThat(furrow.submitAll(tasks).join()).doesNotContain(true);
  }

  @Test
  void shouldTakeNoWorkWhileTooManyTasksIgnoreInterruption() {
    try (LogLines lines = new LogLines();
        Meeting meeting = Meeting.open();
        Furrow own =
            Furrow.builder()
                .slots(2)
                .set("furrow.node.abandoned.max", 2)
                .set("furrow.close.timeout", Duration.ZERO)
                .start()) {
      Ref<String> one = own.submit(new Tasks.Stubborn(meeting.name()));
      Ref<String> two = own.submit(new Tasks.Stubborn(meeting.name()));
      meeting.awaitArrivals(2);
      one.cancel();
      two.cancel();
      meeting.awaitInterrupts(2);
      lines.await("furrow.node.abandoned.max");
      Ref<Long> waits = own.submit(new Tasks.Square(3));
      assertThatThrownBy(() -> waits.join(Duration.ofMillis(200)))
          .isInstanceOf(java.util.concurrent.TimeoutException.class);
      meeting.release();
      assertThat(waits.join()).isEqualTo(9);
    }
  }

  @Test
  void shouldKeepWorkingWithFewThreadsToSpare() {
    try (LogLines lines = new LogLines();
        Furrow own =
            Furrow.builder()
                .slots(8)
                .set("furrow.node.abandoned.max", 1)
                .set("furrow.node.parked.max", 1)
                .start()) {
      assertThat(own.submitAll(LongStream.range(0, 20_000).mapToObj(Tasks.Square::new)).join())
          .hasSize(20_000);
      assertThat(lines.containing("crashed")).isEmpty();
    }
  }
}
