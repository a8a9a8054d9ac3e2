package dev.furrow.actors.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Switches each mechanism off, and asks whether the simulator misses it. */
class MutationTest {

  private static final int SEEDS = 200;
  private static final long PATIENCE = 60;

  @ParameterizedTest
  @CsvSource({
    "INCARNATIONS_IGNORED, runs lease",
    "NO_RECONCILIATION, not everything ended",
    "NO_EXPIRY, not everything ended",
    "NO_DEDUPLICATION, has two outcomes",
    "NO_COMMIT_CHECK, has two outcomes"
  })
  void shouldNoticeWhenAMechanismIsMissing(Mutation mutation, String reason) {
    assertThat(firstFailure(mutation)).contains(reason);
  }

  /** What is first noticed in a world that is in order when nothing is switched off. */
  private static String firstFailure(Mutation mutation) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      String failure = live(seed, mutation);
      if (!failure.isEmpty() && live(seed, Mutation.NONE).isEmpty()) {
        return failure;
      }
    }
    return "nothing was noticed in " + SEEDS + " worlds";
  }

  private static String live(long seed, Mutation mutation) {
    try {
      new Simulation(seed, mutation, false, PATIENCE).run();
      return "";
    } catch (PromiseBroken broken) {
      return String.valueOf(broken.getMessage());
    }
  }
}
