package dev.furrow.actors.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private final Backoff backoff = new Backoff(Duration.ofNanos(10), Duration.ofNanos(50));

  @Test
  void shouldDoubleUpToTheMost() {
    assertThat(new long[] {backoff.next(), backoff.next(), backoff.next(), backoff.next()})
        .containsExactly(10, 20, 40, 50);
    assertThat(backoff.next()).isEqualTo(50);
  }

  @Test
  void shouldStartOverOnlyWhenAConnectionLasted() {
    assertThat(backoff.next()).isEqualTo(10);

    backoff.lasted(49);
    assertThat(backoff.next()).isEqualTo(20);

    backoff.lasted(50);
    assertThat(backoff.next()).isEqualTo(10);
  }
}
