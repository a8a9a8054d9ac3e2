package dev.furrow.node.processes;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Leaves a process a small part of the time: SIGSTOP and SIGCONT by turns. */
final class Hog implements AutoCloseable {

  private static final long STOPPED_MILLIS = 450;
  private static final long RUNNING_MILLIS = 50;

  private final Jvm victim;
  private final CountDownLatch enough = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "hog");
  private volatile String failure = "";

  Hog(Jvm victim) {
    this.victim = victim;
    thread.start();
  }

  private void run() {
    try {
      do {
        victim.signal("STOP");
        boolean last = enough.await(STOPPED_MILLIS, TimeUnit.MILLISECONDS);
        victim.signal("CONT");
        if (last) {
          return;
        }
      } while (!enough.await(RUNNING_MILLIS, TimeUnit.MILLISECONDS));
    } catch (IOException | InterruptedException failed) {
      failure = failed.toString();
    }
  }

  /** Checks that it is at work. */
  void check() {
    if (!failure.isEmpty()) {
      throw new AssertionError(failure);
    }
  }

  @Override
  public void close() {
    enough.countDown();
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    check();
  }
}
