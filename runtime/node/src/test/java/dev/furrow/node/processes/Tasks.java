package dev.furrow.node.processes;

import dev.furrow.Task;
import dev.furrow.TaskContext;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tasks that tests run in other JVMs. */
final class Tasks {

  private Tasks() {}

  /** Takes a while and answers its number. */
  record Slow(long n, long millis) implements Task<Long> {
    @Override
    public Long run(TaskContext context) throws InterruptedException {
      pause(millis);
      return n;
    }
  }

  /** Answers where it ran. */
  record Where(long millis) implements Task<String> {
    @Override
    public String run(TaskContext context) throws InterruptedException {
      pause(millis);
      return context.node();
    }
  }

  /** Answers the process that it ran in. */
  record Pid(long millis) implements Task<Long> {
    @Override
    public Long run(TaskContext context) throws InterruptedException {
      pause(millis);
      return ProcessHandle.current().pid();
    }
  }

  /** Brings a lot and answers how much. */
  record Large(byte[] data) implements Task<Integer> {
    @Override
    public Integer run(TaskContext context) {
      return data.length;
    }
  }

  /** Runs until it is interrupted. */
  record Forever(int n) implements Task<Integer> {
    @Override
    public Integer run(TaskContext context) throws InterruptedException {
      new CountDownLatch(1).await();
      return n;
    }
  }

  /** Answers its number at once. */
  record Echo(long n) implements Task<Long> {
    @Override
    public Long run(TaskContext context) {
      return n;
    }
  }

  /** Takes some ten microseconds of a core. */
  record Tiny(long n) implements Task<Long> {
    @Override
    public Long run(TaskContext context) {
      long until = System.nanoTime() + 10_000;
      while (System.nanoTime() < until) {
        Thread.onSpinWait();
      }
      return n;
    }
  }

  /** Waits in a lobby until it is released. */
  record Attend(long n, int lobby) implements Task<Long> {
    @Override
    public Long run(TaskContext context) throws IOException, InterruptedException {
      Lobby.attend(lobby, "task " + n);
      return n;
    }
  }

  /** Never ends by itself on one node, and takes a moment on every other. */
  record StuckOn(long n, String node, int lobby) implements Task<Long> {
    @Override
    public Long run(TaskContext context) throws IOException, InterruptedException {
      if (!context.node().equals(node)) {
        pause(20);
        return n;
      }
      try {
        Lobby.attend(lobby, "task " + n);
        return -1L;
      } catch (InterruptedException stopped) {
        Lobby.note(lobby, "cancelled: " + context.cancelled());
        throw stopped;
      }
    }
  }

  /** Needs a core for a time; says in a lobby if it is cancelled before it has had it. */
  record Work(long n, long millis, int lobby) implements Task<Long> {
    @Override
    public Long run(TaskContext context) throws IOException {
      ThreadMXBean threads = ManagementFactory.getThreadMXBean();
      long until = threads.getCurrentThreadCpuTime() + millis * 1_000_000;
      while (threads.getCurrentThreadCpuTime() < until) {
        if (context.cancelled()) {
          Thread.interrupted();
          Lobby.note(lobby, context.node());
          return -1L;
        }
      }
      return n;
    }
  }

  /** Ends its JVM, orderly or at once. */
  record Deadly(boolean orderly) implements Task<Integer> {
    @Override
    public Integer run(TaskContext context) {
      if (orderly) {
        System.exit(3);
      }
      Runtime.getRuntime().halt(4);
      return 0;
    }
  }

  /** The passing of time stands for work here. */
  private static void pause(long millis) throws InterruptedException {
    if (new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException("nobody counts down");
    }
  }
}
