package dev.furrow.node;

import dev.furrow.Task;
import dev.furrow.TaskFailure;
import dev.furrow.actors.job.Intake;
import dev.furrow.actors.job.NewTask;
import dev.furrow.actors.job.TaskTerms;
import dev.furrow.actors.wire.EncodedTask;
import dev.furrow.actors.wire.FailureRecord;
import dev.furrow.actors.wire.TaskCodec;
import java.util.Iterator;
import java.util.function.Supplier;

/**
 * Reads a job's tasks on a thread of its own, encodes them there, and waits while the job has
 * enough of them.
 */
final class SourceReader implements Runnable {

  private final JobClient client;
  private final JobHandle<?> handle;
  private final Supplier<? extends Iterator<? extends Task<?>>> source;
  private final Runnable close;
  private final TaskTerms terms;
  private final TaskCodec codec;
  private final ResultReader reader;
  private long place;

  SourceReader(
      JobClient client,
      JobHandle<?> handle,
      Supplier<? extends Iterator<? extends Task<?>>> source,
      Runnable close,
      TaskTerms terms,
      TaskCodec codec,
      ResultReader reader) {
    this.client = client;
    this.handle = handle;
    this.source = source;
    this.close = close;
    this.terms = terms;
    this.codec = codec;
    this.reader = reader;
  }

  @Override
  public void run() {
    Throwable failure = null;
    try {
      read();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      failure = interrupted;
    } catch (Throwable thrown) {
      failure = thrown;
    }
    try {
      close.run();
    } catch (Throwable thrown) {
      failure = failure == null ? thrown : failure;
    }
    if (failure == null) {
      client.endSource(null);
      return;
    }
    if (!client.hasEnded()) {
      handle.sourceThrew(failure);
    }
    client.endSource(FailureRecord.of(TaskFailure.Kind.THREW, failure, "driver"));
  }

  private void read() throws InterruptedException {
    Iterator<? extends Task<?>> tasks = source.get();
    Intake intake = client.intake();
    while (!client.hasEnded() && tasks.hasNext()) {
      Task<?> task = tasks.next();
      if (task == null) {
        throw new NullPointerException("the source gave null as task " + intake.accepted());
      }
      EncodedTask encoded = codec.encode(task);
      reader.learn(task.getClass());
      NewTask next = new NewTask(encoded.type(), encoded.payload(), terms);
      if (intake.offer(next, index -> place = index, Long.MAX_VALUE) == Intake.Answer.CLOSED) {
        return;
      }
      handle.accepted(place);
    }
  }
}
