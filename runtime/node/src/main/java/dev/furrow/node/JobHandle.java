package dev.furrow.node;

import dev.furrow.FurrowException;
import dev.furrow.Job;
import dev.furrow.JobFailedException;
import dev.furrow.JobProgress;
import dev.furrow.JobReport;
import dev.furrow.JobStatus;
import dev.furrow.Outcome;
import dev.furrow.Ref;
import dev.furrow.TaskCancelledException;
import dev.furrow.actors.job.JobSnapshot;
import dev.furrow.actors.job.OutcomeRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** A driver's handle on a job, and where its outcomes wait to be read. */
final class JobHandle<R> implements Job<R>, OutcomeSink {

  private static final int SHOWN = 100;

  private final JobClient client;
  private final ResultReader reader;
  private final Executor callbacks;
  private final int window;
  private final OutcomeStore store;
  private final CompletableFuture<JobReport> completion = new CompletableFuture<>();
  private final Map<Long, List<RefHandle<R>>> refs = new HashMap<>();

  private Reading reading = Reading.UNDECIDED;
  private boolean ended;

  /** No outcomes are fetched until the reader has caught up. */
  private boolean held;

  private @Nullable FurrowException lost;
  private @Nullable List<R> results;
  private volatile @Nullable Throwable sourceError;

  /** How the results are read. */
  private enum Reading {
    UNDECIDED,
    LIST,
    STREAM,
    /** A stream that was closed: what comes is thrown away. */
    CLOSED
  }

  JobHandle(
      JobClient client, ResultReader reader, Executor callbacks, int window, OutcomeStore store) {
    this.client = client;
    this.reader = reader;
    this.callbacks = callbacks;
    this.window = window;
    this.store = store;
  }

  /** Keeps what the source threw, for {@code join} to show. */
  void sourceThrew(Throwable error) {
    sourceError = error;
  }

  /** A task was accepted; it may have been cancelled before. */
  void accepted(long task) {
    boolean unwanted;
    synchronized (this) {
      List<RefHandle<R>> waiting = refs.isEmpty() ? null : refs.get(task);
      unwanted = waiting != null && waiting.stream().anyMatch(RefHandle::isUnwanted);
    }
    if (unwanted) {
      client.cancelTask(task);
    }
  }

  // ---------------------------------------------------- what the job tells

  @Override
  public void accept(List<OutcomeRecord> outcomes) {
    List<Runnable> completions = new ArrayList<>();
    try {
      synchronized (this) {
        for (OutcomeRecord outcome : outcomes) {
          List<RefHandle<R>> waiting = refs.isEmpty() ? null : refs.remove(outcome.task());
          if (waiting != null) {
            waiting.forEach(ref -> completions.add(() -> ref.complete(outcome)));
          }
          if (reading != Reading.CLOSED) {
            store.add(outcome);
          }
        }
        notifyAll();
      }
    } finally {
      completions.forEach(Runnable::run);
    }
  }

  @Override
  public synchronized boolean hasRoom() {
    // A file that is read while it is written would only grow.
    boolean room = reading != Reading.STREAM || (store.size() < window && store.spilled() == 0);
    held |= !room;
    return room;
  }

  @Override
  public void ended(JobSnapshot snapshot) {
    end(null);
    JobReport report = report();
    completion.completeAsync(() -> report, callbacks);
  }

  @Override
  public void failed(FurrowException why) {
    end(why);
    callbacks.execute(() -> completion.completeExceptionally(why));
  }

  private void end(@Nullable FurrowException why) {
    List<RefHandle<R>> unanswered = new ArrayList<>();
    synchronized (this) {
      ended = true;
      lost = why;
      refs.values().forEach(unanswered::addAll);
      refs.clear();
      notifyAll();
    }
    FurrowException reason = why != null ? why : neverSubmitted();
    unanswered.forEach(ref -> ref.fail(reason));
  }

  /** Why a task that was waited for has no outcome. */
  private FurrowException neverSubmitted() {
    return client.snapshot().status() == JobStatus.CANCELLED
        ? new TaskCancelledException(this + " was cancelled before the task was submitted")
        : new FurrowException(this + " ended before the task was submitted");
  }

  // ------------------------------------------------------ what users ask

  @Override
  public String id() {
    return client.spec().key().id();
  }

  @Override
  public JobStatus status() {
    synchronized (this) {
      if (lost != null) {
        return JobStatus.FAILED;
      }
    }
    JobStatus seen = client.snapshot().status();
    synchronized (this) {
      return seen.isTerminal() && !ended ? JobStatus.RUNNING : seen;
    }
  }

  @Override
  public JobProgress progress() {
    return new Progress(client.snapshot());
  }

  @Override
  public JobReport report() {
    return new Report(client.spec().name(), client.snapshot());
  }

  @Override
  public List<R> join() {
    synchronized (this) {
      if (reading == Reading.STREAM || reading == Reading.CLOSED) {
        throw new IllegalStateException(
            "the results of "
                + this
                + " were asked for with outcomes() before, which takes them:"
                + " collect them from that stream");
      }
      reading = Reading.LIST;
    }
    awaitEnd();
    return collect();
  }

  private void awaitEnd() {
    synchronized (this) {
      if (ended) {
        return;
      }
    }
    Waiting.on(
        toString(),
        () -> {
          synchronized (this) {
            while (!ended) {
              wait();
            }
            return ended;
          }
        });
  }

  private synchronized List<R> collect() {
    if (results != null) {
      return results;
    }
    if (lost != null) {
      throw Failures.again(lost);
    }
    JobSnapshot snapshot = client.snapshot();
    if (snapshot.status() == JobStatus.CANCELLED) {
      throw new TaskCancelledException(
          this + " was cancelled; " + snapshot.succeeded() + " of its tasks had succeeded");
    }
    if (snapshot.status() == JobStatus.FAILED) {
      throw failure(snapshot);
    }
    Object[] values = new Object[Math.toIntExact(snapshot.accepted())];
    store.forEach(outcome -> values[(int) outcome.task()] = reader.value(outcome, client.spec()));
    store.clear();
    @SuppressWarnings("unchecked")
    List<R> list = (List<R>) Collections.unmodifiableList(Arrays.asList(values));
    results = list;
    return list;
  }

  private JobFailedException failure(JobSnapshot snapshot) {
    List<Outcome<R>> shown = new ArrayList<>();
    List<FurrowException> first = new ArrayList<>();
    store.forEach(
        outcome -> {
          boolean bad =
              outcome.kind() == OutcomeRecord.Kind.FAILED
                  || outcome.kind() == OutcomeRecord.Kind.TIMED_OUT;
          if (bad && shown.size() < SHOWN) {
            Outcome<R> seen = reader.outcome(outcome, client.spec());
            shown.add(seen);
            if (first.isEmpty()) {
              first.add(reader.failure(seen, outcome, client.spec()));
            }
          }
        });
    Throwable source = sourceError;
    if (source != null) {
      return new JobFailedException(
          "the source of "
              + this
              + " threw "
              + source
              + " after "
              + snapshot.accepted()
              + " tasks; what was unfinished is cancelled",
          source,
          report(),
          shown);
    }
    FurrowException cause = first.isEmpty() ? null : first.get(0);
    return new JobFailedException(
        snapshot.failed()
            + " of "
            + snapshot.accepted()
            + " tasks of "
            + this
            + " failed; first: "
            + (cause == null ? "unknown" : cause.getMessage()),
        cause,
        report(),
        shown);
  }

  @Override
  public Stream<Outcome<R>> outcomes() {
    synchronized (this) {
      if (reading != Reading.UNDECIDED) {
        throw new IllegalStateException(
            "the results of "
                + this
                + " were asked for before: they are read once, with join() or"
                + " with one outcomes()");
      }
      reading = Reading.STREAM;
      store.dropIndex();
    }
    return StreamSupport.stream(new Reader(), false).onClose(this::detach);
  }

  private void detach() {
    synchronized (this) {
      reading = Reading.CLOSED;
      store.clear();
    }
    client.resume();
  }

  /** Reads outcomes as they come. */
  private final class Reader extends Spliterators.AbstractSpliterator<Outcome<R>> {

    Reader() {
      super(Long.MAX_VALUE, Spliterator.NONNULL | Spliterator.DISTINCT);
    }

    @Override
    public boolean tryAdvance(Consumer<? super Outcome<R>> action) {
      OutcomeRecord next = next();
      if (next == null) {
        return false;
      }
      action.accept(reader.outcome(next, client.spec()));
      return true;
    }
  }

  private @Nullable OutcomeRecord next() {
    OutcomeRecord next;
    boolean wait;
    boolean resume;
    synchronized (this) {
      next = store.poll();
      wait = next == null && !ended;
      if (next == null && ended) {
        store.clear();
      }
      resume = held && store.size() <= window / 2 && store.spilled() == 0;
      held &= !resume;
    }
    if (wait) {
      Waiting.on(toString(), this::awaitOutcome);
      return next();
    }
    if (resume) {
      client.resume();
    }
    synchronized (this) {
      if (next == null && lost != null) {
        throw Failures.again(lost);
      }
    }
    return next;
  }

  private synchronized boolean awaitOutcome() throws InterruptedException {
    while (store.size() == 0 && !ended) {
      wait();
    }
    return ended;
  }

  @Override
  public Ref<R> ref(long taskId) {
    JobSnapshot snapshot = client.snapshot();
    if (taskId < 0 || (!snapshot.sourceOpen() && taskId >= snapshot.accepted())) {
      throw new IllegalArgumentException(
          this
              + " has "
              + snapshot.accepted()
              + " tasks, numbered from 0 (asked for "
              + taskId
              + ")");
    }
    RefHandle<R> ref = new RefHandle<>(client, reader, callbacks);
    ref.place(taskId);
    synchronized (this) {
      if (reading == Reading.STREAM || reading == Reading.CLOSED) {
        throw new IllegalStateException(
            "the results of " + this + " were asked for with outcomes(), which takes them");
      }
      if (results != null) {
        ref.complete(results.get((int) taskId));
        return ref;
      }
      OutcomeRecord outcome = store.find(taskId);
      if (outcome != null) {
        ref.complete(outcome);
      } else if (lost != null) {
        ref.fail(lost);
      } else if (ended) {
        ref.fail(neverSubmitted());
      } else {
        refs.computeIfAbsent(taskId, task -> new ArrayList<>()).add(ref);
      }
    }
    return ref;
  }

  @Override
  public CompletionStage<JobReport> completion() {
    return completion.copy();
  }

  @Override
  public void cancel() {
    client.cancel();
  }

  @Override
  public String toString() {
    return "job " + client.spec().name() + " (" + id() + ")";
  }
}
