package dev.furrow.examples.soak;

import dev.furrow.Furrow;
import dev.furrow.Job;
import dev.furrow.JobOptions;
import dev.furrow.Outcome;
import java.util.Iterator;
import java.util.Locale;
import java.util.stream.LongStream;

/** A stream of tasks through one job, its outcomes read as they come. */
final class Streamed {

  private static final int WARM = 200_000;
  private static final int ROWS = 10;

  private Streamed() {}

  static boolean run(Furrow furrow, int count) throws InterruptedException {
    furrow.submitAll(LongStream.range(0, WARM).mapToObj(Tasks.Square::new)).join();
    Ledger ledger = new Ledger(furrow);
    Ledger.Entry start = ledger.note("start");
    long began = System.nanoTime();
    Job<Long> job =
        furrow.submitAll(
            JobOptions.named("stream"), LongStream.range(0, count).mapToObj(Tasks.Square::new));
    long seen = 0;
    long sum = 0;
    Iterator<Outcome<Long>> outcomes = job.outcomes().iterator();
    while (outcomes.hasNext()) {
      sum += ((Outcome.Succeeded<Long>) outcomes.next()).value();
      seen++;
      if (seen % (count / ROWS) == 0) {
        ledger.note(String.format(Locale.ROOT, "%,d outcomes", seen));
      }
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    boolean back = ledger.isBackAt(start);
    System.out.printf("%n%,.0f tasks a second%n", count / seconds);
    return back && seen == count && sum == Tasks.sumOfSquares(count);
  }
}
