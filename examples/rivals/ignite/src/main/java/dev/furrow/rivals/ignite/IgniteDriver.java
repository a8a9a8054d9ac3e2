package dev.furrow.rivals.ignite;

import dev.furrow.examples.bench.kit.Driver;
import dev.furrow.examples.bench.kit.Grid;
import dev.furrow.examples.bench.kit.Pending;
import dev.furrow.examples.bench.kit.Ports;
import dev.furrow.examples.bench.kit.Shape;
import dev.furrow.examples.bench.kit.Work;
import dev.furrow.examples.bench.kit.WorkerJvms;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.apache.ignite.Ignite;
import org.apache.ignite.IgniteCompute;
import org.apache.ignite.lang.IgniteFuture;

/**
 * The driver is a client node; each worker is a server node. A task is one asynchronous call, which
 * Ignite balances by turns and runs elsewhere when its node is lost.
 */
final class IgniteDriver implements Grid {

  private final IgniteCompute compute;

  private IgniteDriver(Ignite ignite) {
    this.compute = ignite.compute(ignite.cluster().forServers());
  }

  /** Measures what the arguments name; see {@link Driver}. */
  public static void main(String[] args) {
    Driver.measureCluster(args, IgniteDriver::open);
  }

  private static IgniteDriver open(Shape shape) throws IOException, InterruptedException {
    String ports = Ports.free(shape.workers() + 1);
    for (int i = 1; i <= shape.workers(); i++) {
      WorkerJvms.start(Node.class, ports, Integer.toString(i), Integer.toString(shape.slotsEach()));
    }
    Ignite ignite = Node.start(ports, 0, 1, true);
    while (ignite.cluster().forServers().nodes().size() < shape.workers()) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    return new IgniteDriver(ignite);
  }

  @Override
  public Pending submit(Work work) {
    IgniteFuture<Long> future = compute.callAsync(new Call(work));
    return future::get;
  }
}
