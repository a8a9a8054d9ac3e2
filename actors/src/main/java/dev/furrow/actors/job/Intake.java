package dev.furrow.actors.job;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Where a driver's threads leave tasks for their supervisor. Bounded by the tasks, and by their
 * bytes, that were accepted and have not ended: a full intake makes the submitter wait.
 *
 * <p>The supervisor is woken once when tasks begin to wait for it, not once a task.
 */
public final class Intake {

  /** What an offer came to. */
  public enum Answer {
    /** The task has its place in the job. */
    ACCEPTED,
    /** There was no room in time. */
    FULL,
    /** The job takes no more tasks. */
    CLOSED
  }

  private final int maxTasks;
  private final long maxBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private final Deque<NewTask> waiting = new ArrayDeque<>();

  private long next;
  private int tasks;
  private long bytes;
  private boolean awake;
  private boolean closed;
  private @Nullable Runnable wake;

  /**
   * An empty intake.
   *
   * @param maxTasks tasks accepted and not ended, at most
   * @param maxBytes their encoded size, at most; a single larger task is let in alone
   */
  public Intake(int maxTasks, long maxBytes) {
    this.maxTasks = maxTasks;
    this.maxBytes = maxBytes;
  }

  /**
   * Leaves a task, waiting for room.
   *
   * @param accepted is given the task's place in the job before its supervisor can see it
   * @param nanos the longest wait
   * @throws InterruptedException while waiting; nothing was accepted
   */
  public Answer offer(NewTask task, LongConsumer accepted, long nanos) throws InterruptedException {
    Runnable call = null;
    lock.lockInterruptibly();
    try {
      long left = nanos;
      while (!closed && isFull(task)) {
        if (left <= 0) {
          return Answer.FULL;
        }
        left = room.awaitNanos(left);
      }
      if (closed) {
        return Answer.CLOSED;
      }
      tasks++;
      bytes += task.payload().length;
      accepted.accept(next++);
      waiting.add(task);
      if (!awake) {
        awake = true;
        call = wake;
      }
    } finally {
      lock.unlock();
    }
    if (call != null) {
      call.run();
    }
    return Answer.ACCEPTED;
  }

  private boolean isFull(NewTask task) {
    return tasks >= maxTasks || (tasks > 0 && bytes + task.payload().length > maxBytes);
  }

  /** Whether an offer of a task would have to wait now. */
  public boolean isFullFor(NewTask task) {
    lock.lock();
    try {
      return !closed && isFull(task);
    } finally {
      lock.unlock();
    }
  }

  /** Takes no more tasks. */
  public void close() {
    lock.lock();
    try {
      closed = true;
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Tasks accepted so far. */
  public long accepted() {
    lock.lock();
    try {
      return next;
    } finally {
      lock.unlock();
    }
  }

  /** Sets what wakes the supervisor; called at once if tasks wait already. */
  void onWake(Runnable call) {
    lock.lock();
    try {
      wake = call;
      awake = !waiting.isEmpty();
    } finally {
      lock.unlock();
    }
    if (awake) {
      call.run();
    }
  }

  /** Takes what waits, up to so many; fewer means that the next task wakes the supervisor. */
  List<NewTask> take(int most) {
    lock.lock();
    try {
      List<NewTask> taken = new ArrayList<>(Math.min(most, waiting.size()));
      while (taken.size() < most && !waiting.isEmpty()) {
        taken.add(waiting.poll());
      }
      awake = taken.size() == most;
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** Makes room: so many tasks have ended. */
  void release(int endedTasks, long endedBytes) {
    lock.lock();
    try {
      tasks -= endedTasks;
      bytes -= endedBytes;
      room.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
