package dev.furrow.actors.sim.scale;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongUnaryOperator;

/** An actor's thread: does one thing after the other, each for the time that it takes. */
final class Server {

  private final Timeline time;
  private final Deque<LongUnaryOperator> mailbox = new ArrayDeque<>();
  private long freeAt;
  private boolean called;
  private int longestQueue;

  Server(Timeline time) {
    this.time = time;
  }

  /** Leaves something to do: given the time at which it begins, answers how long it took. */
  void put(LongUnaryOperator work) {
    mailbox.add(work);
    longestQueue = Math.max(longestQueue, mailbox.size());
    if (!called) {
      if (freeAt <= time.now()) {
        next();
      } else {
        call();
      }
    }
  }

  private void call() {
    called = true;
    time.at(freeAt, this::next);
  }

  private void next() {
    called = true;
    long cost = 0;
    for (LongUnaryOperator work = mailbox.poll(); work != null; work = mailbox.poll()) {
      cost = work.applyAsLong(time.now());
      if (cost > 0) {
        break;
      }
    }
    freeAt = time.now() + cost;
    called = false;
    if (!mailbox.isEmpty()) {
      call();
    }
  }

  /** The most things that waited at one time. */
  int longestQueue() {
    return longestQueue;
  }
}
