package dev.furrow.rivals.hazelcast;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.IExecutorService;
import com.hazelcast.core.MemberLeftException;
import com.hazelcast.spi.exception.TargetNotMemberException;
import dev.furrow.examples.bench.kit.Counters;
import dev.furrow.examples.bench.kit.Driver;
import dev.furrow.examples.bench.kit.Grid;
import dev.furrow.examples.bench.kit.Pending;
import dev.furrow.examples.bench.kit.Ports;
import dev.furrow.examples.bench.kit.Shape;
import dev.furrow.examples.bench.kit.Work;
import dev.furrow.examples.bench.kit.WorkerJvms;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The driver is a lite member, which runs no tasks; each worker is a member. Tasks go to the owner
 * of a random partition, as {@code submit} does it. A task lost with its member is submitted again
 * by this program: Hazelcast leaves that to its user.
 */
final class HazelcastDriver implements Grid {

  private final HazelcastInstance instance;
  private final IExecutorService executor;

  private HazelcastDriver(HazelcastInstance instance) {
    this.instance = instance;
    this.executor = instance.getExecutorService(Member.EXECUTOR);
  }

  /** Measures what the arguments name; see {@link Driver}. */
  public static void main(String[] args) {
    Driver.measureCluster(args, HazelcastDriver::open);
  }

  private static HazelcastDriver open(Shape shape) throws IOException, InterruptedException {
    String ports = Ports.free(shape.workers() + 1);
    for (int i = 1; i <= shape.workers(); i++) {
      WorkerJvms.start(Member.class, ports, Integer.toString(i), "" + shape.slotsEach());
    }
    HazelcastInstance instance = Member.start(ports, 0, 1, true);
    while (instance.getCluster().getMembers().size() <= shape.workers()) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    return new HazelcastDriver(instance);
  }

  @Override
  public Pending submit(Work work) {
    Future<Long> future = executor.submit(work);
    return () -> result(work, future);
  }

  private long result(Work work, Future<Long> first) throws Exception {
    Future<Long> future = first;
    while (true) {
      try {
        return future.get();
      } catch (ExecutionException failed) {
        if (!lost(failed.getCause())) {
          throw failed;
        }
        future = executor.submit(work);
      }
    }
  }

  @Override
  public Counters counters(String name) {
    return new HazelcastCounters(instance.getMap(name));
  }

  private static boolean lost(Throwable cause) {
    return cause instanceof MemberLeftException || cause instanceof TargetNotMemberException;
  }
}
