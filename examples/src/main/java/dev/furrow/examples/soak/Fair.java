package dev.furrow.examples.soak;

import dev.furrow.Furrow;
import dev.furrow.Job;
import dev.furrow.JobOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/** How long jobs of ten tasks take alone, and beside a job of very many that was there first. */
final class Fair {

  private static final int ROUNDS = 25;
  private static final int SMALL = 10;
  private static final double ALLOWED_MILLIS = 100;

  private Fair() {}

  static boolean run(Furrow furrow, int count) throws InterruptedException {
    System.out.println(
        "A job of 10 tasks, alone and beside a large one that has every slot; ms, 25 rounds");
    System.out.printf(
        "%-12s %10s %10s %12s %12s %10s %10s%n",
        "task", "alone p50", "max", "beside p50", "max", "delay p50", "allowed");
    boolean well = true;
    for (long micros : new long[] {0, 100, 1_000, 20_000, 200_000}) {
      well &= measure(furrow, count, micros);
    }
    return well;
  }

  private static boolean measure(Furrow furrow, int count, long micros)
      throws InterruptedException {
    int rounds = micros > 100_000 ? 5 : ROUNDS;
    small(furrow, micros, 5);
    List<Double> alone = small(furrow, micros, rounds);
    Job<Long> large =
        furrow.submitAll(
            JobOptions.named("large").maxInFlight(count),
            LongStream.range(0, count).mapToObj(n -> new Tasks.Nap(micros)));
    while (large.progress().total() < 0 && large.progress().queued() < count / 2) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    List<Double> beside = small(furrow, micros, rounds);
    boolean stood = !large.status().isTerminal();
    large.cancel();
    large.completion().toCompletableFuture().join();
    double delay = median(beside) - median(alone);
    double allowed = micros / 1e3 + ALLOWED_MILLIS;
    System.out.printf(
        "%9.1f ms %10.1f %10.1f %12.1f %12.1f %10.1f %10.1f%s%n",
        micros / 1e3,
        median(alone),
        Collections.max(alone),
        median(beside),
        Collections.max(beside),
        delay,
        allowed,
        stood ? "" : "   (the large job had ended: raise --fair)");
    return delay <= allowed && stood;
  }

  private static List<Double> small(Furrow furrow, long micros, int rounds) {
    List<Double> times = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      long from = System.nanoTime();
      furrow
          .submitAll(
              JobOptions.named("small"),
              LongStream.range(0, SMALL).mapToObj(n -> new Tasks.Nap(micros)))
          .join();
      times.add((System.nanoTime() - from) / 1e6);
    }
    Collections.sort(times);
    return times;
  }

  private static double median(List<Double> sorted) {
    return sorted.get(sorted.size() / 2);
  }
}
