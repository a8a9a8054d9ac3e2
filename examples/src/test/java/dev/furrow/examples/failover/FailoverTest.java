package dev.furrow.examples.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.furrow.Durability;
import dev.furrow.Furrow;
import dev.furrow.Partitioned;
import dev.furrow.examples.CommandLine;
import org.junit.jupiter.api.Test;

class FailoverTest {

  @Test
  void shouldReadTheCommandLine() {
    assertThat(FailoverArguments.parse(new CommandLine()).durabilities())
        .containsExactly(Durability.MEMORY, Durability.REPLICATED);
    FailoverArguments arguments =
        FailoverArguments.parse(
            new CommandLine(
                "--durability", "journaled", "--set", "furrow.journal.kind=postgresql"));
    assertThat(arguments.durabilities()).containsExactly(Durability.JOURNALED);
    assertThat(arguments.settings()).containsExactly("furrow.journal.kind=postgresql");
  }

  @Test
  void shouldRefuseWhatItDoesNotKnow() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FailoverArguments.parse(new CommandLine("--durability", "memory,paper")))
        .withMessage("--durability takes memory, replicated and journaled (was 'paper')");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FailoverArguments.parse(new CommandLine("--set", "furrow")))
        .withMessage("--set needs name=value after it (was 'furrow')");
  }

  @Test
  void shouldTellWhatIsThereFromWhatIsLostAndWhatIsTooMuch() throws Exception {
    try (Furrow furrow = Furrow.local()) {
      Partitioned<String, Long> state = furrow.partitioned("counts", String.class, Long.class);
      assertThat(after(state, "kept", 0).lost()).isZero();
      assertThat(after(state, "lost", -7).lost()).isEqualTo(7);
      Counter more = after(state, "more", 1);
      assertThatIllegalStateException().isThrownBy(more::lost).withMessageContaining("though only");
    }
  }

  /** A counter that has added a little, and beside which somebody else has added too. */
  private static Counter after(Partitioned<String, Long> state, String key, long other)
      throws Exception {
    Counter counter = new Counter(state, key);
    while (counter.acknowledged() < 10) {
      Thread.onSpinWait();
    }
    state.update(key, new Add(other)).toCompletableFuture().get();
    return counter;
  }
}
