package dev.furrow.actors.pool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RunTest {

  @Test
  void shouldHandOutEntriesInOrderAndThenNone() {
    Run run = new Run(2);

    assertThat(run.claim()).isZero();
    assertThat(run.complete()).isTrue();
    assertThat(run.claim()).isEqualTo(1);
    assertThat(run.complete()).isTrue();
    assertThat(run.claim()).isEqualTo(Run.NONE);
  }

  @Test
  void shouldKeepWhatWasClaimedWhenTheRestIsTakenBack() {
    Run run = new Run(3);
    assertThat(run.claim()).isZero();

    assertThat(run.truncate()).isEqualTo(1);
    assertThat(run.complete()).isTrue();
    assertThat(run.claim()).isEqualTo(Run.NONE);
  }

  @Test
  void shouldVoidARunningEntryOnceItIsRevoked() {
    Run run = new Run(2);
    assertThat(run.claim()).isZero();

    assertThat(run.revoke(0)).isTrue();
    assertThat(run.complete()).isFalse();
    assertThat(run.claim()).isEqualTo(Run.NONE);
    assertThat(run.revoke(0)).isFalse();
  }

  @Test
  void shouldRefuseToRevokeWhatIsOpenOrComplete() {
    Run run = new Run(2);
    assertThat(run.revoke(0)).isFalse();
    assertThat(run.claim()).isZero();
    assertThat(run.complete()).isTrue();

    assertThat(run.revoke(0)).isFalse();
    assertThat(run.claim()).isEqualTo(1);
  }

  @Test
  void shouldAnswerTheSameWhenTruncatedTwice() {
    Run run = new Run(2);
    assertThat(run.claim()).isZero();

    assertThat(run.truncate()).isEqualTo(1);
    assertThat(run.truncate()).isEqualTo(1);
  }
}
