package dev.furrow.node;

import dev.furrow.ClusterLostException;
import dev.furrow.FurrowException;
import dev.furrow.FurrowFullException;
import dev.furrow.Job;
import dev.furrow.JobOptions;
import dev.furrow.Ref;
import dev.furrow.Task;
import dev.furrow.TaskOptions;
import dev.furrow.actors.cluster.NodeGuardian;
import dev.furrow.actors.job.Intake;
import dev.furrow.actors.job.JobSpec;
import dev.furrow.actors.job.NewTask;
import dev.furrow.actors.job.TaskTerms;
import dev.furrow.actors.wire.EncodedTask;
import dev.furrow.actors.wire.JobKey;
import dev.furrow.actors.wire.TimeUuid;
import dev.furrow.config.NodeSettings;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.jspecify.annotations.Nullable;

/**
 * What one Furrow has submitted: a session for single tasks, and its jobs. A program has one, and
 * so has each attempt that submits more work.
 */
final class Scope {

  /** Drivers of jobs write results to files: not where supervisors and pools must answer. */
  private static final DispatcherSelector FILES = DispatcherSelector.blocking();

  private static final AtomicInteger NAMES = new AtomicInteger();

  private final NodeParts parts;
  private final ResultReader reader;
  private final Keys keys = new Keys();
  private final Set<JobClient> open = ConcurrentHashMap.newKeySet();

  private volatile @Nullable OpenSession session;
  private volatile @Nullable String refusal;
  private volatile @Nullable FurrowException lost;
  private volatile Terms lastTerms = new Terms(TaskOptions.defaults());

  Scope(NodeParts parts) {
    this.parts = parts;
    this.reader = new ResultReader(parts.codec());
  }

  /** Options and what was made of them; most programs use the same for many tasks. */
  private record Terms(TaskOptions options, TaskTerms terms) {
    Terms(TaskOptions options) {
      this(options, TaskTerms.of(options));
    }
  }

  /** Where single tasks go at present: a job, and the refs that wait for it. */
  private record OpenSession(JobClient job, Session refs) {}

  // ---------------------------------------------------------- single tasks

  <R> Ref<R> submit(Task<R> task, TaskOptions options) {
    Objects.requireNonNull(options, "options must not be null");
    requireOpen();
    EncodedTask encoded = parts.codec().encode(task);
    reader.learn(task.getClass());
    if (options.key().isEmpty()) {
      return submit(encoded, options);
    }
    @SuppressWarnings("unchecked") // the same bytes of the same class have the same result
    Ref<R> ref = (Ref<R>) keys.get(options.key().get(), encoded, () -> submit(encoded, options));
    return ref;
  }

  private <R> RefHandle<R> submit(EncodedTask encoded, TaskOptions options) {
    OpenSession at = session();
    RefHandle<R> ref = new RefHandle<>(at.job(), reader, parts.callbacks());
    NewTask task = new NewTask(encoded.type(), encoded.payload(), terms(options));
    NodeSettings.Submit limits = parts.settings().submit();
    long patience = limits.timeout().toNanos();
    Intake.Answer answer =
        at.job().intake().isFullFor(task)
            ? Waiting.on("room for a task", () -> offer(at, task, ref, patience))
            : Waiting.briefly("room for a task", () -> offer(at, task, ref, patience));
    if (answer == Intake.Answer.FULL) {
      throw new FurrowFullException(
          "no room for a task within "
              + limits.timeout()
              + ": furrow.submit.max-tasks = "
              + limits.maxTasks()
              + " or furrow.submit.max-bytes = "
              + limits.maxBytes()
              + " is reached by tasks that have not ended. Wait for some of them, raise the bound,"
              + " or use submitAll, which reads its tasks as there is room");
    }
    if (answer == Intake.Answer.CLOSED) {
      requireOpen();
      throw new IllegalStateException("this Furrow is closed: start another one");
    }
    return ref;
  }

  private Intake.Answer offer(OpenSession at, NewTask task, RefHandle<?> ref, long patience)
      throws InterruptedException {
    return at.job()
        .intake()
        .offer(
            task,
            index -> {
              ref.place(index);
              at.refs().expect(index, ref);
            },
            patience);
  }

  private TaskTerms terms(TaskOptions options) {
    Terms last = lastTerms;
    if (!last.options().equals(options)) {
      last = new Terms(options);
      lastTerms = last;
    }
    return last.terms();
  }

  /** The session; another one if the last has ended, as it does when its supervisor crashes. */
  private synchronized OpenSession session() {
    requireOpen();
    OpenSession current = session;
    if (current == null || current.job().hasEnded()) {
      NodeSettings.Submit limits = parts.settings().submit();
      NodeSettings.Results results = parts.settings().results();
      Intake intake = new Intake(limits.maxTasks(), limits.maxBytes());
      JobClient client = new JobClient(spec("session", false, false), intake, open::remove);
      Session refs =
          new Session(
              new Vault(results.memory(), results.directory()),
              parts.system().dispatchers().lookup(FILES),
              client::resume);
      start(client, refs, NodeGuardian.CONTROL);
      current = new OpenSession(client, refs);
      session = current;
    }
    return current;
  }

  // ------------------------------------------------------------------ jobs

  <R> Job<R> submitAll(
      JobOptions options, Supplier<? extends Iterator<? extends Task<R>>> source, Runnable close) {
    requireOpen();
    NodeSettings settings = parts.settings();
    if (open.size() >= settings.jobs().maxJobs()) {
      throw new FurrowFullException(
          open.size()
              + " jobs are open, as many as furrow.jobs.max-jobs allows: wait for some of"
              + " them, put more tasks into one job, or raise the bound");
    }
    Intake intake = new Intake(options.maxInFlight(), settings.submit().maxBytes());
    JobClient client =
        new JobClient(
            spec(options.name(), options.isFailFast(), options.isSpeculative()),
            intake,
            open::remove);
    OutcomeStore store =
        new OutcomeStore(settings.results().memory(), settings.results().directory());
    JobHandle<R> handle =
        new JobHandle<>(client, reader, parts.callbacks(), settings.results().window(), store);
    start(client, handle, FILES);
    Thread thread =
        new Thread(
            new SourceReader(
                client, handle, source, close, terms(options.tasks()), parts.codec(), reader),
            "furrow-source-" + options.name());
    thread.setDaemon(true);
    thread.start();
    client.whenEnded(thread::interrupt);
    return handle;
  }

  private JobSpec spec(String name, boolean failFast, boolean speculate) {
    return new JobSpec(
        new JobKey(TimeUuid.create(System.currentTimeMillis()).toString(), 1, parts.self()),
        name,
        failFast,
        speculate);
  }

  private void start(JobClient client, OutcomeSink sink, DispatcherSelector dispatcher) {
    open.add(client);
    try {
      client.connect(
          parts
              .system()
              .systemActorOf(
                  JobDriver.create(client.spec(), client.intake(), parts.guardian(), client, sink),
                  "furrow-driver-" + NAMES.incrementAndGet(),
                  dispatcher),
          sink);
    } catch (IllegalStateException ended) {
      open.remove(client);
      throw new ClusterLostException(
          "the actor system of this node has ended: start another Furrow");
    }
    FurrowException why = lost;
    if (why != null) {
      client.fail(why);
    }
  }

  // ------------------------------------------------------------------- end

  /** Throws if this takes nothing any more. */
  void requireOpen() {
    String text = refusal;
    if (text != null) {
      throw new IllegalStateException(text);
    }
    FurrowException why = lost;
    if (why != null) {
      throw Failures.again(why);
    }
  }

  /** Takes no more work; {@code text} says why. */
  void refuse(String text) {
    refusal = text;
  }

  /** Waits for so long until everything submitted has ended. */
  boolean awaitQuiet(long nanos) throws InterruptedException {
    long until = System.nanoTime() + nanos;
    OpenSession last = session;
    if (last != null && !last.refs().awaitQuiet(nanos)) {
      return false;
    }
    for (JobClient client : List.copyOf(open)) {
      boolean isSession = last != null && client == last.job();
      if (!isSession && !client.awaitEnd(until - System.nanoTime())) {
        return false;
      }
    }
    return true;
  }

  /** Cancels what is unfinished. */
  void cancel() {
    open.forEach(JobClient::cancel);
  }

  /** Lets what was submitted end, and takes no more. */
  void finish() {
    refuse("the task that this Furrow belonged to has ended");
    OpenSession last = session;
    if (last != null) {
      last.job().endSource(null);
    }
  }

  /** Ends everything from this side. */
  void fail(FurrowException why) {
    lost = why;
    open.forEach(client -> client.fail(why));
  }
}
