package dev.furrow.node.processes;

import dev.furrow.Furrow;
import dev.furrow.Job;
import dev.furrow.JobOptions;
import dev.furrow.Outcome;
import dev.furrow.Ref;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** A driver that has much to do at once, in a JVM whose heap its test bounds. */
final class MemoryProgram {

  private MemoryProgram() {}

  public static void main(String[] args) {
    int count = Integer.parseInt(args[1]);
    try (Furrow furrow =
        Furrow.builder().workers(1).slots(1).set("furrow.submit.max-tasks", 2 * count).start()) {
      long sum =
          switch (args[0]) {
            case "job" -> job(furrow, count);
            case "refs" -> refs(furrow, count);
            default -> stream(furrow, count);
          };
      System.out.println("sum: " + sum);
    }
  }

  private static long job(Furrow furrow, int count) {
    Job<Integer> plug = plug(furrow);
    Job<Long> job =
        furrow.submitAll(
            JobOptions.named("queued").maxInFlight(count),
            LongStream.range(0, count).mapToObj(Tasks.Echo::new));
    while (job.progress().total() < 0) {
      LockSupport.parkNanos(1_000_000);
    }
    System.out.println("queued: " + (job.progress().queued() + job.progress().running()));
    plug.cancel();
    return sum(job);
  }

  private static long refs(Furrow furrow, int count) {
    Job<Integer> plug = plug(furrow);
    List<Ref<Long>> refs = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      refs.add(furrow.submit(new Tasks.Echo(i)));
    }
    System.out.println("queued: " + refs.size());
    plug.cancel();
    return refs.stream().mapToLong(Ref::join).sum();
  }

  private static long stream(Furrow furrow, int count) {
    System.out.println("queued: " + count);
    return sum(furrow.submitAll(LongStream.range(0, count).mapToObj(Tasks.Echo::new)));
  }

  private static long sum(Job<Long> job) {
    try (Stream<Outcome<Long>> outcomes = job.outcomes()) {
      return outcomes.mapToLong(one -> ((Outcome.Succeeded<Long>) one).value()).sum();
    }
  }

  /** Takes the only slot until it is cancelled. */
  private static Job<Integer> plug(Furrow furrow) {
    Job<Integer> plug = furrow.submitAll(List.of(new Tasks.Forever(0)));
    while (plug.progress().running() == 0) {
      LockSupport.parkNanos(1_000_000);
    }
    return plug;
  }
}
