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
  private final Inbox pool;
  private final Consumer<Throwable> broken;
  private final Semaphore parking;
  private final ThreadPoolExecutor threads;
  private final Map<Integer, Assignment> assignments = new ConcurrentHashMap<>();
  private volatile boolean closed;

  Slots(
      TaskRunner runner,
      String node,
      Nesting nesting,
      Inbox pool,
      Consumer<Throwable> broken,
      int maxThreads,
      int maxParked) {
    this.runner = runner;
    this.node = node;
    this.nesting = nesting;
    this.pool = pool;
    this.broken = broken;
    this.parking = new Semaphore(maxParked);
    this.threads =
        new ThreadPoolExecutor(
            0,
            maxThreads,
            30,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            work -> new SlotThread(work, runner.loader()));
    OPEN.add(this);
  }

  /** A thread that has ended a run asks the pool, which may have it take the next one at once. */
  private static final class SlotThread extends Thread {
    private boolean asking;
    private @Nullable Assignment next;

    /** Takes over nothing from the thread that makes it, which may be one that has run tasks. */
    @SuppressWarnings("ThreadPriorityCheck") // it is the usual one that is set
    SlotThread(Runnable work, ClassLoader loader) {
      super(null, work, "furrow-slot-" + NAMES.incrementAndGet(), 0, false);
      setDaemon(true);
      setPriority(NORM_PRIORITY);
      setContextClassLoader(loader);
    }

    /** Whether this thread, which is the calling one, takes a run. */
    boolean takes(Assignment assignment) {
      if (!asking || next != null) {
        return false;
      }
      next = assignment;
      return true;
    }

    /** Does what may have it take a run, and answers that run. */
    @Nullable Assignment ask(Runnable question) {
      asking = true;
      question.run();
      asking = false;
      Assignment taken = next;
      next = null;
      return taken;
    }
  }

  /** A run and the thread that works it off. */
  private static final class Assignment {
    final int number;
    final Run run;
    final List<HeldLease> entries;
    private List<PoolCommand.Done> done = new ArrayList<>();
    volatile @Nullable Gate gate;
    volatile @Nullable Thread thread;
    volatile @Nullable Attempt current;
    volatile boolean interrupted;

    Assignment(int number, List<HeldLease> entries) {
      this.number = number;
      this.run = new Run(entries.size());
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

  /** Has a thread work off a run: the calling one, if it has just ended another. */
  void start(int number, List<HeldLease> entries) {
    Assignment assignment = new Assignment(number, entries);
    assignment.gate = new Gate(port(assignment), parking);
    assignments.put(number, assignment);
    if (closed) {
      assignments.remove(number);
    } else if (!(Thread.currentThread() instanceof SlotThread thread && thread.takes(assignment))) {
      threads.execute(() -> work(assignment));
    }
  }

  private Gate.Port port(Assignment assignment) {
    return new Gate.Port() {
      @Override
      public void parked() {
        // What it waits for may be among what this very run has done.
        flush(assignment, pool::leave);
        pool.leave(new PoolCommand.Parked(assignment.number));
      }

      @Override
      public void unparked() {
        pool.leave(new PoolCommand.Unparked(assignment.number));
        if (closed) {
          unpark(assignment.number);
        }
      }
    };
  }

  private void flush(Assignment assignment, Consumer<PoolCommand> to) {
    List<PoolCommand.Done> done = assignment.collect();
    if (!done.isEmpty()) {
      to.accept(new PoolCommand.Finished(assignment.number, done, false));
    }
  }

  /** Speaks to the pool, which the calling thread then may have to work for. */
  private void hand(PoolCommand command) {
    try {
      pool.hand(command);
    } catch (RuntimeException | Error defect) {
      broken.accept(defect);
    }
  }

  /**
   * What was taken back of a run.
   *
   * @param kept how many of its entries stay
   * @param done what was done of them and had not been said; the pool must hear it before anything
   *     that the run's thread says from now on
   */
  record Truncation(int kept, List<PoolCommand.Done> done) {}

  /** Takes back what is open in a run; null if it has ended. */
  @Nullable Truncation truncate(int number) {
    Assignment assignment = assignments.get(number);
    if (assignment == null) {
      return null;
    }
    int kept = assignment.run.truncate();
    return new Truncation(kept, assignment.collect());
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

  /** Ends all runs, interrupts everything, and gives threads that wait for a slot their leave. */
  void close() {
    closed = true;
    OPEN.remove(this);
    assignments.values().forEach(assignment -> assignment.run.truncate());
    threads.shutdownNow();
    assignments.keySet().forEach(this::unpark);
  }

  /** Works off a run, and what the pool has this thread take after it. */
  private void work(Assignment first) {
    SlotThread thread = (SlotThread) Thread.currentThread();
    Assignment next = first;
    while (next != null) {
      Assignment assignment = next;
      assignment.thread = thread;
      Gate.enter(assignment.gate);
      try {
        workOff(assignment);
      } catch (RuntimeException | Error defect) {
        log.error("a slot has met a defect: what is left of its run is returned", defect);
      }
      Gate.exit();
      assignments.remove(assignment.number);
      List<PoolCommand.Done> done = assignment.collect();
      next = thread.ask(() -> hand(new PoolCommand.Finished(assignment.number, done, true)));
    }
  }

  private void workOff(Assignment assignment) {
    Run run = assignment.run;
    long flushed = System.nanoTime();
    for (int i = run.claim(); i != Run.NONE; i = run.claim()) {
      TaskRunner.Ending ending = attempt(assignment, i);
      if (!run.complete()) {
        awaitInterrupt(assignment);
        return;
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
        flush(assignment, this::hand);
        flushed = to;
      }
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
