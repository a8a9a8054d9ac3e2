package dev.furrow.actors.job;

import static dev.furrow.actors.job.JobWorld.LIMITS;
import static dev.furrow.actors.job.JobWorld.MILLI;
import static dev.furrow.actors.job.JobWorld.PLAIN;
import static dev.furrow.actors.job.JobWorld.pool;
import static org.assertj.core.api.Assertions.assertThat;

import dev.furrow.actors.wire.LeaseTerms;
import dev.furrow.actors.wire.PoolId;
import dev.furrow.actors.wire.PoolMessage;
import dev.furrow.actors.wire.ReportKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StragglersTest {

  private static final PoolId A = pool(1);
  private static final PoolId B = pool(2);
  private static final int MEASURED = 6;

  private final JobWorld world = new JobWorld(LIMITS, false, true);

  /** Six quick tasks have ended on B, and task 6 (lease 7) runs on A. */
  private JobWorld withOneLeft(JobWorld job, TaskTerms terms) {
    job.join(B, 8).accept(MEASURED, terms);
    for (int i = 0; i < MEASURED; i++) {
      job.succeed(B, i + 1L, i, "quick");
    }
    job.demand(B, 0).join(A, 2).accept(1, terms).demand(B, 2);
    job.effects.clear();
    return job;
  }

  @Test
  void shouldBeginASecondAttemptWhenOneIsSlowAndAnotherPoolIsIdle() {
    withOneLeft(world, PLAIN).pass(LIMITS.slowAge() + 1);

    assertThat(world.tasksAt(B)).containsExactly(6);
    assertThat(world.state.snapshot(world.now).speculated()).isEqualTo(1);
  }

  @Test
  void shouldBeginNoThirdAttemptBesideTwo() {
    withOneLeft(world, PLAIN).pass(LIMITS.slowAge() + 1);
    world.join(pool(3), 2).pass(LIMITS.slowAge() + 1);

    assertThat(world.tasksAt(pool(3))).isEmpty();
  }

  @Test
  void shouldLeaveAnAttemptAloneWhenItIsNotSlowYet() {
    withOneLeft(world, PLAIN).pass(LIMITS.slowAge() - 1);

    assertThat(world.tasksAt(B)).isEmpty();
  }

  @Test
  void shouldNotSpeculateWhenTheJobDidNotAskForIt() {
    JobWorld plain = new JobWorld();

    withOneLeft(plain, PLAIN).pass(10 * LIMITS.slowAge());

    assertThat(plain.tasksAt(B)).isEmpty();
  }

  @Test
  void shouldNotSpeculateWhileTasksWait() {
    withOneLeft(world, PLAIN).accept(1, JobWorld.requiring("gpu", 1)).pass(LIMITS.slowAge() + 1);

    assertThat(world.tasksAt(B)).isEmpty();
  }

  @Test
  void shouldNotSpeculateWhileTooLittleWasMeasured() {
    world.join(A, 1).accept(1, PLAIN).join(B, 2).pass(LIMITS.slowAge() + 1);

    assertThat(world.tasksAt(B)).isEmpty();
  }

  @Test
  void shouldNotGiveASecondAttemptToThePoolThatHasTheFirst() {
    withOneLeft(world, PLAIN).demand(B, 0).demand(A, 4).pass(LIMITS.slowAge() + 1);

    assertThat(world.tasksAt(A)).isEmpty();
  }

  @Test
  void shouldSpeculateOnlyWhereTheResourcesAre() {
    TaskTerms gpu = new TaskTerms(new LeaseTerms(0, 0, Map.of("gpu", 1L), List.of()), 0, 0);
    world.connect(B).demand(B, 1_000, 8, Map.of("gpu", 8L)).accept(MEASURED, gpu);
    for (int i = 0; i < MEASURED; i++) {
      world.succeed(B, i + 1L, i, "quick");
    }
    world.accept(1, gpu).join(A, 2);
    world.effects.clear();

    world.pass(LIMITS.slowAge() + 1);

    assertThat(world.tasksAt(A)).isEmpty();
  }

  @Test
  void shouldCommitTheFirstSuccessAndStopTheOtherAttempt() {
    withOneLeft(world, PLAIN).pass(LIMITS.slowAge() + 1).succeed(B, 8, 6, "second");
    assertThat(world.sent(A, PoolMessage.Cancel.class))
        .singleElement()
        .satisfies(cancel -> assertThat(cancel.leases()).containsExactly(7));

    world.succeed(A, 7, 6, "first");

    assertThat(world.read())
        .last()
        .satisfies(
            outcome ->
                assertThat(new String(outcome.body(), StandardCharsets.UTF_8)).isEqualTo("second"));
  }

  @Test
  void shouldFailATaskOnlyWhenBothAttemptsFailed() {
    withOneLeft(world, PLAIN).pass(LIMITS.slowAge() + 1).fail(B, 8, 6);
    assertThat(world.place(6)).isEqualTo(TaskEntry.Place.LEASED);

    world.fail(A, 7, 6);

    assertThat(world.place(6)).isEqualTo(TaskEntry.Place.ENDED);
  }

  @Test
  void shouldWaitForAMultipleOfTheMedianWhenTasksAreLong() {
    JobLimits patient =
        new JobLimits(
            LIMITS.ageing(),
            LIMITS.backoffCap(),
            10,
            64,
            1_000,
            1 << 20,
            LIMITS.silence() * 100,
            3,
            MILLI,
            LIMITS.resend());
    Durations durations = new Durations();
    for (int i = 0; i < 9; i++) {
      durations.add(1_000 * MILLI);
    }
    JobWorld long1 = withOneLeft(new JobWorld(patient, false, true), PLAIN);
    PoolView b = long1.state.pool(B.node());
    Paged<TaskEntry> open = new Paged<>();
    open.put(6, long1.state.task(6));
    Stragglers stragglers = new Stragglers(patient, durations);

    assertThat(stragglers.speculate(open, List.of(b), 100, long1.now + 2_900 * MILLI)).isEmpty();
    assertThat(stragglers.speculate(open, List.of(b), 100, long1.now + 3_400 * MILLI)).hasSize(1);
  }

  @Test
  void shouldCountTheFailuresOfTwoAttemptsBesideOneAnotherAsOne() {
    withOneLeft(world, JobWorld.retrying(1, 0)).pass(LIMITS.slowAge() + 1);

    world.fail(A, 7, 6).fail(B, 8, 6).pass(MILLI);

    assertThat(world.read()).hasSize(MEASURED);
    assertThat(world.state.snapshot(world.now).retried()).isEqualTo(1);
  }

  @Test
  void shouldNotRetryWhenOneOfTwoAttemptsHasFailedForGood() {
    withOneLeft(world, JobWorld.retrying(5, 0)).pass(LIMITS.slowAge() + 1);

    world.report(A, 7, 6, ReportKind.FAILED_FOR_GOOD, "never").fail(B, 8, 6);

    assertThat(world.read())
        .last()
        .satisfies(outcome -> assertThat(outcome.kind()).isEqualTo(OutcomeRecord.Kind.FAILED));
  }

  @Test
  void shouldBlameATaskOnceWhenTheNodesOfTwoAttemptsBesideOneAnotherEnd() {
    withOneLeft(world, PLAIN).start(A, 7).pass(LIMITS.slowAge() + 1).start(B, 8);

    world.close(A, true).close(B, true).remove(A, false).remove(B, false);
    assertThat(world.read()).hasSize(MEASURED);

    PoolId next = pool(3);
    world.join(next, 2).start(next, 9).close(next, true).remove(next, false);
    assertThat(world.read())
        .last()
        .satisfies(outcome -> assertThat(outcome.kind()).isEqualTo(OutcomeRecord.Kind.FAILED));
  }
}
