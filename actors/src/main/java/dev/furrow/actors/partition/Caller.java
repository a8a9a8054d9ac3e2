package dev.furrow.actors.partition;

import dev.furrow.actors.link.Link;
import dev.furrow.actors.wire.CallerId;
import dev.furrow.actors.wire.CallerMessage;
import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.PartitionId;
import dev.furrow.actors.wire.TimeUuid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the calls of a node's threads on partitions, wherever these are. Bounded: a call waits for
 * room. Safe for use by many threads.
 */
final class Caller {

  private static final int UNIT = 1_024;

  /**
   * What is bounded, and for how long.
   *
   * @param calls without an answer, at most
   * @param bytes of these calls, at most; one larger call is let in alone
   * @param timeout of a call in nanoseconds, from when it has room; also the longest wait for room
   * @param resend after which a message is sent again, in nanoseconds
   */
  record Limits(int calls, long bytes, long timeout, long resend) {}

  private final Link link;
  private final Consumer<PartitionId> locator;
  private final LongSupplier clock;
  private final Limits limits;
  private final int units;
  private final Semaphore calls;
  private final Semaphore bytes;
  private final Map<PartitionId, Outbox> outboxes = new ConcurrentHashMap<>();
  private final CallerId id;
  private volatile @Nullable String closed;

  /**
   * A caller that has made no call.
   *
   * @param locator is asked where a partition is, and answers by {@link #located}
   */
  Caller(Link link, Consumer<PartitionId> locator, LongSupplier clock, Limits limits) {
    this.link = link;
    this.locator = locator;
    this.clock = clock;
    this.limits = limits;
    this.units = (int) Math.min(Integer.MAX_VALUE, Math.max(1, limits.bytes() / UNIT));
    this.calls = new Semaphore(limits.calls());
    this.bytes = new Semaphore(units);
    this.id = caller(Long.MIN_VALUE);
  }

  /** Somebody who was never heard of, born after a time. */
  private static CallerId caller(long after) {
    long born = Math.max(System.currentTimeMillis(), after + 1);
    return new CallerId(TimeUuid.create(born).toString(), born);
  }

  /**
   * Makes calls on a partition, in one message as far as they fit into one. Answers may come before
   * this returns, on this thread.
   *
   * @return how many were made; there was no room in time for the others, of which nothing was done
   * @throws InterruptedException while it waited for room for the first: nothing was done
   */
  int call(PartitionId partition, List<Call> wanted) throws InterruptedException {
    int made = 0;
    while (made < wanted.size()) {
      int room = room(wanted.subList(made, wanted.size()), made == 0);
      if (room == 0) {
        return made;
      }
      call(partition, wanted.subList(made, made + room), clock.getAsLong());
      made += room;
    }
    return made;
  }

  /** For how many of some calls there is room now, as far as they fit into one message. */
  private int room(List<Call> some, boolean mayThrow) throws InterruptedException {
    int room = 0;
    while (room < Math.min(Outbox.MOST_CALLS, some.size()) && hasRoomNow(some.get(room))) {
      room++;
    }
    if (room > 0) {
      return room;
    }
    try {
      return waitsForRoom(some.get(0)) ? 1 : 0;
    } catch (InterruptedException interrupted) {
      if (mayThrow) {
        throw interrupted;
      }
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  private void call(PartitionId partition, List<Call> some, long now) {
    Outbox outbox =
        outboxes.computeIfAbsent(partition, key -> new Outbox(key, id, limits.resend()));
    some.forEach(call -> call.deadline = now + limits.timeout());
    work(partition, outbox, box -> box.add(some, now));
    String why = closed;
    if (why != null) {
      close(why);
    }
  }

  private boolean hasRoomNow(Call call) {
    if (!calls.tryAcquire()) {
      return false;
    }
    if (!bytes.tryAcquire(units(call))) {
      calls.release();
      return false;
    }
    return true;
  }

  private boolean waitsForRoom(Call call) throws InterruptedException {
    long until = clock.getAsLong() + limits.timeout();
    if (!calls.tryAcquire(limits.timeout(), TimeUnit.NANOSECONDS)) {
      return false;
    }
    boolean room = false;
    try {
      long left = Math.max(0, until - clock.getAsLong());
      room = bytes.tryAcquire(units(call), left, TimeUnit.NANOSECONDS);
    } finally {
      if (!room) {
        calls.release();
      }
    }
    return room;
  }

  /** Whether so many calls would not have to wait for room now, as far as their number goes. */
  boolean hasRoom(int count) {
    return calls.availablePermits() > count && bytes.availablePermits() > units / 4;
  }

  private int units(Call call) {
    return Math.min(units, 1 + call.weight() / UNIT);
  }

  private void work(PartitionId partition, Outbox outbox, Consumer<Outbox> work) {
    List<Outbox.Effect> all = new ArrayList<>();
    synchronized (outbox) {
      work.accept(outbox);
      List<Outbox.Effect> effects = outbox.drain();
      while (!effects.isEmpty()) {
        all.addAll(effects);
        // Under the lock, so that messages leave in the order of their numbers.
        effects.forEach(effect -> send(outbox, effect));
        effects = outbox.drain();
      }
    }
    boolean locate = false;
    for (Outbox.Effect effect : all) {
      if (effect instanceof Outbox.Effect.Locate) {
        locate = true;
      } else if (effect instanceof Outbox.Effect.Answered answered) {
        release(answered.call());
        answered.call().answer.answered(answered.status(), answered.body());
      } else if (effect instanceof Outbox.Effect.Failed failed) {
        release(failed.call());
        failed.call().answer.failed(failed.mayBeDone(), failed.text());
      }
    }
    if (locate) {
      locator.accept(partition);
    }
  }

  private void send(Outbox outbox, Outbox.Effect effect) {
    if (effect instanceof Outbox.Effect.Send send && !link.send(send.to(), send.calls())) {
      outbox.unsent(send.calls(), clock.getAsLong());
    }
  }

  private void release(Call call) {
    calls.release();
    bytes.release(units(call));
  }

  // ------------------------------------------------------------------- hear

  /** A node speaks of calls. */
  void received(NodeId from, CallerMessage message) {
    Outbox outbox = outboxes.get(message.partition());
    if (outbox == null) {
      return;
    }
    long now = clock.getAsLong();
    if (message instanceof CallerMessage.Replies replies) {
      work(message.partition(), outbox, box -> box.replied(replies, now));
    } else if (message instanceof CallerMessage.NotHere absent) {
      work(message.partition(), outbox, box -> box.notHere(from, absent, now));
    } else if (message instanceof CallerMessage.Forgotten forgotten) {
      CallerId other = caller(forgotten.born());
      work(message.partition(), outbox, box -> box.forgotten(forgotten, other, now));
    }
  }

  /** A partition was found. */
  void located(PartitionId partition, NodeId at) {
    Outbox outbox = outboxes.get(partition);
    if (outbox != null) {
      long now = clock.getAsLong();
      work(partition, outbox, box -> box.located(at, now));
    }
  }

  /** A partition cannot be opened now. */
  void waits(PartitionId partition, String why) {
    Outbox outbox = outboxes.get(partition);
    if (outbox != null) {
      work(partition, outbox, box -> box.waits(why));
    }
  }

  /** A node cannot be reached. */
  void lost(NodeId node) {
    long now = clock.getAsLong();
    outboxes.forEach((partition, outbox) -> work(partition, outbox, box -> box.lost(node, now)));
  }

  /** Time passes. */
  void tick() {
    long now = clock.getAsLong();
    outboxes.forEach((partition, outbox) -> work(partition, outbox, box -> box.tick(now)));
  }

  /** Fails what waits, and what comes later. */
  void close(String why) {
    closed = why;
    outboxes.forEach((partition, outbox) -> work(partition, outbox, box -> box.close(why)));
  }
}
