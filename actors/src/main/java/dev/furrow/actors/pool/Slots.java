package dev.furrow.actors.pool;

import dev.furrow.actors.wire.ReportKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that run tasks. A slot is a permit that {@link PoolState} counts; threads here are
 * taken as needed, and one whose task ignores interruption stays away until that task ends.
 */
final class Slots {

  private static final Logger log = LoggerFactory.getLogger(Slots.class);
  private static final AtomicInteger NAMES = new AtomicInteger();
  private static final Set<Slots> OPEN = ConcurrentHashMap.newKeySet();

  /** A thread that works off a long run says what it has done about this often. */
  private static final long FLUSH_NANOS = 1_000_000;

  private final TaskRunner runner;
  private final String node;
  private final Nesting nesting;
  private final Consumer<PoolCommand> pool;
  private final Semaphore parking;
  private final ThreadPoolExecutor threads;
  private final Map<Integer, Assignment> assignments = new ConcurrentHashMap<>();
  private volatile boolean closed;

  Slots(
      TaskRunner runner,
      String node,
      Nesting nesting,
      Consumer<PoolCommand> pool,
      int maxThreads,
      int maxParked) {
    this.runner = runner;
    this.node = node;
    this.nesting = nesting;
    this.pool = pool;
    this.parking = new Semaphore(maxParked);
    this.threads =
        new ThreadPoolExecutor(
            0, maxThreads, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), Slots::thread);
    OPEN.add(this);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "furrow-slot-" + NAMES.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }

  /** A run and the thread that works it off. */
  private static final class Assignment {
    final Run run;
    final List<HeldLease> entries;
    private List<PoolCommand.Done> done = new ArrayList<>();
    volatile @Nullable Gate gate;
    volatile @Nullable Thread thread;
    volatile @Nullable Attempt current;
    volatile boolean interrupted;

    Assignment(Run run, List<HeldLease> entries) {
      this.run = run;
      this.entries = entries;
    }

    synchronized void add(PoolCommand.Done one) {
      done.add(one);
    }

    /** What is done and was not yet said. */
    synchronized List<PoolCommand.Done> collect() {
      List<PoolCommand.Done> collected = done;
      done = new ArrayList<>();
      return collected;
    }
  }

  /** Has a thread work off a run. */
  void start(int number, List<HeldLease> entries) {
    Assignment assignment = new Assignment(new Run(entries.size()), entries);
    assignment.gate = new Gate(port(number, assignment), parking);
    assignments.put(number, assignment);
    threads.execute(() -> work(number, assignment));
  }

  private Gate.Port port(int number, Assignment assignment) {
    return new Gate.Port() {
      @Override
      public void parked() {
        // What it waits for may be among what this very run has done.
        flush(number, assignment);
        pool.accept(new PoolCommand.Parked(number));
      }

      @Override
      public void unparked() {
        pool.accept(new PoolCommand.Unparked(number));
        if (closed) {
          unpark(number);
        }
      }
    };
  }

  private void flush(int number, Assignment assignment) {
    List<PoolCommand.Done> done = assignment.collect();
    if (!done.isEmpty()) {
      pool.accept(new PoolCommand.Finished(number, done, false));
    }
  }

  /** Takes back what is open, and says what is done. Answers how many entries stay. */
  int truncate(int number) {
    Assignment assignment = assignments.get(number);
    if (assignment == null) {
      return Integer.MAX_VALUE;
    }
    int kept = assignment.run.truncate();
    flush(number, assignment);
    return kept;
  }

  /** Declares a running entry void and interrupts its thread. */
  boolean revoke(int number, int index) {
    Assignment assignment = assignments.get(number);
    if (assignment == null || !assignment.run.revoke(index)) {
      return false;
    }
    Attempt attempt = assignment.current;
    if (attempt != null) {
      attempt.cancel();
      if (!attempt.progress().isEmpty()) {
        log.info(
            "task {} of job {} is stopped; it last said: {}",
            attempt.taskId(),
            attempt.jobId(),
            attempt.progress());
      }
    }
    Thread thread = assignment.thread;
    if (thread != null) {
      thread.interrupt();
    }
    assignment.interrupted = true;
    return true;
  }

  /** A thread that has waited has its slot again. */
  void unpark(int number) {
    Assignment assignment = assignments.get(number);
    Gate gate = assignment == null ? null : assignment.gate;
    if (gate != null) {
      gate.grant();
    }
  }

  /** Interrupts everything, and gives threads that wait for a slot their leave. */
  void close() {
    closed = true;
    OPEN.remove(this);
    threads.shutdownNow();
    assignments.keySet().forEach(this::unpark);
  }

  private void work(int number, Assignment assignment) {
    Run run = assignment.run;
    assignment.thread = Thread.currentThread();
    Gate.enter(assignment.gate);
    try {
      long flushed = System.nanoTime();
      for (int i = run.claim(); i != Run.NONE; i = run.claim()) {
        TaskRunner.Ending ending = attempt(assignment, i);
        if (!run.complete()) {
          awaitInterrupt(assignment);
          break;
        }
        // Whoever revokes the next entry as soon as it is claimed must not meet this one.
        assignment.current = null;
        if (Thread.interrupted()) {
          log.debug("a task has interrupted its own thread");
        }
        assignment.add(
            new PoolCommand.Done(
                i, ending.kind().ordinal(), ending.runNanos(), ending.codecNanos(), ending.body()));
        long to = System.nanoTime();
        if (to - flushed > FLUSH_NANOS && i + 1 < assignment.entries.size()) {
          flush(number, assignment);
          flushed = to;
        }
      }
    } finally {
      Gate.exit();
      assignments.remove(number);
      pool.accept(new PoolCommand.Finished(number, assignment.collect(), true));
    }
  }

  private TaskRunner.Ending attempt(Assignment assignment, int index) {
    Attempt attempt = new Attempt(assignment.entries.get(index), node, nesting);
    assignment.current = attempt;
    if (!assignment.run.isRunning()) {
      attempt.cancel(); // it was revoked before it could be told
    }
    TaskRunner.Ending ending = runner.run(attempt);
    attempt.end(!attempt.cancelled() && ending.kind() == ReportKind.SUCCEEDED);
    return ending;
  }

  /** The interrupt that follows a revocation must not hit whatever the thread does next. */
  private static void awaitInterrupt(Assignment assignment) {
    while (!assignment.interrupted) {
      Thread.onSpinWait();
    }
    if (Thread.interrupted()) {
      log.debug("a stopped task has ended");
    }
  }

  /** The task of this JVM that is inside System.exit; empty if none is. */
  static String exiting() {
    return OPEN.stream()
        .flatMap(slots -> slots.assignments.values().stream())
        .filter(Slots::isExiting)
        .map(assignment -> assignment.current)
        .filter(Objects::nonNull)
        .map(one -> "task " + one.taskId() + " (" + one.lease().type + ") of job " + one.jobId())
        .findFirst()
        .orElse("");
  }

  private static boolean isExiting(Assignment assignment) {
    Thread thread = assignment.thread;
    return thread != null
        && Arrays.stream(thread.getStackTrace())
            .anyMatch(frame -> frame.getClassName().equals("java.lang.Shutdown"));
  }
}
