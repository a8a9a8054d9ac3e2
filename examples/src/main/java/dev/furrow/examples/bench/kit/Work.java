package dev.furrow.examples.bench.kit;

import java.io.Serializable;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;

/** One task of the benchmark: plain data that any contender can carry. Its result is checked. */
public sealed interface Work extends Callable<Long>, Serializable {

  /**
   * Does nothing: what is left is the contender's own cost.
   *
   * @param number its result
   */
  record NoOp(long number) implements Work {
    @Override
    public Long call() {
      return number;
    }
  }

  /**
   * Takes a slot for a while and no CPU.
   *
   * @param millis how long; its result
   */
  record Sleep(int millis) implements Work {
    @Override
    public Long call() throws InterruptedException {
      Thread.sleep(millis);
      return (long) millis;
    }
  }

  /**
   * Takes CPU alone: counts random points of the unit square that lie in the circle.
   *
   * @param seed draws the points
   * @param points how many; the result is the same on each run
   */
  record MonteCarlo(long seed, int points) implements Work {
    @Override
    public Long call() {
      SplittableRandom random = new SplittableRandom(seed);
      long inside = 0;
      for (int i = 0; i < points; i++) {
        double x = random.nextDouble();
        double y = random.nextDouble();
        if (x * x + y * y < 1) {
          inside++;
        }
      }
      return inside;
    }
  }

  /** Tells what is used of the heap of the process that it runs in, after a collection. */
  record UsedHeap() implements Work {
    @Override
    public Long call() {
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      long kib = (runtime.totalMemory() - runtime.freeMemory()) >> 10;
      return ProcessHandle.current().pid() << Integer.SIZE | kib;
    }

    /**
     * Reads a result.
     *
     * @param result of such a task
     * @return the process that it ran in
     */
    static long process(long result) {
      return result >>> Integer.SIZE;
    }

    /**
     * Reads a result.
     *
     * @param result of such a task
     * @return bytes that were used, to the KiB
     */
    static long bytes(long result) {
      return (result & 0xffff_ffffL) << 10;
    }
  }

  /** Tells which process it ran in. */
  record ProcessId() implements Work {
    @Override
    public Long call() throws InterruptedException {
      Thread.sleep(1);
      return ProcessHandle.current().pid();
    }
  }
}
