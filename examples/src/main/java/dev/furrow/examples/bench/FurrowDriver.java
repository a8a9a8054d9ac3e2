package dev.furrow.examples.bench;

import dev.furrow.Durability;
import dev.furrow.Furrow;
import dev.furrow.Job;
import dev.furrow.JobOptions;
import dev.furrow.Outcome;
import dev.furrow.PartitionedOptions;
import dev.furrow.Ref;
import dev.furrow.examples.bench.kit.Counters;
import dev.furrow.examples.bench.kit.Driver;
import dev.furrow.examples.bench.kit.Grid;
import dev.furrow.examples.bench.kit.Kept;
import dev.furrow.examples.bench.kit.Pending;
import dev.furrow.examples.bench.kit.Shape;
import dev.furrow.examples.bench.kit.Work;
import dev.furrow.examples.bench.kit.WorkerJvms;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.Spliterators;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Furrow with worker JVMs on this machine. Settings are the defaults, but for lost workers. */
final class FurrowDriver implements Grid {

  /** A lost worker is not replaced before the row is over, for no contender. */
  private static final Duration NOT_REPLACED = Duration.ofMinutes(10);

  private final Furrow furrow;

  private FurrowDriver(Furrow furrow) {
    this.furrow = furrow;
  }

  /** Measures what the arguments name; see {@link Driver}. */
  public static void main(String[] args) {
    Driver.measureCluster(args, FurrowDriver::open);
  }

  private static FurrowDriver open(Shape shape) throws IOException {
    Furrow.Builder builder =
        Furrow.builder()
            .workers(shape.workers())
            .slots(shape.slotsEach())
            .set("furrow.workers.jvm-options", WorkerJvms.heap())
            .set("furrow.workers.restart.min", NOT_REPLACED)
            .set("furrow.workers.restart.max", NOT_REPLACED);
    FurrowDurability.journal(builder, Kept.here());
    return new FurrowDriver(builder.start());
  }

  @Override
  public Pending submit(Work work) {
    Ref<Long> ref = furrow.submit(FurrowTasks.of(work));
    return ref::join;
  }

  @Override
  public void runAll(Iterator<? extends Work> works, LongConsumer results) {
    Stream<? extends Work> source =
        StreamSupport.stream(Spliterators.spliteratorUnknownSize(works, 0), false);
    Job<Long> job = furrow.submitAll(JobOptions.named("bench"), source.map(FurrowTasks::of));
    try (Stream<Outcome<Long>> outcomes = job.outcomes()) {
      outcomes.forEach(outcome -> results.accept(value(outcome)));
    }
  }

  /** The name is new in each run, so that a journal that outlived one holds nothing for it. */
  @Override
  public Counters counters(String name) {
    Durability durability = FurrowDurability.of(Kept.here());
    return new FurrowCounters(
        furrow.partitioned(
            name + "-" + System.currentTimeMillis(),
            Long.class,
            Long.class,
            PartitionedOptions.defaults().durability(durability)));
  }

  private static long value(Outcome<Long> outcome) {
    if (outcome instanceof Outcome.Succeeded<Long> succeeded) {
      return succeeded.value();
    }
    throw new IllegalStateException("a task did not succeed: " + outcome);
  }
}
