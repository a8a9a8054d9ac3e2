package dev.furrow.examples.soak;

import dev.furrow.Job;
import dev.furrow.Ref;
import dev.furrow.Task;
import dev.furrow.TaskContext;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/** What the trials submit. */
final class Tasks {

  private Tasks() {}

  record Square(long n) implements Task<Long> {
    @Override
    public Long run(TaskContext context) {
      return n * n;
    }
  }

  /** Keeps a slot until it is cancelled. */
  record Plug() implements Task<Boolean> {
    @Override
    public Boolean run(TaskContext context) throws InterruptedException {
      new CountDownLatch(1).await();
      return true;
    }
  }

  /** Sleeps. */
  record Nap(long micros) implements Task<Long> {
    @Override
    public Long run(TaskContext context) throws InterruptedException {
      TimeUnit.MICROSECONDS.sleep(micros);
      return micros;
    }
  }

  record Fail(long n) implements Task<Long> {
    @Override
    public Long run(TaskContext context) {
      throw new IllegalStateException("number " + n + " fails on purpose");
    }
  }

  /** Answers so many bytes. */
  record Large(int bytes) implements Task<byte[]> {
    @Override
    public byte[] run(TaskContext context) {
      return new byte[bytes];
    }
  }

  /** Submits single tasks and a job of its own. */
  record Nested(long n) implements Task<Long> {
    @Override
    public Long run(TaskContext context) {
      Ref<Long> first = context.furrow().submit(new Square(n));
      Job<Long> job = context.furrow().submitAll(LongStream.range(0, n).mapToObj(Square::new));
      Ref<Long> left = context.furrow().submit(new Square(n));
      return job.join().stream().mapToLong(Long::longValue).sum() + first.join() + left.join();
    }
  }

  /** Looks at the worker. */
  record Look() implements Task<Vitals> {
    @Override
    public Vitals run(TaskContext context) {
      return Vitals.now();
    }
  }

  /** The sum of the squares of the numbers below n, as a long that may overflow. */
  static long sumOfSquares(long n) {
    return LongStream.range(0, n).map(x -> x * x).sum();
  }
}
