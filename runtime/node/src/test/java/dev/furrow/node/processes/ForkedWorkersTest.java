package dev.furrow.node.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.furrow.Furrow;
import dev.furrow.Job;
import dev.furrow.JobOptions;
import dev.furrow.JobStatus;
import dev.furrow.Ref;
import dev.furrow.TaskFailedException;
import dev.furrow.TaskFailure;
import dev.furrow.TaskOptions;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A driver and three workers that it forked. */
class ForkedWorkersTest {

  private static Furrow furrow;

  @BeforeAll
  static void start() {
    // These workers live for seconds: half the processor time of a start goes to the other
    // compiler.
    furrow =
        Furrow.builder()
            .workers(3)
            .slots(2)
            .set("furrow.workers.jvm-options", "-XX:TieredStopAtLevel=1")
            .start();
  }

  @AfterAll
  static void stop() {
    furrow.close();
  }

  @Test
  void shouldRunTasksInWorkersAlone() throws Exception {
    Cluster.awaitWorkers(furrow, 3);
    Set<Long> pids = workerPids();
    assertThat(pids).hasSize(3).doesNotContain(ProcessHandle.current().pid());
    assertThat(furrow.cluster().slots()).isEqualTo(6);
  }

  @Test
  void shouldFinishWithEveryResultOnceWhenAWorkerIsKilled() throws Exception {
    Cluster.awaitWorkers(furrow, 3);
    long victim = workerPids().iterator().next();
    Job<Long> job =
        furrow.submitAll(
            JobOptions.named("kill-one"),
            LongStream.range(0, 600).mapToObj(n -> new Tasks.Slow(n, 20)));
    Cluster.await(() -> job.progress().done() > 100, () -> job.progress().toString());
    Jvm.signal(victim, "KILL");
    assertThat(job.join()).containsExactlyElementsOf(LongStream.range(0, 600).boxed().toList());
    assertThat(job.report().lost()).isPositive();
    assertThat(job.report().tasks()).isEqualTo(600);
  }

  @Test
  void shouldKeepTheDriverAndItsTasksWhenAllWorkersAreKilled() throws Exception {
    Cluster.awaitWorkers(furrow, 3);
    Set<Long> victims = workerPids();
    Job<Long> job =
        furrow.submitAll(
            JobOptions.named("kill-all"),
            LongStream.range(0, 300).mapToObj(n -> new Tasks.Slow(n, 50)));
    Cluster.await(() -> job.progress().done() > 30, () -> job.progress().toString());
    for (long pid : victims) {
      Jvm.signal(pid, "KILL");
    }
    assertThat(job.join()).hasSize(300);
    assertThat(job.status()).isEqualTo(JobStatus.SUCCEEDED);
    assertThat(workerPids()).doesNotContainAnyElementsOf(victims);
  }

  @Test
  void shouldFailATaskAsPoisonThatEndsItsWorkers() throws Exception {
    for (boolean orderly : List.of(true, false)) {
      Cluster.awaitWorkers(furrow, 3);
      Job<Long> beside =
          furrow.submitAll(LongStream.range(0, 200).mapToObj(n -> new Tasks.Slow(n, 20)));
      Ref<Integer> deadly = furrow.submit(new Tasks.Deadly(orderly));
      TaskFailedException failed = catchThrowableOfType(TaskFailedException.class, deadly::join);
      assertThat(failed.failure().kind()).isEqualTo(TaskFailure.Kind.POISON);
      assertThat(failed).hasMessageContaining("Deadly").hasMessageContaining("System.exit");
      assertThat(beside.join()).hasSize(200);
    }
  }

  @Test
  void shouldFreeSlotsAtOnceWhenTasksAreCancelled() throws Exception {
    Cluster.awaitWorkers(furrow, 3);
    Job<Integer> hung =
        furrow.submitAll(IntStream.range(0, 50).mapToObj(Tasks.Forever::new).toList());
    Cluster.await(() -> hung.progress().running() >= 6, () -> hung.progress().toString());
    Ref<Long> next = furrow.submit(new Tasks.Slow(7, 1), TaskOptions.defaults());
    hung.cancel();
    assertThat(next.join()).isEqualTo(7);
    Cluster.await(() -> hung.status().isTerminal(), () -> hung.progress().toString());
    assertThat(hung.status()).isEqualTo(JobStatus.CANCELLED);
    assertThat(hung.progress().cancelled()).isEqualTo(50);
  }

  @Test
  void shouldCutLeasesOfLargeTasksIntoSeveralMessages() throws Exception {
    Cluster.awaitWorkers(furrow, 3);
    int size = 2 << 20;
    Job<Integer> job =
        furrow.submitAll(
            JobOptions.named("large"),
            IntStream.range(0, 200).mapToObj(n -> new Tasks.Large(new byte[size])));
    assertThat(job.join()).hasSize(200).containsOnly(size);
    assertThat(job.report().lost()).isZero();
  }

  private static Set<Long> workerPids() {
    List<Tasks.Pid> probes = IntStream.range(0, 30).mapToObj(i -> new Tasks.Pid(50)).toList();
    return new HashSet<>(furrow.submitAll(JobOptions.named("pids"), probes).join());
  }
}
