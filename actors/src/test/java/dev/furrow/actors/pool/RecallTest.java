package dev.furrow.actors.pool;

import static dev.furrow.actors.pool.PoolWorld.ID;
import static dev.furrow.actors.pool.PoolWorld.LIMITS;
import static dev.furrow.actors.pool.PoolWorld.MILLI;
import static dev.furrow.actors.wire.LeaseTerms.NONE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.furrow.actors.wire.Caution;
import dev.furrow.actors.wire.JobKey;
import dev.furrow.actors.wire.JobMessage;
import dev.furrow.actors.wire.PoolId;
import dev.furrow.actors.wire.PoolMessage;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Leases that another pool could start sooner. */
class RecallTest {

  private static final JobKey A = PoolWorld.job(1);
  private static final long MICRO = 1_000;

  private static PoolWorld recall(PoolWorld world, int most) {
    return world.forget().hear(new PoolMessage.Recall(A, ID, most));
  }

  /** What each answer names. */
  private static List<List<Long>> answers(PoolWorld world) {
    return world.sent(A, JobMessage.Returned.class).stream()
        .map(returned -> Arrays.stream(returned.leases()).boxed().toList())
        .toList();
  }

  /** One slot that runs a lease of 50 ms, with six behind it. */
  private static PoolWorld longTasks() {
    return new PoolWorld(1)
        .lease(A, NONE, 1)
        .finish(1, 50 * MILLI, 0)
        .lease(A, NONE, LongStream.rangeClosed(2, 8).toArray());
  }

  @Test
  void shouldReturnWhatWouldWaitLongest() {
    assertThat(answers(recall(longTasks(), 2))).containsExactly(List.of(8L, 7L));
  }

  @Test
  void shouldReturnNoMoreThanWaits() {
    PoolWorld world = recall(longTasks(), 100);

    assertThat(answers(world)).containsExactly(List.of(8L, 7L, 6L, 5L, 4L, 3L));
    assertThat(recall(world, 100).sent(A, JobMessage.Returned.class)).hasSize(1);
  }

  @Test
  void shouldReturnTheLowerPriorityFirst() {
    PoolWorld world = longTasks().lease(A, PoolWorld.urgent(5), 9);

    assertThat(answers(recall(world, 6))).containsExactly(List.of(8L, 7L, 6L, 5L, 4L, 3L));
  }

  @Test
  void shouldKeepWhatItsSlotsStartSoon() {
    PoolWorld world = new PoolWorld(2).lease(A, NONE, 1).finish(1, MILLI, 0);
    world.lease(A, NONE, LongStream.rangeClosed(2, 41).toArray());

    List<List<Long>> answers = answers(recall(world, 100));

    assertThat(answers).hasSize(1);
    // Two slots start ten within 5 ms, less what their runs of two have begun with.
    assertThat(36 - answers.get(0).size()).isBetween(6, 12);
    assertThat(answers.get(0)).startsWith(41L, 40L);
  }

  @Test
  void shouldReturnNothingWhenAllStartSoon() {
    PoolWorld world = new PoolWorld(2).lease(A, NONE, 1).finish(1, MICRO, 0);
    world.lease(A, NONE, LongStream.rangeClosed(2, 100).toArray());

    assertThat(answers(recall(world, 100))).containsExactly(List.of());
  }

  @Test
  void shouldReturnWhatWaitsBehindATaskThatGoesOn() {
    PoolWorld world = new PoolWorld(1).lease(A, NONE, 1).finish(1, 400 * MICRO, 0);
    world.lease(A, NONE, 2, 3, 4, 5);
    assertThat(world.state.isIdle()).isFalse();
    world.now += 6 * MILLI;

    recall(world, 10);
    assertThat(answers(world)).isEmpty();
    assertThat(world.all(PoolEffect.Truncate.class)).containsExactly(new PoolEffect.Truncate(2));
    world.tell(new PoolCommand.Truncated(2, 1));

    assertThat(answers(world)).containsExactly(List.of(5L, 4L, 3L));
  }

  @Test
  void shouldAnswerEvenWhenARunHasNothingToGiveBack() {
    PoolWorld world = new PoolWorld(1).lease(A, NONE, 1).finish(1, 400 * MICRO, 0);
    world.lease(A, NONE, 2, 3);
    world.now += 6 * MILLI;

    recall(world, 10).finish(2, 3 * MILLI, 0, 1);

    assertThat(answers(world)).containsExactly(List.of());
  }

  @Test
  void shouldAnswerEachRecallOnce() {
    PoolWorld world = longTasks().forget();

    PoolMessage recall = new PoolMessage.Recall(A, ID, 2);
    PoolCommand command = new PoolCommand.FromJob(recall);
    world.effects.addAll(world.state.apply(List.of(command, command), world.now));
    world.pass(MILLI);

    assertThat(answers(world)).containsExactly(List.of(8L, 7L), List.of(6L, 5L));
  }

  @Test
  void shouldReturnNothingWhenNothingIsWanted() {
    assertThat(answers(recall(longTasks(), 0))).containsExactly(List.of());
    assertThat(answers(recall(longTasks(), -1))).containsExactly(List.of());
  }

  @Test
  void shouldAnswerAJobThatItDoesNotKnow() {
    assertThat(answers(recall(new PoolWorld(1), 5))).containsExactly(List.of());
  }

  /** It may have been forgotten while a lease to this pool was lost on the way. */
  @Test
  void shouldSayThatItHoldsNothingToAJobThatItDoesNotKnow() {
    PoolWorld world = recall(new PoolWorld(1), 5).pass(LIMITS.status());

    List<JobMessage.Holding> holdings = world.sent(A, JobMessage.Holding.class);
    assertThat(holdings).hasSize(1);
    assertThat(holdings.get(0).held()).isEmpty();
  }

  @Test
  void shouldNotAnswerForAnotherLife() {
    PoolWorld world = longTasks().forget();

    world.hear(new PoolMessage.Recall(A, new PoolId(ID.node(), ID.incarnation() - 1), 5));

    assertThat(answers(world)).isEmpty();
  }

  @Test
  void shouldKeepWhatAwaitsGo() {
    PoolWorld world = longTasks();
    world.finish(2, 50 * MILLI, 0).hear(new PoolMessage.Cancel(A, ID, new long[] {4, 5, 6, 7, 8}));
    world.finish(3, 50 * MILLI, 0).lease(A, ID, NONE, Caution.TELL, 10, 11);
    world.now += 110 * MILLI;

    assertThat(answers(recall(world, 5))).containsExactly(List.of(11L));
  }

  @Test
  void shouldNotStartWhatItReturned() {
    PoolWorld world = recall(longTasks(), 5).forget();

    world.finish(2, 50 * MILLI, 0).finish(3, 50 * MILLI, 0);

    assertThat(world.started()).containsExactly(List.of(3L));
    world.lease(A, NONE, 8);
    assertThat(world.started()).containsExactly(List.of(3L), List.of(8L));
  }

  @Test
  void shouldGiveFreeSlotsTheirShareFirst() {
    PoolWorld world = new PoolWorld(1).lease(A, NONE, 1, 2).forget();
    PoolCommand finished =
        new PoolCommand.Finished(
            1, List.of(new PoolCommand.Done(0, 0, MILLI, 0, new byte[1])), true);
    PoolCommand recall = new PoolCommand.FromJob(new PoolMessage.Recall(A, ID, 5));

    world.effects.addAll(world.state.apply(List.of(recall, finished), world.now));

    assertThat(world.started()).containsExactly(List.of(2L));
    assertThat(answers(world)).containsExactly(List.of());
  }

  @Test
  void shouldReturnWhatStandsBehindALongEntryAtOnceThoughItsRunTellsOfAnEarlierOne() {
    PoolWorld world =
        new PoolWorld(1)
            .lease(A, NONE, 1)
            .finish(1, 20 * MICRO, 0)
            .lease(A, NONE, LongStream.rangeClosed(2, 60).toArray());
    world.now += 5_000 * MILLI;
    recall(world, 5);
    PoolCommand.Done first = new PoolCommand.Done(0, 0, 20 * MICRO, 0, new byte[1]);

    world.tell(new PoolCommand.Truncated(2, 2, List.of(first)));

    assertThat(answers(world)).singleElement().satisfies(leases -> assertThat(leases).hasSize(5));
  }
}
