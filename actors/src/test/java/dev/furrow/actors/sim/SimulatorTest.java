package dev.furrow.actors.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Runs worlds from seeds. {@code -Dfurrow.sim.seed=123} runs one and prints what happens in it;
 * {@code -Dfurrow.sim.seeds=100000} runs more of them, {@code -Dfurrow.sim.from=1} others.
 */
class SimulatorTest {

  private static final int SEEDS = Integer.getInteger("furrow.sim.seeds", 1_000);
  private static final long FROM = Long.getLong("furrow.sim.from", 1);

  @Test
  @Timeout(600)
  void shouldKeepEveryPromiseUnderAnySeed() throws Exception {
    Long one = Long.getLong("furrow.sim.seed");
    if (one != null) {
      assertThat(new Simulation(one, Mutation.NONE, true).run()).isNotNegative();
      return;
    }
    List<PromiseBroken> broken = run(SEEDS);
    broken.stream().limit(10).forEach(failure -> System.out.println(failure.getMessage()));
    assertThat(broken).as("seeds that failed").isEmpty();
  }

  private static List<PromiseBroken> run(int seeds) throws Exception {
    AtomicLong next = new AtomicLong(FROM);
    int threads = Runtime.getRuntime().availableProcessors();
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      List<Future<List<PromiseBroken>>> parts = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        parts.add(executor.submit(() -> work(next, FROM + seeds)));
      }
      List<PromiseBroken> broken = new ArrayList<>();
      for (Future<List<PromiseBroken>> part : parts) {
        broken.addAll(part.get());
      }
      broken.sort((a, b) -> Long.compare(a.seed(), b.seed()));
      return broken;
    } finally {
      executor.shutdownNow();
    }
  }

  private static List<PromiseBroken> work(AtomicLong next, long end) throws ExecutionException {
    List<PromiseBroken> broken = new ArrayList<>();
    for (long seed = next.getAndIncrement(); seed < end; seed = next.getAndIncrement()) {
      try {
        new Simulation(seed, Mutation.NONE, false).run();
      } catch (PromiseBroken failure) {
        broken.add(failure);
      }
    }
    return broken;
  }
}
