package dev.furrow.node;

import dev.furrow.Task;
import dev.furrow.TaskContext;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tasks that many tests submit. */
final class Tasks {

  private Tasks() {}

  record Square(long n) implements Task<Long> {
    @Override
    public Long run(TaskContext context) {
      return n * n;
    }
  }

  record Sum(List<Long> parts) implements Task<Long> {
    @Override
    public Long run(TaskContext context) {
      return parts.stream().mapToLong(Long::longValue).sum();
    }
  }

  /** Waits at a meeting until released or interrupted. */
  record Attend(String meeting) implements Task<String> {
    @Override
    public String run(TaskContext context) throws InterruptedException {
      Meeting.named(meeting).attend(context);
      return meeting;
    }
  }

  /** Waits at a meeting and ignores interruption. */
  record Stubborn(String meeting) implements Task<String> {
    @Override
    public String run(TaskContext context) {
      Meeting.named(meeting).attendStubbornly();
      return meeting;
    }
  }

  /** Leaves a note at a meeting. */
  record Note(String meeting, String text) implements Task<String> {
    @Override
    public String run(TaskContext context) {
      Meeting.named(meeting).pass(text);
      return text;
    }
  }

  /** Leaves a note at a meeting after a pause, which stands for work here. */
  record Slow(String meeting, String text, long millis) implements Task<String> {
    @Override
    public String run(TaskContext context) throws InterruptedException {
      if (new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("nobody counts down");
      }
      Meeting.named(meeting).pass(text);
      return text;
    }
  }

  /** Throws. */
  record Fail(String text) implements Task<Long> {
    @Override
    public Long run(TaskContext context) {
      throw new IllegalStateException(text, new IOException("the disk is full"));
    }
  }

  /** Throws for odd numbers. */
  record FailIfOdd(long n) implements Task<Long> {
    @Override
    public Long run(TaskContext context) {
      if (n % 2 == 1) {
        throw new IllegalArgumentException(n + " is odd");
      }
      return n;
    }
  }
}
