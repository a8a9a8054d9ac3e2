package dev.furrow.actors.pool;

import static dev.furrow.actors.pool.PoolWorld.LIMITS;
import static dev.furrow.actors.pool.PoolWorld.MILLI;
import static dev.furrow.actors.pool.PoolWorld.job;
import static dev.furrow.actors.wire.LeaseTerms.NONE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.furrow.actors.wire.JobKey;
import dev.furrow.actors.wire.JobMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Which of several jobs gets the slots of a pool. Tasks are long, so each has a run of its own. */
class DispatchTest {

  private static final JobKey LARGE = job(1);
  private static final JobKey SMALL = job(2);
  private static final long LONG = 200 * MILLI;

  private int finished;

  @Test
  void shouldGiveEverySlotToASmallJobThatCameAfterALargeOne() {
    PoolWorld world = withLarge(2).lease(SMALL, NONE, numbers(10));

    assertThat(next(world, 10)).containsOnly(SMALL);
    assertThat(next(world, 1)).containsExactly(LARGE);
  }

  /** The large job has had the slots in between, so nothing is owed to it. */
  @Test
  void shouldGiveEverySlotToOneSmallJobAfterAnother() {
    PoolWorld world = withLarge(2);
    for (int n = 2; n < 6; n++) {
      world.lease(job(n), NONE, numbers(10));
      assertThat(next(world, 10)).containsOnly(job(n));
      assertThat(next(world, 2)).containsOnly(LARGE);
    }
  }

  @Test
  void shouldPreferAYoungJobToOneOfItsPriorityThatHasWaitedLong() {
    PoolWorld world = withLarge(1);
    world.now += 3 * LIMITS.ageing();
    world.lease(SMALL, NONE, 1);

    assertThat(next(world, 1)).containsExactly(SMALL);
  }

  @Test
  void shouldNotPreferAYoungJobToAHigherPriority() {
    PoolWorld world = withLarge(1).lease(LARGE, PoolWorld.urgent(50), 1_000);

    world.lease(SMALL, NONE, 1);

    assertThat(next(world, 2)).containsExactly(LARGE, SMALL);
  }

  @Test
  void shouldGiveTwoLargeJobsAsManySlotsEach() {
    PoolWorld world = withLarge(4).lease(SMALL, NONE, numbers(200));
    next(world, Tenant.YOUNG + 4);

    assertThat(next(world, 20)).filteredOn(SMALL::equals).hasSize(10);
  }

  @Test
  void shouldNotStarveALargeJobByAStreamOfSmallOnes() {
    PoolWorld world = withLarge(1);
    for (int n = 2; n < 22; n++) {
      world.lease(job(n), NONE, numbers(Tenant.YOUNG));
    }

    List<JobKey> next = next(world, 100);

    assertThat(next.subList(0, 16)).doesNotContain(LARGE);
    assertThat(next).filteredOn(LARGE::equals).hasSizeBetween(4, 6);
  }

  /** What was chosen for another reason does not count as the large job's turn. */
  @Test
  void shouldNotStarveALargeJobByAStreamOfSmallOnesWhileUrgentTasksCome() {
    PoolWorld world = withLarge(1);
    List<JobKey> chosen = new ArrayList<>();
    for (int n = 2; n < 62; n++) {
      world.lease(job(n), NONE, numbers(5)).lease(job(100), PoolWorld.urgent(50), n);
      chosen.addAll(next(world, 6));
    }

    assertThat(chosen).filteredOn(LARGE::equals).hasSizeGreaterThan(10);
  }

  /** Two slots; one runs on for long, and what waits behind it has stood longest. */
  @Test
  void shouldNotLendTheStandingOfALeaseToOthersBeforeAHigherPriority() {
    PoolWorld world = new PoolWorld(2).lease(LARGE, NONE, numbers(Tenant.YOUNG + 4));
    finished++;
    for (int run = 2; run < Tenant.YOUNG + 3; run++) {
      finished++;
      world.now += LONG;
      world.finish(run, LONG, 0);
    }
    world.now += 6 * LIMITS.ageing();
    world.lease(SMALL, NONE, numbers(3)).lease(job(3), PoolWorld.urgent(5), 1).forget();

    world.finish(Tenant.YOUNG + 3, LONG, 0).finish(Tenant.YOUNG + 4, LONG, 0);

    assertThat(
            world.all(PoolEffect.Start.class).stream()
                .map(start -> start.entries().get(0).tenant.job)
                .toList())
        .containsExactly(LARGE, job(3));
  }

  @Test
  void shouldAskAYoungJobForAsManyAsThereAreSlotsWhileOthersHaveThem() {
    PoolWorld world = withLarge(4).announce(SMALL);
    assertThat(world.demanded(SMALL)).isEqualTo(4);

    world.lease(SMALL, NONE, numbers(200));
    next(world, Tenant.YOUNG + 40);
    world.pass(LIMITS.status());

    assertThat(world.demanded(SMALL)).isEqualTo(3);
  }

  @Test
  void shouldSayWhichSlotsAJobMayUse() {
    PoolWorld world = new PoolWorld(2).lease(LARGE, NONE, 1, 2).announce(SMALL);
    assertThat(usable(world)).containsExactly(0);

    next(world, 2);

    assertThat(usable(world)).containsExactly(0, 1, 2);
  }

  @Test
  void shouldSayThatSlotsWentToAnotherJobWhileALeaseWaitsForThem() {
    PoolWorld world = new PoolWorld(2).announce(SMALL).lease(LARGE, NONE, 1, 2);
    assertThat(usable(world)).containsExactly(2);

    world.lease(SMALL, NONE, 1).pass(MILLI);

    assertThat(usable(world)).containsExactly(2, 0);
  }

  private static List<Integer> usable(PoolWorld world) {
    return world.sent(SMALL, JobMessage.Demand.class).stream()
        .map(JobMessage.Demand::usable)
        .distinct()
        .toList();
  }

  /** A job that is not young any more has every slot, and more to do. */
  private PoolWorld withLarge(int slots) {
    PoolWorld world = new PoolWorld(slots).lease(LARGE, NONE, numbers(500));
    next(world, Tenant.YOUNG);
    return world;
  }

  private static long[] numbers(int count) {
    return LongStream.rangeClosed(1, count).toArray();
  }

  /** The jobs that get the next slots, when one run after another ends. */
  private List<JobKey> next(PoolWorld world, int slots) {
    int before = world.started().size();
    for (int i = 0; i < slots; i++) {
      world.now += LONG;
      world.finish(++finished, LONG, 0);
    }
    return world.all(PoolEffect.Start.class).stream()
        .skip(before)
        .map(start -> start.entries().get(0).tenant.job)
        .toList();
  }
}
