package dev.furrow.examples.soak;

import dev.furrow.Furrow;
import dev.furrow.Job;
import dev.furrow.JobOptions;
import dev.furrow.Outcome;
import dev.furrow.Ref;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/** So many tasks wait at once: first as a job, then each with a ref of its own. */
final class Queued {

  private Queued() {}

  static boolean run(Furrow furrow, int count) throws InterruptedException {
    furrow.submitAll(LongStream.range(0, 50_000).mapToObj(Tasks.Square::new)).join();
    Ledger ledger = new Ledger(furrow);
    Ledger.Entry start = ledger.note("start");
    boolean well = asJob(furrow, count, ledger, start.driver());
    ledger.note("the job is done");
    well &= asRefs(furrow, count, ledger, start.driver());
    ledger.note("the refs are joined");
    return ledger.isBackAt(start) && well;
  }

  private static boolean asJob(Furrow furrow, int count, Ledger ledger, Vitals start)
      throws InterruptedException {
    Job<Boolean> plug = plug(furrow);
    Job<Long> job =
        furrow.submitAll(
            JobOptions.named("queued").maxInFlight(count),
            LongStream.range(0, count).mapToObj(Tasks.Square::new));
    while (job.progress().total() < 0) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
    report(
        ledger.noteDriver(String.format(Locale.ROOT, "%,d tasks of a job wait", count)),
        start,
        count);
    plug.cancel();
    long sum = job.outcomes().mapToLong(one -> ((Outcome.Succeeded<Long>) one).value()).sum();
    return sum == Tasks.sumOfSquares(count);
  }

  private static boolean asRefs(Furrow furrow, int count, Ledger ledger, Vitals start)
      throws InterruptedException {
    Job<Boolean> plug = plug(furrow);
    List<Ref<Long>> refs = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      refs.add(furrow.submit(new Tasks.Square(i)));
    }
    report(ledger.noteDriver(String.format(Locale.ROOT, "%,d refs are held", count)), start, count);
    plug.cancel();
    long sum = refs.stream().mapToLong(Ref::join).sum();
    return sum == Tasks.sumOfSquares(count);
  }

  /** Takes the worker's only slot. */
  private static Job<Boolean> plug(Furrow furrow) throws InterruptedException {
    Job<Boolean> plug = furrow.submitAll(JobOptions.named("plug"), List.of(new Tasks.Plug()));
    while (plug.progress().running() == 0) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    return plug;
  }

  private static void report(Vitals now, Vitals start, int count) {
    System.out.printf("    %,d bytes of heap each%n", (now.heap() - start.heap()) / count);
  }
}
