package dev.furrow.examples.bench;

import dev.furrow.examples.bench.kit.Counters;
import dev.furrow.examples.bench.kit.Driver;
import dev.furrow.examples.bench.kit.Grid;
import dev.furrow.examples.bench.kit.Pending;
import dev.furrow.examples.bench.kit.Shape;
import dev.furrow.examples.bench.kit.Work;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A plain thread pool of this JVM with as many threads as the others have slots. */
final class PoolDriver implements Grid {

  private final ExecutorService pool;

  private PoolDriver(ExecutorService pool) {
    this.pool = pool;
  }

  /** Measures what the arguments name; see {@link Driver}. */
  public static void main(String[] args) {
    Driver.measureReference(args, PoolDriver::open);
  }

  private static PoolDriver open(Shape shape) {
    return new PoolDriver(Executors.newFixedThreadPool(shape.slots()));
  }

  @Override
  public Pending submit(Work work) {
    Future<Long> future = pool.submit(work);
    return future::get;
  }

  @Override
  public Counters counters(String name) {
    return new MapCounters();
  }
}
