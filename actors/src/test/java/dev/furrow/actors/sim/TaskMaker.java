package dev.furrow.actors.sim;

import dev.furrow.actors.job.TaskTerms;
import dev.furrow.actors.wire.JobKey;
import dev.furrow.actors.wire.LeaseTerms;
import java.util.List;
import java.util.Map;

/** Makes the tasks of one job: mostly harmless ones, of one or a few kinds of terms. */
final class TaskMaker {

  private static final long MICRO = 1_000;
  private static final long MILLI = 1_000_000;

  private final Simulation world;
  private final JobKey key;
  private final boolean nasty;
  private final boolean mixed;
  private final long shortest;
  private final long longest;
  private int poison;

  TaskMaker(Simulation world, JobKey key) {
    this.world = world;
    this.key = key;
    this.nasty = world.chance(0.6);
    this.mixed = world.chance(0.5);
    this.poison = world.chance(0.25) ? (int) world.between(1, 3) : 0;
    long[] ends = {10 * MICRO, 500 * MICRO, 20 * MILLI, 300 * MILLI, 1_500 * MILLI};
    int from = (int) world.between(0, 4);
    this.shortest = ends[from];
    this.longest = ends[world.chance(0.8) ? from + 1 : 4];
  }

  SimTask make(int index, int size) {
    SimTask.Nature nature = nature(index, size);
    long nanos = world.between(shortest, longest);
    boolean alone = nature == SimTask.Nature.WAITS;
    long timeout = 0;
    if (nature == SimTask.Nature.SLOW) {
      timeout = world.between(20, 200);
      nanos = timeout * MILLI + world.between(30 * MILLI, 2_000 * MILLI);
    } else if (mixed && !alone && world.chance(0.2)) {
      timeout = nanos / MILLI + 500;
    }
    int retries = nasty && world.chance(0.6) ? (int) world.between(1, 4) : 0;
    Map<String, Long> requires =
        mixed && !alone && world.chance(0.15) ? Map.of("gpu", world.between(1, 3)) : Map.of();
    int priority = mixed && world.chance(0.3) ? (int) world.between(0, 10) : 0;
    TaskTerms terms =
        new TaskTerms(
            new LeaseTerms(timeout, priority, requires, List.of()),
            retries,
            world.between(MILLI, 50 * MILLI));
    int waitsFor = alone ? (int) world.between(index + 1, size) : -1;
    boolean stubborn = nasty && world.chance(0.1);
    return new SimTask(
        key, index, nature, terms, nanos, stubborn, waitsFor, throwsOf(nature, retries));
  }

  private int throwsOf(SimTask.Nature nature, int retries) {
    return switch (nature) {
      case THROWS -> world.chance(0.3) ? 1_000_000 : (int) world.between(1, 2 + retries);
      case THROWS_FOR_GOOD -> 1_000_000;
      default -> 0;
    };
  }

  private SimTask.Nature nature(int index, int size) {
    if (poison > 0 && world.chance(0.1)) {
      poison--;
      return SimTask.Nature.POISON;
    }
    if (mixed && index < size - 1 && world.chance(0.1)) {
      return SimTask.Nature.WAITS;
    }
    if (!nasty || world.chance(0.8)) {
      return SimTask.Nature.RETURNS;
    }
    return switch ((int) world.between(0, 4)) {
      case 0 -> SimTask.Nature.THROWS_FOR_GOOD;
      case 1 -> SimTask.Nature.SLOW;
      default -> SimTask.Nature.THROWS;
    };
  }
}
