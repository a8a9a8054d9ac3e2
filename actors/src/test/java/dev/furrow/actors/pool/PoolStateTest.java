package dev.furrow.actors.pool;

import static dev.furrow.actors.pool.PoolWorld.ID;
import static dev.furrow.actors.pool.PoolWorld.LIMITS;
import static dev.furrow.actors.pool.PoolWorld.MILLI;
import static dev.furrow.actors.pool.PoolWorld.job;
import static dev.furrow.actors.wire.LeaseTerms.NONE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.furrow.actors.wire.Caution;
import dev.furrow.actors.wire.JobKey;
import dev.furrow.actors.wire.JobMessage;
import dev.furrow.actors.wire.PoolId;
import dev.furrow.actors.wire.PoolMessage;
import dev.furrow.actors.wire.ReportKind;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class PoolStateTest {

  private static final JobKey A = job(1);
  private static final JobKey B = job(2);
  private static final long TINY = 1_000;

  // ------------------------------------------------------------ demand

  @Test
  void shouldAskEveryJobThatOffersWorkForWhatCouldRun() {
    PoolWorld world = new PoolWorld(3).announce(A).announce(B);

    assertThat(world.demanded(A)).isEqualTo(3);
    assertThat(world.demanded(B)).isEqualTo(3);
  }

  @Test
  void shouldAskForAtLeastOneEvenWhenEverySlotIsTaken() {
    PoolWorld world = new PoolWorld(1).lease(A, NONE, 1).announce(B);

    assertThat(world.demanded(B)).isEqualTo(1);
  }

  @Test
  void shouldAskForWorkInAdvanceWhenTasksAreTiny() {
    PoolWorld world = new PoolWorld(1).lease(A, NONE, 1).finish(1, TINY, 0);

    assertThat(world.demanded(A)).isEqualTo(1 + LIMITS.prefetch());
  }

  @Test
  void shouldGoOnCountingForAJobThatWasForgottenAndComesBack() {
    PoolWorld world = new PoolWorld(1).announce(A);
    world.pass(LIMITS.idle() + 1);
    assertThat(world.demanded(A)).isZero();
    assertThat(world.state.isIdle()).isTrue();

    world.announce(A);

    List<JobMessage.Demand> demands = world.sent(A, JobMessage.Demand.class);
    for (int i = 1; i < demands.size(); i++) {
      assertThat(demands.get(i).sequence()).isGreaterThan(demands.get(i - 1).sequence());
    }
    assertThat(world.demanded(A)).isEqualTo(1);
  }

  // ------------------------------------------------------------- leases

  @Test
  void shouldNotRunLeasesThatAreMeantForAnotherLife() {
    PoolWorld world =
        new PoolWorld(1).announce(A).lease(A, new PoolId(ID.node(), 2), NONE, Caution.NONE, 1);

    assertThat(world.started()).isEmpty();
  }

  @Test
  void shouldRunALeaseOnceWhenItsMessageIsDoubled() {
    PoolWorld world = new PoolWorld(2).lease(A, NONE, 1).lease(A, NONE, 1);

    assertThat(world.started()).containsExactly(List.of(1L));
  }

  @Test
  void shouldGiveAFreeSlotToTheJobWithFewestSlots() {
    PoolWorld world =
        new PoolWorld(2).lease(A, NONE, 1, 2, 3).lease(B, NONE, 1).finish(1, 50 * MILLI, 0);

    assertThat(world.all(PoolEffect.Start.class).get(2).entries().get(0).tenant.job).isEqualTo(B);
  }

  @Test
  void shouldRunTheHigherPriorityFirstAcrossJobs() {
    PoolWorld world =
        new PoolWorld(1)
            .lease(A, NONE, 1)
            .lease(A, NONE, 2)
            .lease(B, PoolWorld.urgent(5), 1)
            .finish(1, 50 * MILLI, 0);

    assertThat(world.all(PoolEffect.Start.class).get(1).entries().get(0).tenant.job).isEqualTo(B);
  }

  @Test
  void shouldRunWhatHasWaitedLongBeforeAHigherPriority() {
    PoolWorld world = new PoolWorld(1).lease(A, NONE, 1).lease(A, NONE, 2);
    world.now += 6 * LIMITS.ageing();
    world.lease(B, PoolWorld.urgent(5), 1).finish(1, 50 * MILLI, 0);

    assertThat(world.all(PoolEffect.Start.class).get(1).entries().get(0).tenant.job).isEqualTo(A);
  }

  @Test
  void shouldRunTinyTasksManyToARun() {
    PoolWorld world = new PoolWorld(1).lease(A, NONE, 1).finish(1, TINY, 0).forget();

    world.lease(A, NONE, LongStream.range(2, 102).toArray());

    assertThat(world.started()).hasSize(1);
    assertThat(world.started().get(0)).hasSize(LIMITS.batch());
  }

  @Test
  void shouldTakeBackTheRestOfARunThatTakesLong() {
    PoolWorld world = new PoolWorld(1).lease(A, NONE, 1).finish(1, TINY, 0);
    world.lease(A, NONE, 2, 3, 4).forget().pass(30 * MILLI);
    assertThat(world.all(PoolEffect.Truncate.class)).containsExactly(new PoolEffect.Truncate(2));

    world.tell(new PoolCommand.Truncated(2, 1)).forget().finish(2, 40 * MILLI, 0);

    assertThat(world.reported(A)).containsExactly(2);
    assertThat(world.started()).hasSize(1);
    assertThat(world.started().get(0).get(0)).isEqualTo(3L);
  }

  @Test
  void shouldCountResourcesWhileTheyAreUsed() {
    PoolWorld world = new PoolWorld(3, Map.of("gpu", 1L));
    world.lease(A, PoolWorld.requiring("gpu", 1), 1, 2);
    assertThat(world.started()).containsExactly(List.of(1L));

    world.finish(1, 50 * MILLI, 0);
    assertThat(world.started()).containsExactly(List.of(1L), List.of(2L));
  }

  // ------------------------------------------------------------- reports

  @Test
  void shouldSendReportsAgainUntilTheyAreAcknowledged() {
    PoolWorld world = new PoolWorld(1).lease(A, NONE, 1).finish(1, 50 * MILLI, 0);
    JobMessage.Reports first = world.sent(A, JobMessage.Reports.class).get(0);
    world.forget().pass(LIMITS.resend() + 1);
    assertThat(world.sent(A, JobMessage.Reports.class)).containsExactly(first);

    world.hear(new PoolMessage.ReportsReceived(A, ID, first.sequence())).forget();
    world.pass(LIMITS.resend() + 1);

    assertThat(world.sent(A, JobMessage.Reports.class)).isEmpty();
  }

  @Test
  void shouldSayWhatItHoldsUntilItsReportIsAcknowledged() {
    PoolWorld world = new PoolWorld(1).lease(A, NONE, 1, 2).finish(1, 50 * MILLI, 0).forget();

    world.pass(LIMITS.status());

    assertThat(world.sent(A, JobMessage.Holding.class))
        .singleElement()
        .satisfies(
            holding -> {
              assertThat(holding.held()).containsExactly(1, 2);
              assertThat(holding.started()).containsExactly(1, 2);
            });
  }

  @Test
  void shouldSayEverythingAgainWhenANodeCanBeReachedAgain() {
    PoolWorld world = new PoolWorld(1).lease(A, NONE, 1).finish(1, 50 * MILLI, 0).forget();

    world.tell(new PoolCommand.NodeConnected(A.node()));

    assertThat(world.reported(A)).containsExactly(1);
    assertThat(world.sent(A, JobMessage.Holding.class)).hasSize(1);
    assertThat(world.demanded(A)).isPositive();
  }

  // --------------------------------------------------- limits and cancel

  @Test
  void shouldFreeTheSlotAtOnceWhenATaskTakesTooLong() {
    PoolWorld world = new PoolWorld(1).lease(A, PoolWorld.limit(100), 1, 2).pass(101 * MILLI);
    assertThat(world.all(PoolEffect.Revoke.class)).containsExactly(new PoolEffect.Revoke(1, 0));

    world.forget().tell(new PoolCommand.Revoked(1, 0, true));

    assertThat(world.sent(A, JobMessage.Reports.class))
        .singleElement()
        .satisfies(
            reports -> assertThat(reports.kind()).containsExactly(ReportKind.TIMED_OUT.ordinal()));
    assertThat(world.started()).containsExactly(List.of(2L));
  }

  @Test
  void shouldNotCountTheWaitForGoAgainstTheLimit() {
    PoolWorld world =
        new PoolWorld(1).lease(A, ID, PoolWorld.limit(100), Caution.TELL, 1).pass(200 * MILLI);
    world.hear(new PoolMessage.Go(A, ID, new long[] {1})).forget().pass(99 * MILLI);

    assertThat(world.all(PoolEffect.Revoke.class)).isEmpty();
  }

  @Test
  void shouldReportTheResultWhenATaskEndsBeforeItsLimitIsNoticed() {
    PoolWorld world = new PoolWorld(1).lease(A, PoolWorld.limit(100), 1).pass(101 * MILLI);

    world.tell(new PoolCommand.Revoked(1, 0, false)).finish(1, 101 * MILLI, 0);

    assertThat(world.sent(A, JobMessage.Reports.class))
        .singleElement()
        .satisfies(
            reports -> assertThat(reports.kind()).containsExactly(ReportKind.SUCCEEDED.ordinal()));
  }

  @Test
  void shouldReturnACancelledLeaseThatWaits() {
    PoolWorld world = new PoolWorld(1).lease(A, NONE, 1, 2);

    world.hear(new PoolMessage.Cancel(A, ID, new long[] {2}));

    assertThat(world.returned(A)).containsExactly(2);
  }

  @Test
  void shouldStopACancelledLeaseThatRuns() {
    PoolWorld world = new PoolWorld(1).lease(A, NONE, 1);
    world.hear(new PoolMessage.Cancel(A, ID, new long[] {1}));
    world.tell(new PoolCommand.Truncated(1, 1));
    assertThat(world.all(PoolEffect.Revoke.class)).containsExactly(new PoolEffect.Revoke(1, 0));

    world.tell(new PoolCommand.Revoked(1, 0, true));

    assertThat(world.returned(A)).containsExactly(1);
  }

  @Test
  void shouldStopALeaseInTheRunThatItIsInNow() {
    PoolWorld world = new PoolWorld(1).lease(A, NONE, 1).finish(1, TINY, 0);
    world.lease(A, NONE, 2, 3, 4).tell(new PoolCommand.Parked(2));
    world.tell(new PoolCommand.Truncated(2, 1)).forget();

    world.hear(new PoolMessage.Cancel(A, ID, new long[] {3}));

    assertThat(world.all(PoolEffect.Truncate.class)).containsExactly(new PoolEffect.Truncate(3));
  }

  @Test
  void shouldReturnALeaseThatItsThreadLeftWithoutAWord() {
    PoolWorld world = new PoolWorld(1).lease(A, NONE, 1).forget();

    world.tell(new PoolCommand.Finished(1, List.of(), true));

    assertThat(world.returned(A)).containsExactly(1);
  }

  @Test
  void shouldTakeBackACancelledLeaseWhoseThreadHasNotClaimedIt() {
    PoolWorld world = new PoolWorld(1).lease(A, NONE, 1);

    world.hear(new PoolMessage.Cancel(A, ID, new long[] {1}));
    world.tell(new PoolCommand.Truncated(1, 0)).finish(1, 0);

    assertThat(world.returned(A)).containsExactly(1);
    assertThat(world.reported(A)).isEmpty();
  }

  @Test
  void shouldReturnWhatItDoesNotHoldWhenThatIsCancelled() {
    PoolWorld world = new PoolWorld(1).announce(A);

    world.hear(new PoolMessage.Cancel(A, ID, new long[] {9}));

    assertThat(world.returned(A)).containsExactly(9);
  }

  @Test
  void shouldStopPullingAtTheBoundOfAbandonedThreadsAndRecover() {
    PoolWorld world = new PoolWorld(2).lease(A, PoolWorld.limit(10), 1, 2, 3).pass(20 * MILLI);
    world.tell(new PoolCommand.Revoked(1, 0, true));
    world.tell(new PoolCommand.Revoked(2, 0, true));
    assertThat(world.demanded(A)).isPositive();

    world.forget().pass(1_100 * MILLI);
    assertThat(world.demanded(A)).isZero();
    assertThat(world.all(PoolEffect.Warn.class))
        .singleElement()
        .satisfies(warn -> assertThat(warn.text()).contains("furrow.node.abandoned.max"));
    world.lease(A, NONE, 7);
    assertThat(world.returned(A)).contains(7);

    world.finish(1, MILLI);

    assertThat(world.demanded(A)).isPositive();
  }

  @Test
  void shouldReturnWhatIsTakenBackFromARunWhileItTakesNoWork() {
    PoolWorld world = new PoolWorld(3).lease(A, NONE, 1).finish(1, TINY, 0);
    world.lease(A, PoolWorld.limit(10), 2, 3).forget();
    world.lease(B, NONE, 1).finish(4, TINY, 0).lease(B, NONE, 2, 3, 4, 5).forget();
    world.pass(30 * MILLI);
    world.tell(new PoolCommand.Revoked(2, 0, true)).tell(new PoolCommand.Revoked(3, 0, true));
    world.pass(1_100 * MILLI);

    int run = world.all(PoolEffect.Truncate.class).get(0).run();
    world.forget().tell(new PoolCommand.Truncated(run, 1));

    assertThat(world.returned(B)).isNotEmpty();
  }

  // --------------------------------------------------------------- parking

  @Test
  void shouldGiveTheSlotOfAWaitingTaskToAnotherAndBackInTurn() {
    PoolWorld world = new PoolWorld(1).lease(A, NONE, 1, 2).forget();
    world.tell(new PoolCommand.Parked(1));
    assertThat(world.started()).containsExactly(List.of(2L));

    world.tell(new PoolCommand.Unparked(1));
    assertThat(world.all(PoolEffect.Unpark.class)).isEmpty();

    world.finish(2, 50 * MILLI, 0);
    assertThat(world.all(PoolEffect.Unpark.class)).containsExactly(new PoolEffect.Unpark(1));
  }

  @Test
  void shouldAskForMoreWhileATaskWaits() {
    PoolWorld world = new PoolWorld(1).lease(A, NONE, 1).tell(new PoolCommand.Parked(1));

    assertThat(world.demanded(A)).isEqualTo(2);
  }

  @Test
  void shouldLetAThreadGoOnWhoseRunWasRevokedMeanwhile() {
    PoolWorld world = new PoolWorld(1).tell(new PoolCommand.Unparked(77));

    assertThat(world.all(PoolEffect.Unpark.class)).containsExactly(new PoolEffect.Unpark(77));
  }

  // --------------------------------------------------------------- caution

  @Test
  void shouldTellAndWaitForGoBeforeACautiousAttemptStarts() {
    PoolWorld world = new PoolWorld(1).lease(A, ID, NONE, Caution.TELL, 1);
    assertThat(world.started()).isEmpty();
    assertThat(world.sent(A, JobMessage.Started.class)).hasSize(1);

    world.hear(new PoolMessage.Go(A, ID, new long[] {1}));

    assertThat(world.started()).containsExactly(List.of(1L));
  }

  @Test
  void shouldSayThatItWaitsForGoUntilItComes() {
    PoolWorld world = new PoolWorld(1).lease(A, ID, NONE, Caution.TELL, 1).forget();

    world.pass(LIMITS.status());

    assertThat(world.sent(A, JobMessage.Holding.class))
        .singleElement()
        .satisfies(holding -> assertThat(holding.waiting()).containsExactly(1));
  }

  @Test
  void shouldRunNoTwoSuspectTasksSideBySide() {
    PoolWorld world = new PoolWorld(2).lease(A, ID, NONE, Caution.ALONE, 1, 2);
    assertThat(world.sent(A, JobMessage.Started.class))
        .singleElement()
        .satisfies(started -> assertThat(started.leases()).containsExactly(1));

    world.hear(new PoolMessage.Go(A, ID, new long[] {1})).forget().finish(1, 50 * MILLI, 0);

    assertThat(world.sent(A, JobMessage.Started.class))
        .singleElement()
        .satisfies(started -> assertThat(started.leases()).containsExactly(2));
  }

  @Test
  void shouldLetASuspectTaskWaitForAnotherSuspectTask() {
    PoolWorld world = new PoolWorld(2).lease(A, ID, NONE, Caution.ALONE, 1, 2);
    world.hear(new PoolMessage.Go(A, ID, new long[] {1})).tell(new PoolCommand.Parked(1));
    world.hear(new PoolMessage.Go(A, ID, new long[] {2})).tell(new PoolCommand.Unparked(1));
    assertThat(world.started()).containsExactly(List.of(1L), List.of(2L));
    assertThat(world.all(PoolEffect.Unpark.class)).isEmpty();

    world.finish(2, 50 * MILLI, 0);

    assertThat(world.all(PoolEffect.Unpark.class)).containsExactly(new PoolEffect.Unpark(1));
  }

  // ---------------------------------------------------------- end of things

  @Test
  void shouldReturnWhatWaitsAndFinishWhatRunsWhenItDrains() {
    PoolWorld world = new PoolWorld(1).lease(A, NONE, 1, 2).forget();
    world.tell(new PoolCommand.Drain(world.now + 1_000 * MILLI));
    world.tell(new PoolCommand.Truncated(1, 1));
    assertThat(world.returned(A)).containsExactly(2);
    assertThat(world.sent(A, JobMessage.Demand.class)).anyMatch(JobMessage.Demand::leaving);

    world.finish(1, 50 * MILLI, 0).pass(MILLI);
    assertThat(world.all(PoolEffect.Drained.class)).isEmpty();

    long sequence = world.sent(A, JobMessage.Reports.class).get(0).sequence();
    world.hear(new PoolMessage.ReportsReceived(A, ID, sequence)).pass(MILLI);
    assertThat(world.all(PoolEffect.Drained.class)).hasSize(1);
  }

  @Test
  void shouldReturnWhatStillRunsWhenTheTimeToDrainIsOver() {
    PoolWorld world = new PoolWorld(1).lease(A, NONE, 1);
    world.tell(new PoolCommand.Drain(world.now + MILLI)).tell(new PoolCommand.Truncated(1, 1));

    world.pass(2 * MILLI).tell(new PoolCommand.Revoked(1, 0, true));

    assertThat(world.returned(A)).containsExactly(1);
  }

  @Test
  void shouldDropAJobWhoseSupervisorIsSilent() {
    PoolWorld world = new PoolWorld(1).lease(A, NONE, 1, 2).forget();

    world.pass(LIMITS.silence() + 1).tell(new PoolCommand.Truncated(1, 1));
    assertThat(world.all(PoolEffect.Revoke.class)).containsExactly(new PoolEffect.Revoke(1, 0));
    world.tell(new PoolCommand.Revoked(1, 0, true)).finish(1, MILLI);

    assertThat(world.state.isIdle()).isTrue();
  }

  @Test
  void shouldKeepAJobWhoseSupervisorAnswersItsHoldings() {
    PoolWorld world = new PoolWorld(1).lease(A, NONE, 1).forget();

    for (int i = 0; i < 60; i++) {
      world.pass(LIMITS.silence() / 20);
      world.hear(new PoolMessage.HoldingReceived(A, ID, i));
    }

    assertThat(world.all(PoolEffect.Truncate.class)).isEmpty();
  }

  @Test
  void shouldDropAJobThatIsGoneOrWhoseNodeIsRemoved() {
    PoolWorld world = new PoolWorld(2).lease(A, NONE, 1).lease(B, NONE, 1);

    world.hear(new PoolMessage.JobGone(A)).tell(new PoolCommand.NodeRemoved(B.node()));
    world.tell(new PoolCommand.Truncated(1, 0)).tell(new PoolCommand.Truncated(2, 0));
    world.finish(1, 0).finish(2, 0);

    assertThat(world.state.isIdle()).isTrue();
    assertThat(world.reported(A)).isEmpty();
  }
}
