package dev.furrow.actors.pool;

import static dev.furrow.actors.pool.PoolWorld.LIMITS;
import static dev.furrow.actors.pool.PoolWorld.MILLI;
import static dev.furrow.actors.wire.LeaseTerms.NONE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.furrow.actors.wire.JobKey;
import dev.furrow.actors.wire.JobMessage;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sizes that follow the measured time of tasks. */
class GranularityTest {

  private static final JobKey A = PoolWorld.job(1);
  private static final JobKey B = PoolWorld.job(2);
  private static final long MICRO = 1_000;

  /** As the settings have them. */
  private static final PoolLimits DEFAULTS =
      new PoolLimits(
          1024,
          8192,
          10_000 * MILLI,
          1_000 * MILLI,
          1_000 * MILLI,
          20_000 * MILLI,
          30_000 * MILLI,
          16);

  // ------------------------------------------------------------- demand

  @Test
  void shouldWantNothingAheadWhileNothingIsKnownOfTheTasks() {
    PoolWorld world = new PoolWorld(4).announce(A).lease(A, NONE, 1, 2, 3, 4);

    assertThat(world.demanded(A)).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(longs = {10, 15, 20, 50, 1_000})
  void shouldWantFewLeasesAheadWhenTasksAreLong(long millis) {
    int slots = 4;
    PoolWorld world = new PoolWorld(slots).lease(A, NONE, 1, 2, 3, 4);
    for (int run = 1; run <= slots; run++) {
      world.finish(run, millis * MILLI, 0);
    }

    assertThat(world.demanded(A))
        .isGreaterThanOrEqualTo(slots)
        .isLessThanOrEqualTo((int) (slots * (1 + 20.0 / millis)));
  }

  @Test
  void shouldSayASmallChangeOfWhatItWantsWithTheNextHolding() {
    PoolWorld world = new PoolWorld(1).lease(A, NONE, 1).finish(1, 500 * MICRO, 0);
    int said = world.demanded(A);
    world.lease(A, NONE, 2, 3, 4, 5).forget();
    world.finish(2, 600 * MICRO, 0, 1);
    assertThat(world.sent(A, JobMessage.Demand.class)).isEmpty();

    world.pass(LIMITS.status());

    assertThat(world.demanded(A)).isBetween(1, said - 1);
  }

  @Test
  void shouldAskAtOnceForASlotThatHasNothingToDo() {
    PoolWorld world = new PoolWorld(8).lease(A, NONE, LongStream.range(0, 8).toArray()).forget();

    world.tell(new PoolCommand.Parked(1));

    assertThat(world.demanded(A)).isEqualTo(9);
  }

  @Test
  void shouldNotCountOnSlotsWhoseTasksGoOn() {
    PoolWorld world = new PoolWorld(2).lease(A, NONE, 1, 2).finish(1, MILLI, 0);
    assertThat(world.demanded(A)).isGreaterThan(30);
    world.lease(A, NONE, 3);

    world.pass(30 * MILLI);
    assertThat(world.demanded(A)).isEqualTo(2);

    world.finish(3, 30 * MILLI, 0);
    assertThat(world.demanded(A)).isGreaterThan(2);
  }

  // -------------------------------------------------------------- split

  @Test
  void shouldHandWhatWaitsBehindALongEntryToASlotThatHasNothingToDo() {
    PoolWorld world = new PoolWorld(2).lease(A, NONE, 1).finish(1, MICRO, 0).forget();
    world.lease(A, NONE, 2, 3, 4);
    assertThat(world.started()).hasSize(2);
    assertThat(world.started().get(0)).containsExactly(2L, 3L);
    world.now += 3 * MILLI;

    world.finish(3, MICRO, 0);
    assertThat(world.all(PoolEffect.Truncate.class)).containsExactly(new PoolEffect.Truncate(2));
    world.forget().tell(new PoolCommand.Truncated(2, 1));

    assertThat(world.started()).hasSize(1);
    assertThat(world.started().get(0)).containsExactly(3L);
  }

  @Test
  void shouldLeaveARunInPeaceThatIsAboutToEnd() {
    PoolWorld world = new PoolWorld(2).lease(A, NONE, 1).finish(1, MICRO, 0).forget();
    world.lease(A, NONE, 2, 3, 4);
    world.now += MICRO;

    world.finish(3, MICRO, 0);

    assertThat(world.all(PoolEffect.Truncate.class)).isEmpty();
  }

  @Test
  void shouldNoticeAtATickThatASlotHasNothingToDoBesideALongEntry() {
    PoolWorld world = new PoolWorld(2).lease(A, NONE, 1).finish(1, MICRO, 0);
    world.lease(A, NONE, 2, 3, 4).finish(3, MICRO, 0).forget();

    world.pass(20 * MILLI);

    assertThat(world.all(PoolEffect.Truncate.class)).containsExactly(new PoolEffect.Truncate(2));
  }

  @Test
  void shouldSplitALongRunOfKnownLengthAtOnce() {
    PoolWorld world = new PoolWorld(2).lease(A, NONE, 1).finish(1, 900 * MICRO, 0).forget();
    world.lease(A, NONE, 2, 3, 4);

    world.finish(3, 900 * MICRO, 0);

    assertThat(world.all(PoolEffect.Truncate.class)).containsExactly(new PoolEffect.Truncate(2));
  }

  @Test
  void shouldRunWhatWasTakenBackBeforeWhatCameLater() {
    PoolWorld world = new PoolWorld(1).lease(A, NONE, 1).finish(1, MICRO, 0);
    world.lease(A, NONE, 2, 3, 4);
    world.now += MILLI;
    world.lease(A, NONE, 5, 6).pass(30 * MILLI).tell(new PoolCommand.Truncated(2, 1)).forget();

    world.finish(2, 30 * MILLI, 0).finish(3, 30 * MILLI, 0);

    assertThat(world.started().get(0).get(0)).isEqualTo(3L);
    assertThat(world.started().get(1).get(0)).isEqualTo(4L);
  }

  // ------------------------------------------------------------ over time

  @Test
  void shouldSayLittleAboutTinyTasks() {
    SplittableRandom random = new SplittableRandom(1);
    int tasks = 400_000;
    long[] lengths = random.longs(tasks, MICRO, 9 * MICRO).toArray();

    NodeLoop loop = new NodeLoop(4, DEFAULTS, lengths).run();

    assertThat(loop.messages).isLessThan(tasks / 50);
    assertThat(loop.demands).isLessThan(tasks / 4_000);
  }

  @Test
  void shouldKeepSlotsBusyWithTinyTasks() {
    SplittableRandom random = new SplittableRandom(1);
    long[] lengths = random.longs(200_000, 5 * MICRO, 15 * MICRO).toArray();

    NodeLoop loop = new NodeLoop(4, DEFAULTS, lengths).run();

    double ideal = Arrays.stream(lengths).sum() / 4.0;
    assertThat(ideal / loop.now).isGreaterThan(0.9);
  }

  @Test
  void shouldHoldFewLongTasks() {
    long[] lengths = new long[1_000];
    Arrays.fill(lengths, 10 * MILLI);

    NodeLoop loop = new NodeLoop(8, DEFAULTS, lengths).run();

    assertThat(loop.mostAsked).isLessThanOrEqualTo(8 * 3);
    assertThat(8 * (double) loop.now).isLessThan(1.1 * Arrays.stream(lengths).sum());
  }

  @Test
  void shouldKeepEverySlotBusyWhenAJobMixesTinyAndLongTasks() {
    for (int seed = 1; seed <= 20; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      long[] lengths = new long[20_000];
      Arrays.fill(lengths, 10 * MICRO);
      for (int i = 0; i < 7; i++) {
        lengths[random.nextInt(lengths.length)] = 10_000 * MILLI;
      }

      NodeLoop loop = new NodeLoop(4, DEFAULTS, lengths).run();

      assertThat(loop.longestIdle).as("seed %d", seed).isLessThan(25 * MILLI);
      assertThat(loop.now).as("seed %d", seed).isLessThan(20_500 * MILLI);
    }
  }

  @Test
  void shouldGiveAJobThatCameLaterItsShareOfSlots() {
    PoolWorld world = new PoolWorld(2).lease(A, NONE, 1).finish(1, MICRO, 0);
    world.lease(A, NONE, LongStream.range(2, 200).toArray()).forget();
    world.lease(B, NONE, 1);

    world.finish(2, MICRO, 0);

    assertThat(world.all(PoolEffect.Start.class).get(0).entries().get(0).tenant.job).isEqualTo(B);
    assertThat(world.sent(B, JobMessage.Demand.class)).isNotEmpty();
  }
}
