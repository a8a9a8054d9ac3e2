package dev.furrow.node.processes;

import dev.furrow.Furrow;
import dev.furrow.FurrowException;
import dev.furrow.Job;
import dev.furrow.JobOptions;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A driver in a JVM of its own, so that tests can stop and kill it. Says on its output what it
 * sees.
 */
final class DriverProgram {

  private DriverProgram() {}

  public static void main(String[] args) throws InterruptedException {
    boolean forks = args[0].equals("workers");
    Furrow.Builder builder = Furrow.builder();
    if (forks) {
      builder.workers(2).slots(1);
    } else {
      builder
          .profile("cluster")
          .set("furrow.node.slots", 0)
          .set("furrow.cluster.seeds", List.of(args[0]));
    }
    try (Furrow furrow = builder.set("furrow.close.timeout", Duration.ofSeconds(1)).start()) {
      System.out.println("up: " + ProcessHandle.current().pid());
      Job<?> job = job(furrow, args[1], Integer.parseInt(args[2]));
      while (job.progress().running() == 0) {
        Thread.onSpinWait();
      }
      System.out.println("running");
      System.out.println("joined: " + job.join().size() + " lost " + job.report().lost());
    } catch (FurrowException failed) {
      System.out.println("failed: " + failed);
    }
  }

  private static Job<?> job(Furrow furrow, String kind, int count) {
    if (kind.equals("forever")) {
      return furrow.submitAll(
          JobOptions.named("forever"), IntStream.range(0, count).mapToObj(Tasks.Forever::new));
    }
    return furrow.submitAll(
        JobOptions.named("slow"), LongStream.range(0, count).mapToObj(n -> new Tasks.Slow(n, 100)));
  }
}
