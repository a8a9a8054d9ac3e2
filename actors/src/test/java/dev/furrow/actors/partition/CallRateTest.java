package dev.furrow.actors.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CallRateTest {

  private static final long TENTH = 100_000_000;

  private final CallRate rate = new CallRate();
  private long now = Long.MAX_VALUE - TENTH;

  private void pass(int tenths, int callsEach) {
    for (int i = 0; i < tenths; i++) {
      rate.add(callsEach);
      now += TENTH;
      rate.tick(now);
    }
  }

  @Test
  void shouldComeToTheRateAtWhichCallsAreAnswered() {
    rate.tick(now);
    pass(20, 80);
    assertThat(rate.perSecond()).isBetween(480.0, 520.0);
    pass(180, 80);
    assertThat(rate.perSecond()).isCloseTo(800, within(1.0));
  }

  @Test
  void shouldForgetCallsAsTimePasses() {
    rate.tick(now);
    pass(200, 80);
    pass(20, 0);
    assertThat(rate.perSecond()).isBetween(280.0, 310.0);
    pass(400, 0);
    assertThat(rate.perSecond()).isLessThan(0.0005);
  }

  @Test
  void shouldNotDependOnHowOftenTimeIsMeasured() {
    rate.tick(now);
    pass(200, 80);
    CallRate seldom = new CallRate();
    long at = 0;
    seldom.tick(at);
    for (int second = 0; second < 20; second++) {
      seldom.add(800);
      at += 10 * TENTH;
      seldom.tick(at);
    }

    assertThat(seldom.perSecond()).isCloseTo(rate.perSecond(), within(0.01));
  }

  @Test
  void shouldCountWhatWasAnsweredBeforeTimeWasFirstMeasured() {
    rate.add(100);
    rate.tick(now);
    assertThat(rate.perSecond()).isZero();
    rate.tick(now);
    pass(1, 0);
    assertThat(rate.perSecond()).isBetween(45.0, 50.0);
  }
}
