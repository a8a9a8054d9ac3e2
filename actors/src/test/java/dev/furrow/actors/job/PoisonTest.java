package dev.furrow.actors.job;

import static dev.furrow.actors.job.JobWorld.LIMITS;
import static dev.furrow.actors.job.JobWorld.PLAIN;
import static dev.furrow.actors.job.JobWorld.pool;
import static org.assertj.core.api.Assertions.assertThat;

import dev.furrow.actors.wire.Caution;
import dev.furrow.actors.wire.JobMessage;
import dev.furrow.actors.wire.PoolId;
import dev.furrow.actors.wire.PoolMessage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which losses count against a task, and what follows from them. */
class PoisonTest {

  private static final PoolId A = pool(1);
  private static final PoolId B = pool(2);
  private static final PoolId C = pool(3);

  private final JobWorld world = new JobWorld();

  @Test
  void shouldEndATaskByNameWhenTwoNodesEndedWhileTheyRanIt() throws Exception {
    world.accept(1, PLAIN);
    world.join(A, 1).start(A, 1).close(A, true).remove(A, false);
    world.join(B, 1).start(B, 2).close(B, true).remove(B, false);

    List<OutcomeRecord> outcomes = world.read();
    assertThat(outcomes).hasSize(1);
    assertThat(JobWorld.failureText(outcomes.get(0)))
        .startsWith("POISON")
        .contains("node-1 and node-2", "System.exit");
  }

  @Test
  void shouldNeverCountSilence() {
    world.accept(1, PLAIN);
    for (int i = 1; i <= 5; i++) {
      world.join(pool(i), 1).start(pool(i), i).close(pool(i), false).remove(pool(i), false);
      world.pass(LIMITS.silence() + 1);
    }

    assertThat(world.read()).isEmpty();
    assertThat(world.place(0)).isEqualTo(TaskEntry.Place.QUEUED);
  }

  @Test
  void shouldNotCountALeaseThatIsNotKnownToHaveStarted() {
    world.accept(1, PLAIN);
    for (int i = 1; i <= 4; i++) {
      world.join(pool(i), 1).close(pool(i), true).remove(pool(i), false);
    }

    assertThat(world.place(0)).isEqualTo(TaskEntry.Place.QUEUED);
  }

  @Test
  void shouldNotCountANodeThatLeft() {
    world.accept(1, PLAIN);
    for (int i = 1; i <= 4; i++) {
      world.join(pool(i), 1).start(pool(i), i).close(pool(i), true).remove(pool(i), true);
    }

    assertThat(world.place(0)).isEqualTo(TaskEntry.Place.QUEUED);
  }

  @Test
  void shouldWantToKnowTheStartAfterALossAndRunAloneAfterAStart() {
    world.accept(1, PLAIN);
    assertThat(cautionAt(A)).isEqualTo(Caution.NONE);
    world.close(A, true).remove(A, false);
    assertThat(cautionAt(B)).isEqualTo(Caution.TELL);
    world.start(B, 2).close(B, true).remove(B, false);
    assertThat(cautionAt(C)).isEqualTo(Caution.ALONE);
  }

  private Caution cautionAt(PoolId pool) {
    world.join(pool, 1);
    return Caution.values()[world.sent(pool, PoolMessage.Leases.class).get(0).caution()[0]];
  }

  @Test
  void shouldHoldATaskUntilItIsKnownWhetherTwoNodesEnded() {
    world.accept(1, PLAIN).join(A, 1).start(A, 1).close(A, true);
    world.join(B, 1).start(B, 2).close(B, true).join(C, 1);

    assertThat(world.place(0)).isEqualTo(TaskEntry.Place.HELD);
    assertThat(world.leased(C)).isEmpty();

    world.remove(A, true);
    assertThat(world.leased(C)).containsExactly(3);
  }

  @Test
  void shouldHoldAWaitingTaskWhenTheSecondNodeTurnsOutToHaveEnded() {
    world.accept(1, PLAIN).join(A, 1).start(A, 1).close(A, true).remove(A, false);
    world.join(B, 1).start(B, 2).close(B, false);
    assertThat(world.place(0)).isEqualTo(TaskEntry.Place.QUEUED);

    world.close(B, true);

    assertThat(world.place(0)).isEqualTo(TaskEntry.Place.HELD);
  }

  @Test
  void shouldNotSuspectANodeThatAnsweredAfterAll() {
    world.accept(1, JobWorld.retrying(3, 0)).join(A, 1).start(A, 1).close(A, true);
    world.fail(A, 1, 0).pass(LIMITS.backoffCap());
    world.join(B, 1).start(B, 2).close(B, true);

    assertThat(world.place(0)).isEqualTo(TaskEntry.Place.QUEUED);
  }

  @Test
  void shouldLetACautiousAttemptGoOnceItsStartIsNoted() {
    world.accept(1, PLAIN).join(A, 1).close(A, true).remove(A, false).join(B, 1);
    assertThat(world.sent(B, PoolMessage.Go.class)).isEmpty();

    world.start(B, 2);

    assertThat(world.sent(B, PoolMessage.Go.class))
        .singleElement()
        .satisfies(go -> assertThat(go.leases()).containsExactly(2));
  }

  @Test
  void shouldLetACautiousAttemptGoEvenWhenNothingIsHeldAgainstItsTaskAnyMore() {
    world.accept(1, PLAIN).join(A, 1).start(A, 1).close(A, true).join(B, 1);
    world.remove(A, true);

    world.hear(
        new JobMessage.Holding(JobWorld.KEY, B, 900, new long[] {2}, new long[0], new long[] {2}));

    assertThat(world.sent(B, PoolMessage.Go.class)).hasSize(1);
  }

  @Test
  void shouldStopACautiousAttemptThatIsNotWantedAnyMore() {
    world.accept(1, PLAIN).join(A, 1).close(A, true).remove(A, false).join(B, 1);
    world.tell(new JobCommand.CancelTask(0));
    world.effects.clear();

    world.start(B, 2);

    assertThat(world.sent(B, PoolMessage.Go.class)).isEmpty();
    assertThat(world.sent(B, PoolMessage.Cancel.class)).hasSize(1);
  }
}
