package dev.furrow.actors.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * What threads have said to their pool: it is woken once, however many speak before it listens. So
 * a pool with nothing else to do hears each at once, and a busy one hears many in one turn.
 */
final class Inbox implements Consumer<PoolCommand> {

  private final Queue<PoolCommand> commands = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean woken = new AtomicBoolean();
  private final Runnable wake;

  Inbox(Runnable wake) {
    this.wake = wake;
  }

  /** From any thread: what one thread says stays in order. */
  @Override
  public void accept(PoolCommand command) {
    commands.add(command);
    if (!woken.get() && woken.compareAndSet(false, true)) {
      wake.run();
    }
  }

  /** The pool listens: takes all that is there. */
  List<PoolCommand> drain() {
    woken.set(false);
    List<PoolCommand> all = new ArrayList<>();
    for (PoolCommand next = commands.poll(); next != null; next = commands.poll()) {
      all.add(next);
    }
    return all;
  }
}
