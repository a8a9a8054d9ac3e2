package dev.furrow.actors.link;

import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.PoolMessage;
import dev.furrow.actors.wire.WireMessage;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Writes down what a link tells. */
final class Recorder implements Link.Listener {

  private final List<String> events = new CopyOnWriteArrayList<>();
  private final ConcurrentLinkedQueue<Long> numbers = new ConcurrentLinkedQueue<>();
  private final AtomicInteger received = new AtomicInteger();

  @Override
  public void received(NodeId from, WireMessage message) {
    numbers.add(((PoolMessage) message).job().epoch());
    received.incrementAndGet();
  }

  @Override
  public void connected(NodeId peer) {
    events.add("connected " + peer.uid());
  }

  @Override
  public void closed(NodeId peer, boolean ended) {
    events.add((ended ? "ended " : "closed ") + peer.uid());
  }

  List<String> events() {
    return List.copyOf(events);
  }

  List<Long> numbers() {
    return List.copyOf(numbers);
  }

  int received() {
    return received.get();
  }

  /** Waits until exactly these events have come, in this order. */
  void awaitEvents(String... expected) {
    List<String> wanted = List.of(expected);
    Eventually.holds(wanted + ", but was " + events, () -> events().size() >= wanted.size());
    if (!events().equals(wanted)) {
      throw new AssertionError("expected " + wanted + " but was " + events);
    }
  }

  void awaitReceived(int count) {
    Eventually.holds(count + " messages", () -> received() >= count);
  }
}
