package dev.furrow.actors.job;

import static dev.furrow.actors.job.JobWorld.LIMITS;
import static dev.furrow.actors.job.JobWorld.MILLI;
import static dev.furrow.actors.job.JobWorld.PLAIN;
import static dev.furrow.actors.job.JobWorld.pool;
import static org.assertj.core.api.Assertions.assertThat;

import dev.furrow.actors.wire.JobMessage;
import dev.furrow.actors.wire.PoolId;
import dev.furrow.actors.wire.PoolMessage;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RecallTest {

  private static final PoolId A = pool(1);
  private static final PoolId B = pool(2);

  private final JobWorld world = new JobWorld();

  /** Twelve tasks are with A, which has two slots; B comes and has nothing to do. */
  private void hoard() {
    world.join(A, 12).accept(12, PLAIN);
    for (long lease = 1; lease <= 6; lease++) {
      world.start(A, lease);
    }
    assertThat(world.leased(A)).hasSize(12);
    world.effects.clear();
  }

  private List<PoolMessage.Recall> recalls() {
    return world.sent(A, PoolMessage.Recall.class);
  }

  private JobWorld giveBack(long... leases) {
    return world.hear(new JobMessage.Returned(JobWorld.KEY, A, leases));
  }

  @Test
  void shouldCallLeasesBackWhenAnotherPoolIsIdle() {
    hoard();

    world.join(B, 2);

    assertThat(recalls()).hasSize(1);
    assertThat(recalls().get(0).most()).isPositive().isLessThan(12);
  }

  @Test
  void shouldLeaseWhatComesBackToTheIdlePool() {
    hoard();
    world.join(B, 2);

    giveBack(12, 11);

    assertThat(world.tasksAt(B)).containsExactlyInAnyOrder(10, 11);
    assertThat(world.tasksAt(A)).isEmpty();
  }

  @Test
  void shouldNotAskAgainBeforeThePoolHasAnswered() {
    hoard();
    world.join(B, 2).demand(B, 3).pass(50 * MILLI);
    assertThat(recalls()).hasSize(1);

    giveBack();
    world.pass(50 * MILLI);

    assertThat(recalls()).hasSize(2);
  }

  @Test
  void shouldAskAgainWhenTheAnswerWasLost() {
    hoard();
    world.join(B, 2);

    world.pass(LIMITS.resend() + 1);

    assertThat(recalls()).hasSize(2);
  }

  @Test
  void shouldCallBackWhatMayWaitBehindAnotherJobsTasks() {
    world.join(A, 2).accept(2, PLAIN).join(B, 2);

    assertThat(recalls()).singleElement().satisfies(one -> assertThat(one.most()).isEqualTo(2));
  }

  /**
   * A has slots, but they are busy with other jobs; B has one that is free beside one of its own.
   */
  @Test
  void shouldMoveWhatWaitsForSlotsOfOtherJobsToAFreeOne() {
    world.connect(B).demand(B, 2, 2).accept(1, PLAIN).start(B, 1).demand(B, 0, 1);
    world.connect(A).demand(A, 2, 0).accept(1, PLAIN);
    assertThat(world.tasksAt(A)).containsExactly(1);
    world.effects.clear();

    world.demand(B, 2, 2);
    assertThat(recalls()).hasSize(1);
    giveBack(2);

    assertThat(world.tasksAt(A)).isEmpty();
    assertThat(world.tasksAt(B)).containsExactly(1);
  }

  /** Every slot is busy with other jobs, but B's may turn over sooner than A's. */
  @Test
  void shouldTryAnotherPoolAfterAWhileWhenNoSlotIsFree() {
    world.connect(A).demand(A, 1, 0).accept(1, PLAIN);
    world.connect(B).demand(B, 2, 0);
    assertThat(recalls()).isEmpty();

    world.pass(LIMITS.resend() + 1);
    assertThat(recalls()).hasSize(1);
    giveBack(1);

    assertThat(world.tasksAt(B)).containsExactly(0);
  }

  @Test
  void shouldNotRecallWhatRuns() {
    world.join(A, 2).accept(2, PLAIN).start(A, 1, 2).join(B, 2);

    assertThat(recalls()).isEmpty();
  }

  @Test
  void shouldNotRecallWhileTasksWaitThatFit() {
    world.join(A, 12).accept(100, PLAIN).join(B, 2);

    assertThat(world.leased(B)).hasSize(2);
    assertThat(recalls()).isEmpty();
  }

  @Test
  void shouldGiveAPoolNoMoreThanHalfItsShareOfWhatIsLeft() {
    world.join(A, 1_000).join(B, 1_000).accept(400, PLAIN);

    assertThat(world.leased(A)).hasSize(100);
    assertThat(world.leased(B)).hasSize(100);
  }

  @Test
  void shouldGiveOutTheRestAsThePoolsWorkItOff() {
    world.join(A, 1_000).join(B, 1_000).accept(40, PLAIN);

    int done = 0;
    while (done < 40) {
      int before = done;
      for (PoolId each : List.of(A, B)) {
        long[] leases = world.leased(each);
        long[] tasks = world.tasksAt(each);
        for (int i = 0; i < leases.length; i++) {
          if (world.state.task(tasks[i]) != null) {
            world.succeed(each, leases[i], tasks[i], "x");
            done++;
          }
        }
      }
      assertThat(done).isGreaterThan(before);
    }
    assertThat(LongStream.range(0, 40).mapToObj(world::place)).containsOnly(TaskEntry.Place.ENDED);
  }
}
