package dev.furrow.actors.job;

import static dev.furrow.actors.job.JobWorld.MILLI;
import static dev.furrow.actors.job.JobWorld.PLAIN;
import static dev.furrow.actors.job.JobWorld.pool;
import static org.assertj.core.api.Assertions.assertThat;

import dev.furrow.actors.wire.PoolId;
import dev.furrow.actors.wire.PoolMessage;
import org.junit.jupiter.api.Test;

/** When a supervisor tells a pool that its reports were received. */
class AcknowledgementTest {

  private static final PoolId A = pool(1);
  private static final PoolId B = pool(2);

  private final JobWorld world = new JobWorld();

  private int acknowledged(PoolId pool) {
    return world.sent(pool, PoolMessage.ReportsReceived.class).size();
  }

  @Test
  void shouldAcknowledgeWithWhatElseItHasToSay() {
    world.accept(2, PLAIN).join(A, 2);
    world.effects.clear();

    world.succeed(A, 1, 0, "x");
    assertThat(acknowledged(A)).isZero();

    world.accept(1, PLAIN);
    assertThat(world.leased(A)).hasSize(1);
    assertThat(acknowledged(A)).isEqualTo(1);
  }

  @Test
  void shouldNotAcknowledgeToOnePoolBecauseItSpeaksToAnother() {
    world.accept(2, PLAIN).join(A, 1).join(B, 1);
    world.succeed(A, 1, 0, "x");

    world.hold(B, 2);

    assertThat(world.sent(B, PoolMessage.HoldingReceived.class)).hasSize(1);
    assertThat(acknowledged(A)).isZero();
  }

  @Test
  void shouldAcknowledgeAtTheNextTickWhenThereIsNothingElseToSay() {
    world.accept(2, PLAIN).join(A, 2).succeed(A, 1, 0, "x");

    world.pass(MILLI);

    assertThat(acknowledged(A)).isEqualTo(1);
  }

  @Test
  void shouldAcknowledgeReportsThatChangeNothing() {
    world.accept(2, PLAIN).join(A, 2).succeed(A, 1, 0, "x").pass(MILLI);
    world.effects.clear();

    world.succeed(A, 1, 0, "x").pass(MILLI);

    assertThat(acknowledged(A)).isEqualTo(1);
  }

  @Test
  void shouldAcknowledgeLargeReportsAtOnce() {
    world.accept(2, PLAIN).join(A, 2);

    world.succeed(A, 1, 0, "x".repeat(64 << 10));

    assertThat(acknowledged(A)).isEqualTo(1);
  }

  @Test
  void shouldAcknowledgeAtOnceWhenAPoolHasSaidMuch() {
    world.accept(20, PLAIN).join(A, 20);
    for (int leased = 0; leased < 20; leased = world.leased(A).length) {
      world.start(A, world.leased(A));
    }
    world.pass(MILLI);

    for (int i = 0; i < 15; i++) {
      world.succeed(A, i + 1, i, "x");
    }
    assertThat(acknowledged(A)).isZero();

    world.succeed(A, 16, 15, "x");
    assertThat(acknowledged(A)).isEqualTo(16);
  }
}
