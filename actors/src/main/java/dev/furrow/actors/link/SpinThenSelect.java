package dev.furrow.actors.link;

import io.netty.channel.SelectStrategy;
import io.netty.util.IntSupplier;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What an event loop does that has nothing to do: it looks again for a while, and yields its core
 * to whoever wants it, before it sleeps. What comes meanwhile wakes nobody, and to wake a thread of
 * an idle core can take longer than all else that happens to a short task (Linux polls before it
 * halts a virtual CPU for the same reason, see {@code guest-halt-polling} in its documentation).
 */
final class SpinThenSelect implements SelectStrategy {

  private final long spinNanos;
  private final LongSupplier clock;
  private boolean spinning;
  private long since;

  SpinThenSelect(Duration spin, LongSupplier clock) {
    this.spinNanos = spin.toNanos();
    this.clock = clock;
  }

  @Override
  @SuppressWarnings("ThreadPriorityCheck") // yielding is for speed alone: nothing relies on it
  public int calculateStrategy(IntSupplier selectNow, boolean hasTasks) throws Exception {
    if (hasTasks) {
      spinning = false;
      return selectNow.get();
    }
    long now = clock.getAsLong();
    if (!spinning) {
      spinning = true;
      since = now;
    }
    if (now - since >= spinNanos) {
      spinning = false;
      return SELECT;
    }
    int ready = selectNow.get();
    if (ready > 0) {
      spinning = false;
      return ready;
    }
    Thread.yield();
    return CONTINUE;
  }
}
