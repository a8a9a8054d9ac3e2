package dev.furrow.node.processes;

import dev.furrow.Task;
import dev.furrow.TaskContext;
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
