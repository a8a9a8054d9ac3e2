package dev.furrow.actors.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.SelectStrategy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SpinThenSelectTest {

  private long now = 1_000;
  private final SpinThenSelect strategy = new SpinThenSelect(Duration.ofNanos(50), () -> now);

  private int idle(int ready) throws Exception {
    return strategy.calculateStrategy(() -> ready, false);
  }

  @Test
  void shouldSleepOnlyAfterItHasLookedForAWhile() throws Exception {
    assertThat(idle(0)).isEqualTo(SelectStrategy.CONTINUE);
    now += 49;
    assertThat(idle(0)).isEqualTo(SelectStrategy.CONTINUE);
    now += 1;
    assertThat(idle(0)).isEqualTo(SelectStrategy.SELECT);
  }

  @Test
  void shouldTakeWhatIsReadyMeanwhileAndLookAnewAfterIt() throws Exception {
    idle(0);
    now += 40;
    assertThat(idle(3)).isEqualTo(3);
    now += 40;
    assertThat(idle(0)).isEqualTo(SelectStrategy.CONTINUE);
    now += 40;
    assertThat(idle(0)).isEqualTo(SelectStrategy.CONTINUE);
  }

  @Test
  void shouldNotLookForMoreWhileThereIsWork() throws Exception {
    idle(0);
    now += 40;
    assertThat(strategy.calculateStrategy(() -> 0, true)).isZero();
    now += 40;
    assertThat(idle(0)).isEqualTo(SelectStrategy.CONTINUE);
  }

  @Test
  void shouldSleepAtOnceWhenSpinningIsOff() throws Exception {
    SpinThenSelect off = new SpinThenSelect(Duration.ZERO, () -> now);

    assertThat(off.calculateStrategy(() -> 0, false)).isEqualTo(SelectStrategy.SELECT);
  }
}
