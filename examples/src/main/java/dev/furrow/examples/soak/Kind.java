package dev.furrow.examples.soak;

import dev.furrow.Furrow;
import dev.furrow.FurrowException;
import dev.furrow.Job;
import dev.furrow.JobFailedException;
import dev.furrow.JobOptions;
import dev.furrow.JobStatus;
import dev.furrow.Outcome;
import dev.furrow.Ref;
import dev.furrow.TaskCancelledException;
import dev.furrow.TaskOptions;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The kinds of jobs that a program has; each checks how it ends. */
enum Kind {
  JOINED {
    @Override
    void run(Furrow furrow) {
      check(20, furrow.submitAll(squares(20)).join().size());
    }
  },
  STREAMED {
    @Override
    void run(Furrow furrow) {
      try (Stream<Outcome<Long>> outcomes = furrow.submitAll(squares(50)).outcomes()) {
        check(50L, outcomes.count());
      }
    }
  },
  SINGLE {
    @Override
    void run(Furrow furrow) {
      List<Ref<Long>> refs =
          LongStream.range(0, 10).mapToObj(n -> furrow.submit(new Tasks.Square(n))).toList();
      check(285L, refs.stream().mapToLong(Ref::join).sum());
    }
  },
  CANCELLED {
    @Override
    void run(Furrow furrow) {
      Job<Boolean> job = furrow.submitAll(Stream.generate(Tasks.Plug::new).limit(100));
      job.cancel();
      job.completion().toCompletableFuture().join();
      check(JobStatus.CANCELLED, job.status());
    }
  },
  FAILED {
    @Override
    void run(Furrow furrow) {
      TaskOptions twice = TaskOptions.defaults().retries(1).backoff(Duration.ofMillis(1));
      Job<Long> job =
          furrow.submitAll(
              JobOptions.named("failed").tasks(twice),
              LongStream.range(0, 10).mapToObj(Tasks.Fail::new));
      check(JobFailedException.class, thrown(job::join));
      check(10L, job.progress().failed());
    }
  },
  FAILED_FAST {
    @Override
    void run(Furrow furrow) {
      Job<Long> job =
          furrow.submitAll(
              JobOptions.named("failed-fast").failFast(),
              LongStream.range(0, 100).mapToObj(Tasks.Fail::new));
      check(JobFailedException.class, thrown(job::join));
    }
  },
  NESTED {
    @Override
    void run(Furrow furrow) {
      check(285L + 2 * 100, furrow.submit(new Tasks.Nested(10)).join());
    }
  },
  UNREAD {
    @Override
    void run(Furrow furrow) {
      furrow.submitAll(squares(20)).completion().toCompletableFuture().join();
    }
  },
  LEFT {
    @Override
    void run(Furrow furrow) {
      Job<Long> job = furrow.submitAll(squares(200));
      try (Stream<Outcome<Long>> outcomes = job.outcomes()) {
        check(1L, outcomes.limit(1).count());
      }
      job.completion().toCompletableFuture().join();
    }
  },
  LATE {
    @Override
    void run(Furrow furrow) {
      TaskOptions short5 = TaskOptions.defaults().timeout(Duration.ofMillis(5));
      Ref<Boolean> late = furrow.submit(new Tasks.Plug(), short5);
      check(dev.furrow.TaskTimedOutException.class, thrown(late::join));
    }
  },
  UNWANTED {
    @Override
    void run(Furrow furrow) {
      Ref<Boolean> ref = furrow.submit(new Tasks.Plug());
      ref.cancel();
      check(TaskCancelledException.class, thrown(ref::join));
    }
  },
  SPILLED {
    @Override
    void run(Furrow furrow) {
      Stream<Tasks.Large> tasks = IntStream.range(0, 30).mapToObj(n -> new Tasks.Large(8 << 10));
      check(30, furrow.submitAll(tasks).join().size());
    }
  };

  abstract void run(Furrow furrow);

  static Kind of(int number) {
    return values()[number % values().length];
  }

  private static Stream<Tasks.Square> squares(int count) {
    return LongStream.range(0, count).mapToObj(Tasks.Square::new);
  }

  private static Class<?> thrown(Supplier<?> call) {
    try {
      Object none = call.get();
      return none == null ? Void.class : none.getClass();
    } catch (FurrowException expected) {
      return expected.getClass();
    }
  }

  void check(Object expected, Object seen) {
    if (!expected.equals(seen)) {
      throw new IllegalStateException(this + ": expected " + expected + ", saw " + seen);
    }
  }
}
