package dev.furrow.actors.job;

import static dev.furrow.actors.job.JobWorld.LIMITS;
import static dev.furrow.actors.job.JobWorld.MILLI;
import static dev.furrow.actors.job.JobWorld.PLAIN;
import static dev.furrow.actors.job.JobWorld.pool;
import static org.assertj.core.api.Assertions.assertThat;

import dev.furrow.JobStatus;
import dev.furrow.TaskFailure;
import dev.furrow.actors.wire.FailureRecord;
import dev.furrow.actors.wire.JobKey;
import dev.furrow.actors.wire.JobMessage;
import dev.furrow.actors.wire.LeaseTerms;
import dev.furrow.actors.wire.PoolId;
import dev.furrow.actors.wire.PoolMessage;
import dev.furrow.actors.wire.ReportKind;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JobStateTest {

  private static final PoolId A = pool(1);
  private static final PoolId B = pool(2);

  private final JobWorld world = new JobWorld();

  // ------------------------------------------------------------ demand

  @Test
  void shouldGrantNothingToAPoolThatHasNotAsked() {
    world.connect(A).accept(3, PLAIN);

    assertThat(world.leased(A)).isEmpty();
    assertThat(world.sent(A, PoolMessage.Announce.class)).hasSize(1);
  }

  @Test
  void shouldGrantNoMoreThanIsAskedForWhenDemandIsRepeated() {
    world.accept(5, PLAIN).join(A, 2).demand(A, 2).demand(A, 2);

    assertThat(world.leased(A)).containsExactly(1, 2);
  }

  @Test
  void shouldIgnoreADemandThatIsOlderThanTheNewest() {
    world.accept(5, PLAIN).connect(A).demand(A, 7, 1, Map.of()).demand(A, 6, 5, Map.of());

    assertThat(world.leased(A)).hasSize(1);
  }

  @Test
  void shouldGrantLaterWhenWorkArrivesAfterTheDemand() {
    world.join(A, 2).accept(1, PLAIN);

    assertThat(world.tasksAt(A)).containsExactly(0);
  }

  @Test
  void shouldShareWorkBetweenPoolsByLoad() {
    world.join(A, 4).join(B, 4).accept(4, PLAIN);

    assertThat(world.leased(A)).hasSize(2);
    assertThat(world.leased(B)).hasSize(2);
  }

  @Test
  void shouldAskAPoolThatWantsNothingOnlyNowAndThen() {
    world.join(A, 0).accept(1, PLAIN);
    world.effects.clear();

    for (int i = 0; i < 20; i++) {
      world.demand(A, 0).tell(new JobCommand.Dispatch());
    }
    assertThat(world.sent(A, PoolMessage.Announce.class)).isEmpty();

    world.pass(LIMITS.resend() + 1);
    assertThat(world.sent(A, PoolMessage.Announce.class)).hasSize(1);
  }

  @Test
  void shouldAnnounceAgainAfterATurnInWhichNothingHappened() {
    world.connect(A).accept(1, PLAIN);
    world.state.apply(List.of());
    world.effects.clear();

    world.pass(LIMITS.resend() + 1);

    assertThat(world.sent(A, PoolMessage.Announce.class)).hasSize(1);
  }

  // -------------------------------------------------------- one result

  @Test
  void shouldCommitTheFirstSuccessAndIgnoreLaterOnes() {
    world.accept(1, PLAIN).join(A, 1).pass(LIMITS.silence() + 1).join(B, 1);
    assertThat(world.leased(B)).containsExactly(2);

    world.succeed(B, 2, 0, "second").succeed(A, 1, 0, "first").fail(A, 1, 0);

    List<OutcomeRecord> outcomes = world.read();
    assertThat(outcomes).hasSize(1);
    assertThat(outcomes.get(0).body()).asString().isEqualTo("second");
  }

  @Test
  void shouldCommitASuccessThatASuspectPoolBrings() {
    world.accept(1, PLAIN).join(A, 1).close(A, true);

    world.succeed(A, 1, 0, "made it");

    assertThat(world.read())
        .extracting(OutcomeRecord::kind)
        .containsExactly(OutcomeRecord.Kind.SUCCEEDED);
  }

  @Test
  void shouldNotBelieveALeaseThatWasNeverIssued() {
    world.accept(1, PLAIN).join(A, 1);

    world.succeed(A, 99, 0, "forged").fail(A, 98, 0);

    assertThat(world.place(0)).isEqualTo(TaskEntry.Place.LEASED);
  }

  @Test
  void shouldChangeNothingWhenAnotherEpochReports() {
    world.accept(1, PLAIN).join(A, 1);
    JobMessage.Reports old =
        new JobMessage.Reports(
            new JobKey("job", 0, JobWorld.KEY.node()),
            A,
            1,
            new long[] {1},
            new long[] {0},
            new int[] {0},
            new long[] {1},
            0,
            List.of(new byte[1]));

    assertThat(world.state.decide(List.of(new JobCommand.FromPool(old)), world.now)).isEmpty();
  }

  @Test
  void shouldWaitForALiveSiblingBeforeATaskFails() {
    world.accept(1, PLAIN).join(A, 1).pass(LIMITS.silence() + 1).join(B, 1).demand(A, 1);

    world.report(A, 1, 0, ReportKind.FAILED_FOR_GOOD, "no");
    assertThat(world.read()).isEmpty();

    world.succeed(B, 2, 0, "yes");
    assertThat(world.read())
        .extracting(OutcomeRecord::kind)
        .containsExactly(OutcomeRecord.Kind.SUCCEEDED);
  }

  @Test
  void shouldWaitForASuspectSiblingWhenNoAttemptIsLeftAndFailWithItsLoss() {
    world.accept(1, PLAIN).join(A, 1).pass(LIMITS.silence() + 1).join(B, 1);

    world.fail(B, 2, 0);
    assertThat(world.read()).isEmpty();
    assertThat(world.leased(B)).isEmpty();

    world.remove(A, false);
    assertThat(world.read())
        .extracting(OutcomeRecord::kind)
        .containsExactly(OutcomeRecord.Kind.FAILED);
  }

  @Test
  void shouldAskASuspectPoolThatAloneStillHoldsATask() {
    world.accept(1, PLAIN).join(A, 1).pass(LIMITS.silence() + 1).join(B, 1).fail(B, 2, 0);
    world.effects.clear();

    world.pass(LIMITS.resend() + 1);

    assertThat(world.sent(A, PoolMessage.Announce.class)).hasSize(1);
  }

  // ------------------------------------------------------ nothing lost

  @Test
  void shouldRequeueLeasesWhenNodeIsLost() {
    world.accept(2, PLAIN).join(A, 2).remove(A, false).join(B, 2);

    assertThat(world.tasksAt(B)).containsExactlyInAnyOrder(0, 1);
  }

  @Test
  void shouldRequeueLeasesWhenAConnectionBreaks() {
    world.accept(1, PLAIN).join(A, 1).close(A, false).join(B, 1);

    assertThat(world.tasksAt(B)).containsExactly(0);
  }

  @Test
  void shouldLoseLeasesWhenAPoolComesBackUnderANewIncarnation() {
    world.accept(1, PLAIN).join(A, 1).demand(pool(1, 2), 1);

    assertThat(world.leased(A)).containsExactly(1, 2);
    assertThat(world.state.snapshot(world.now).lost()).isEqualTo(1);
  }

  @Test
  void shouldIgnoreWhatAnEarlierIncarnationSays() {
    world.accept(3, PLAIN).join(A, 1).demand(pool(1, 2), 1);
    world.effects.clear();

    world.demand(A, 3).hear(new JobMessage.Returned(JobWorld.KEY, A, new long[] {2}));

    assertThat(world.leased(A)).isEmpty();
    assertThat(world.place(0)).isEqualTo(TaskEntry.Place.LEASED);
  }

  @Test
  void shouldRequeueALeaseThatAPoolReturns() {
    world.accept(1, PLAIN).join(A, 1);

    world.hear(new JobMessage.Returned(JobWorld.KEY, A, new long[] {1}));

    assertThat(world.leased(A)).containsExactly(1, 2);
  }

  @Test
  void shouldRequeueALeaseThatAPoolTwiceDoesNotName() {
    world.accept(1, PLAIN).join(A, 1).pass(LIMITS.resend() + 1);

    world.hold(A);
    assertThat(world.leased(A)).containsExactly(1);
    world.hold(A);
    assertThat(world.leased(A)).containsExactly(1, 2);
  }

  @Test
  void shouldNotTakeADoubledHoldingForASecondOne() {
    world.accept(1, PLAIN).join(A, 1).pass(LIMITS.resend() + 1);
    JobMessage.Holding nothing =
        new JobMessage.Holding(JobWorld.KEY, A, 500, new long[0], new long[0], new long[0]);

    world.hear(nothing).hear(nothing);

    assertThat(world.leased(A)).containsExactly(1);
  }

  @Test
  void shouldStopALeaseThatItDoesNotKnow() {
    world.accept(1, PLAIN).join(A, 1).hold(A, 1, 55);

    assertThat(world.sent(A, PoolMessage.Cancel.class))
        .singleElement()
        .satisfies(cancel -> assertThat(cancel.leases()).containsExactly(55));
  }

  @Test
  void shouldTakeBackAWaitingTaskWhenItsSuspectPoolSpeaks() {
    world.accept(1, PLAIN).join(A, 1).pass(LIMITS.silence() + 1);
    assertThat(world.place(0)).isEqualTo(TaskEntry.Place.QUEUED);

    world.demand(A, 1);

    assertThat(world.place(0)).isEqualTo(TaskEntry.Place.LEASED);
    assertThat(world.leased(A)).containsExactly(1);
  }

  @Test
  void shouldGiveUpATaskThatIsLostTooOften() throws Exception {
    world.accept(1, PLAIN);
    for (int i = 0; i <= LIMITS.maxLost(); i++) {
      world.join(pool(i), 1).remove(pool(i), false);
    }

    assertThat(JobWorld.failureText(world.read().get(0))).contains("LOST", "furrow.jobs.max-lost");
  }

  // ----------------------------------------------------------- retries

  @Test
  void shouldRetryAfterABackoffWithFullJitterUpToTheCap() {
    for (int seed = 0; seed < 40; seed++) {
      JobWorld one = new JobWorld();
      one.accept(1, JobWorld.retrying(5, 300 * MILLI)).join(A, 1);
      for (int i = 0; i < seed; i++) {
        one.fail(A, 1_000, 99);
      }
      long lease = 1;
      for (int failures = 1; failures <= 5; failures++) {
        one.fail(A, lease++, 0);
        assertThat(one.place(0)).isEqualTo(TaskEntry.Place.DELAYED);
        TaskEntry task = one.state.task(0);
        assertThat(task).isNotNull();
        assertThat(task.dueAt - one.now)
            .isBetween(0L, Math.min(LIMITS.backoffCap(), (300 * MILLI) << (failures - 1)));
        one.pass(LIMITS.backoffCap());
      }
      one.fail(A, lease, 0);
      assertThat(one.read()).extracting(OutcomeRecord::attempts).containsExactly(6);
    }
  }

  @Test
  void shouldNotRetryWhatFailedForGood() {
    world.accept(1, JobWorld.retrying(5, 0)).join(A, 1);

    world.report(A, 1, 0, ReportKind.FAILED_FOR_GOOD, "x");

    assertThat(world.read())
        .extracting(OutcomeRecord::kind)
        .containsExactly(OutcomeRecord.Kind.FAILED);
  }

  @Test
  void shouldEndAsTimedOutWithItsLimitWhenNoRetryIsLeft() {
    TaskTerms terms = new TaskTerms(new LeaseTerms(250, 0, Map.of(), List.of()), 0, 0);
    world.accept(1, terms).join(A, 1).report(A, 1, 0, ReportKind.TIMED_OUT, "");

    assertThat(world.read())
        .singleElement()
        .satisfies(
            outcome -> {
              assertThat(outcome.kind()).isEqualTo(OutcomeRecord.Kind.TIMED_OUT);
              assertThat(outcome.limitMillis()).isEqualTo(250);
            });
  }

  @Test
  void shouldNotCountALossAsARetry() {
    world.accept(1, PLAIN).join(A, 1).remove(A, false).join(B, 1).succeed(B, 2, 0, "ok");

    assertThat(world.read())
        .extracting(OutcomeRecord::kind)
        .containsExactly(OutcomeRecord.Kind.SUCCEEDED);
    assertThat(world.state.snapshot(world.now).retried()).isZero();
  }

  // ------------------------------------------------------- cancellation

  @Test
  void shouldCancelATaskThatWaits() {
    world.accept(1, PLAIN).tell(new JobCommand.CancelTask(0)).join(A, 1);

    assertThat(world.leased(A)).isEmpty();
    assertThat(world.read())
        .extracting(OutcomeRecord::kind)
        .containsExactly(OutcomeRecord.Kind.CANCELLED);
  }

  @Test
  void shouldStopTheAttemptWhenALeasedTaskIsCancelled() {
    world.accept(1, PLAIN).join(A, 1).tell(new JobCommand.CancelTask(0));

    assertThat(world.sent(A, PoolMessage.Cancel.class)).hasSize(1);
    assertThat(world.succeed(A, 1, 0, "late").read())
        .extracting(OutcomeRecord::kind)
        .containsExactly(OutcomeRecord.Kind.CANCELLED);
  }

  @Test
  void shouldCancelTheRestWhenTheFirstFailureIsFinal() {
    JobWorld strict = new JobWorld(LIMITS, true);
    strict.accept(3, PLAIN).join(A, 1).fail(A, 1, 0);

    assertThat(strict.read())
        .extracting(OutcomeRecord::kind)
        .containsExactly(
            OutcomeRecord.Kind.FAILED, OutcomeRecord.Kind.CANCELLED, OutcomeRecord.Kind.CANCELLED);
    assertThat(strict.state.snapshot(strict.now).status()).isEqualTo(JobStatus.FAILED);
  }

  @Test
  void shouldFailAndCancelTheRestWhenTheSourceThrows() {
    FailureRecord failure = FailureRecord.of(TaskFailure.Kind.INPUT, "Broken", "line 3", "driver");
    world.accept(1, PLAIN).tell(new JobCommand.EndSource(failure));

    assertThat(world.read())
        .extracting(OutcomeRecord::kind)
        .containsExactly(OutcomeRecord.Kind.CANCELLED);
    JobSnapshot snapshot = world.state.snapshot(world.now);
    assertThat(snapshot.status()).isEqualTo(JobStatus.FAILED);
    assertThat(snapshot.sourceFailure()).isEqualTo(failure);
  }

  @Test
  void shouldTellPoolsThatACancelledJobIsGone() {
    world.accept(2, PLAIN).join(A, 1).tell(new JobCommand.CancelJob());

    assertThat(world.sent(A, PoolMessage.JobGone.class)).hasSize(1);
    assertThat(world.state.snapshot(world.now).status()).isEqualTo(JobStatus.CANCELLED);
  }

  // ----------------------------------------------------------- outcomes

  @Test
  void shouldGrantNothingWhileTheWindowIsFullAndGoOnWhenItIsRead() {
    JobLimits narrow =
        new JobLimits(
            MILLI, MILLI, 10, 64, 2, 1 << 20, LIMITS.silence(), 2, MILLI, LIMITS.resend());
    JobWorld slow = new JobWorld(narrow, false);
    slow.accept(4, PLAIN).join(A, 2).succeed(A, 1, 0, "a").succeed(A, 2, 1, "b");
    assertThat(slow.leased(A)).containsExactly(1, 2, 3);
    slow.effects.clear();
    slow.demand(A, 2);
    assertThat(slow.leased(A)).isEmpty();

    slow.tell(new JobCommand.Fetch(2));

    assertThat(slow.leased(A)).containsExactly(4);
  }

  @Test
  void shouldStayUntilTheDriverSaysThatItKnowsTheEnd() {
    OutcomeCursor cursor = new OutcomeCursor();
    world.tell(new JobCommand.EndSource(null));
    assertThat(world.state.isFinished()).isFalse();

    world.tell(new JobCommand.Fetch(cursor.next())).tell(new JobCommand.Fetch(cursor.next()));
    assertThat(world.state.isFinished()).isFalse();
    OutcomeBatch last = world.all(JobEffect.Deliver.class).get(1).batch();
    assertThat(last.last()).isTrue();

    assertThat(cursor.accept(last)).isEmpty();
    world.tell(new JobCommand.Fetch(cursor.next()));
    assertThat(world.state.isFinished()).isTrue();
  }

  @Test
  void shouldReleaseTheSpaceOfTasksThatEnd() {
    world.accept(2, PLAIN).join(A, 2).succeed(A, 1, 0, "x");

    assertThat(world.all(JobEffect.Release.class)).containsExactly(new JobEffect.Release(1, 1));
  }

  // --------------------------------------------------------------- why

  @Test
  void shouldSayWhenNoNodeHasWhatATaskRequires() {
    world.accept(1, JobWorld.requiring("gpu", 2)).connect(A).demand(A, 1, 1, Map.of("gpu", 1L));

    world.pass(10 * LIMITS.resend() + 1);

    assertThat(world.leased(A)).isEmpty();
    assertThat(world.all(JobEffect.Warn.class))
        .singleElement()
        .satisfies(warn -> assertThat(warn.text()).contains("{gpu=2}", "{gpu=1}"));
  }

  @Test
  void shouldSayWhenNoNodeTakesWork() {
    world.accept(1, PLAIN).pass(10 * LIMITS.resend() + 1);

    assertThat(world.all(JobEffect.Warn.class))
        .singleElement()
        .satisfies(warn -> assertThat(warn.text()).contains("no node takes work"));
  }

  @Test
  void shouldLeaseNoMoreOfAResourceThanANodeHas() {
    world.accept(3, JobWorld.requiring("gpu", 1)).connect(A).demand(A, 1, 8, Map.of("gpu", 2L));

    assertThat(world.leased(A)).hasSize(2);
    world.succeed(A, 1, 0, "x");
    assertThat(world.leased(A)).hasSize(3);
  }

  // --------------------------------------------------------- slot time

  @Test
  void shouldCountTheTimeOfSlotsThatWereOfferedAndThatHadALease() {
    world.join(A, 2).accept(1, PLAIN).pass(100 * MILLI).succeed(A, 1, 0, "x").pass(50 * MILLI);

    JobSnapshot.SlotTime time = world.state.snapshot(world.now).slotTime();

    assertThat(time.offered()).isEqualTo(2 * 150 * MILLI);
    assertThat(time.occupied()).isEqualTo(100 * MILLI);
    assertThat(time.running()).isEqualTo(5);
  }

  @Test
  void shouldCountNoSlotTimeOfAPoolThatIsSuspect() {
    world.join(A, 2).accept(1, PLAIN).close(A, false).pass(100 * MILLI);

    assertThat(world.state.snapshot(world.now).slotTime().offered()).isZero();
  }

  @Test
  void shouldGrantNoMoreThanOneASlotWhenTasksWeighMuch() {
    int half = (int) (Granting.MOST_BYTES / 2);
    List<NewTask> heavy =
        IntStream.range(0, 40).mapToObj(i -> new NewTask("Type", new byte[half], PLAIN)).toList();
    world.tell(new JobCommand.Accept(heavy)).join(A, 40);

    assertThat(world.leased(A)).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void shouldNotCountTheLateFailureOfASuspectBesideTheOneThatIsRetried() {
    world.accept(1, JobWorld.retrying(1, 10 * MILLI)).join(A, 1).pass(LIMITS.silence() + 1);
    world.join(B, 1).fail(B, 2, 0);

    world.connect(A).fail(A, 1, 0).pass(11 * MILLI);
    assertThat(world.read()).isEmpty();

    world.demand(A, 1).succeed(A, 3, 0, "at last");
    assertThat(world.read())
        .extracting(OutcomeRecord::kind)
        .containsExactly(OutcomeRecord.Kind.SUCCEEDED);
  }
}
