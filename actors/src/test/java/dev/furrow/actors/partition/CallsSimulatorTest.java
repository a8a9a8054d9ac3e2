package dev.furrow.actors.partition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * What a caller is told of its updates is true: one that was acknowledged was applied once, one
 * that was rejected was not, one of which nothing is known was applied at most once.
 */
class CallsSimulatorTest {

  private static final long SEEDS = Long.getLong("furrow.sim.seeds", 120);
  private static final long FROM = Long.getLong("furrow.sim.from", 0);

  @Test
  void shouldTellTheTruthAboutEveryUpdateKeptInMemory() {
    assertThat(acknowledged(MemoryKeeping::new)).isPositive();
  }

  @Test
  void shouldTellTheTruthAboutEveryUpdateKeptInAJournal() {
    assertThat(acknowledged(JournalKeeping::new)).isPositive();
    assertThat(JournalKeeping.deleted).isPositive();
  }

  @Test
  void shouldTellTheTruthAboutEveryUpdateKeptByCopies() {
    assertThat(acknowledged(ReplicaKeeping::new)).isPositive();
    assertThat(ReplicaKeeping.deaths).isPositive();
    assertThat(ReplicaKeeping.superseded).isPositive();
  }

  private static long acknowledged(Function<CallsWorld, CallsWorld.Keeping> keeping) {
    long seed = Long.getLong("furrow.sim.seed", -1);
    LongStream seeds = seed >= 0 ? LongStream.of(seed) : LongStream.range(FROM, FROM + SEEDS);
    return seeds.map(one -> live(one, keeping)).sum();
  }

  private static long live(long seed, Function<CallsWorld, CallsWorld.Keeping> keeping) {
    CallsWorld world = new CallsWorld(seed, keeping);
    List<Long> applied = world.run();
    Set<Long> once = new HashSet<>(applied);
    String replay = "seed " + seed + "; replay with -Dfurrow.sim.seed=" + seed;
    assertThat(applied).as(replay).doesNotHaveDuplicates();
    assertThat(once).as(replay).containsAll(world.acknowledged);
    assertThat(once).as(replay).doesNotContainAnyElementsOf(nonEmpty(world.rejected));
    assertThat(world.sentButUnaccounted()).as(replay).isNull();
    return world.acknowledged.size();
  }

  /** AssertJ wants at least one element. */
  private static Set<Long> nonEmpty(Set<Long> numbers) {
    return numbers.isEmpty() ? Set.of(-1L) : numbers;
  }
}
