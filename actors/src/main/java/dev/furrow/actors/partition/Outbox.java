package dev.furrow.actors.partition;

import dev.furrow.actors.wire.CallKind;
import dev.furrow.actors.wire.CallStatus;
import dev.furrow.actors.wire.CallerId;
import dev.furrow.actors.wire.CallerMessage;
import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.PartitionId;
import dev.furrow.actors.wire.PartitionMessage.Calls;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The calls of one caller on one partition: one message at a time is on its way, and is sent again
 * under its number until it is answered or its time is over, to wherever the partition is by then.
 * The calls that come meanwhile go together with the next message. Not safe for use by many
 * threads; all times in nanoseconds.
 */
final class Outbox {

  /** Calls in a message, at most. */
  static final int MOST_CALLS = 1_000;

  /** A message ends with the call that makes it this large. */
  static final int MOST_BYTES = 1 << 20;

  /** What is to be done. */
  sealed interface Effect {

    /** Send a message; the outbox is to be told if that failed. */
    record Send(NodeId to, Calls calls) implements Effect {}

    /** Find out where the partition is. */
    record Locate() implements Effect {}

    /** A call was answered. */
    record Answered(Call call, CallStatus status, byte[] body) implements Effect {}

    /** A call was not answered. */
    record Failed(Call call, boolean mayBeDone, String text) implements Effect {}
  }

  private static final class Message {

    /** Null in place of each whose time was over. */
    final List<@Nullable Call> calls;

    final Calls record;
    int sent;
    long sentAt;

    Message(List<Call> calls, Calls record) {
      this.calls = new ArrayList<>(calls);
      this.record = record;
    }

    boolean isLate(long now) {
      return calls.stream().anyMatch(call -> call != null && now - call.deadline > 0);
    }
  }

  private final PartitionId id;
  private final long resend;
  private final Deque<Call> waiting = new ArrayDeque<>();
  private final List<Effect> effects = new ArrayList<>();
  private CallerId caller;
  private long sequence;
  private @Nullable NodeId owner;
  private @Nullable Message message;
  private String why = "";
  private long askedAt = Long.MIN_VALUE / 2;

  /**
   * An empty outbox.
   *
   * @param resend a message that was not answered is sent again after this
   */
  Outbox(PartitionId id, CallerId caller, long resend) {
    this.id = id;
    this.caller = caller;
    this.resend = resend;
  }

  /** What is to be done now. */
  List<Effect> drain() {
    List<Effect> drained = List.copyOf(effects);
    effects.clear();
    return drained;
  }

  boolean isEmpty() {
    return waiting.isEmpty() && message == null;
  }

  void add(List<Call> calls, long now) {
    waiting.addAll(calls);
    send(now);
  }

  // ------------------------------------------------------------------- send

  private void send(long now) {
    if (message == null && !waiting.isEmpty()) {
      message = next();
    }
    Message current = message;
    if (current == null) {
      return;
    }
    if (owner == null) {
      locate(now);
    } else if (current.sent == 0) {
      send(current, owner, now);
    }
  }

  private void send(Message current, NodeId to, long now) {
    current.sent++;
    current.sentAt = now;
    effects.add(new Effect.Send(to, current.record));
  }

  private void locate(long now) {
    if (now - askedAt >= resend) {
      askedAt = now;
      effects.add(new Effect.Locate());
    }
  }

  private Message next() {
    List<Call> calls = new ArrayList<>();
    long bytes = 0;
    while (!waiting.isEmpty() && calls.size() < MOST_CALLS && bytes < MOST_BYTES) {
      Call call = waiting.remove();
      calls.add(call);
      bytes += call.weight();
    }
    return new Message(calls, record(calls));
  }

  private Calls record(List<Call> calls) {
    int count = calls.size();
    Map<String, Integer> types = new LinkedHashMap<>();
    Map<CallerId, Integer> origins = new LinkedHashMap<>();
    int[] kind = new int[count];
    int[] type = new int[count];
    List<byte[]> key = new ArrayList<>(count);
    List<byte[]> payload = new ArrayList<>(count);
    int[] from = new int[count];
    long[] task = new long[count];
    int[] ordinal = new int[count];
    for (int i = 0; i < count; i++) {
      Call call = calls.get(i);
      kind[i] = call.kind.ordinal();
      if (call.kind == CallKind.UPDATE || call.kind == CallKind.AGGREGATE) {
        type[i] = place(types, call.type);
      }
      key.add(call.key);
      payload.add(call.payload);
      Call.Origin origin = call.origin;
      from[i] = origin == null ? -1 : place(origins, origin.job());
      task[i] = origin == null ? 0 : origin.task();
      ordinal[i] = origin == null ? 0 : origin.ordinal();
    }
    return new Calls(
        id,
        caller,
        ++sequence,
        List.copyOf(types.keySet()),
        kind,
        type,
        key,
        payload,
        List.copyOf(origins.keySet()),
        from,
        task,
        ordinal);
  }

  private static <T> int place(Map<T, Integer> places, T value) {
    Integer known = places.get(value);
    if (known != null) {
      return known;
    }
    places.put(value, places.size());
    return places.size() - 1;
  }

  // ------------------------------------------------------------------- hear

  /** The link could not send: certainly nothing was done for it this time. */
  void unsent(Calls calls, long now) {
    Message current = message;
    if (current != null && current.record.sequence() == calls.sequence()) {
      current.sent--;
      owner = null;
      locate(now);
    }
  }

  /** The partition is on a node, as far as is known. */
  void located(NodeId at, long now) {
    boolean news = !at.equals(owner);
    owner = at;
    why = "";
    Message current = message;
    if (current == null) {
      return;
    }
    if (current.sent == 0 || news) {
      send(current, at, now);
    }
  }

  /** The partition cannot be opened now; it is tried again. */
  void waits(String reason) {
    why = ": " + reason;
  }

  void replied(CallerMessage.Replies replies, long now) {
    Message current = answered(replies);
    if (current == null) {
      return;
    }
    int done = Math.min(replies.status().length, current.calls.size());
    for (int i = 0; i < done; i++) {
      Call call = current.calls.get(i);
      if (call != null) {
        CallStatus status = CallStatus.values()[replies.status()[i]];
        effects.add(new Effect.Answered(call, status, replies.body().get(i)));
      }
    }
    message = null;
    putBack(current.calls.subList(done, current.calls.size()));
    send(now);
  }

  /** Puts calls that were not done before those that wait. */
  private void putBack(List<@Nullable Call> calls) {
    for (int i = calls.size() - 1; i >= 0; i--) {
      Call call = calls.get(i);
      if (call != null) {
        waiting.addFirst(call);
      }
    }
  }

  /** The message that a node speaks of; null if it is not the one that is on its way. */
  private @Nullable Message answered(CallerMessage said) {
    Message current = message;
    boolean same = current != null && said.sequence() == sequence && said.caller().equals(caller);
    return same ? current : null;
  }

  void notHere(NodeId from, CallerMessage.NotHere absent, long now) {
    if (from.equals(owner)) {
      owner = null;
    }
    Message current = answered(absent);
    if (current != null) {
      locate(now);
    }
  }

  /** Nothing is known of this caller there, so it goes on as another. */
  void forgotten(CallerMessage.Forgotten forgotten, CallerId other, long now) {
    Message current = answered(forgotten);
    if (current == null) {
      return;
    }
    caller = other;
    sequence = 0;
    message = null;
    if (current.sent > 1) {
      fail(current, "the partition has forgotten its caller");
    } else {
      putBack(current.calls);
    }
    send(now);
  }

  /** A node cannot be reached. */
  void lost(NodeId node, long now) {
    if (node.equals(owner)) {
      owner = null;
      if (!isEmpty()) {
        locate(now);
      }
    }
  }

  // ------------------------------------------------------------------- time

  /** Sends again what was not answered, and gives up what has waited for too long. */
  void tick(long now) {
    Message current = message;
    if (current != null && current.sent == 0 && current.isLate(now)) {
      // What is given up below may not be sent with it later.
      message = null;
      putBack(current.calls);
    } else if (current != null && expire(current, now)) {
      message = null;
    } else if (current != null && current.sent > 0 && now - current.sentAt > resend) {
      NodeId to = owner;
      if (to != null) {
        send(current, to, now);
      }
      locate(now);
    }
    while (!waiting.isEmpty() && now - waiting.getFirst().deadline > 0) {
      Call late = waiting.removeFirst();
      effects.add(new Effect.Failed(late, false, "it could not be sent in time" + why));
    }
    send(now);
  }

  /** Gives up the calls of a message whose time is over; true if those were the last. */
  private boolean expire(Message current, long now) {
    boolean none = true;
    for (int i = 0; i < current.calls.size(); i++) {
      Call call = current.calls.get(i);
      if (call != null && now - call.deadline > 0) {
        fail(current, call, "no answer came in time" + why);
        current.calls.set(i, null);
      }
      none &= current.calls.get(i) == null;
    }
    return none;
  }

  private void fail(Message current, String why) {
    for (Call call : current.calls) {
      if (call != null) {
        fail(current, call, why);
      }
    }
  }

  private void fail(Message current, Call call, String why) {
    boolean mayBeDone = current.sent > 0 && call.kind == CallKind.UPDATE;
    effects.add(new Effect.Failed(call, mayBeDone, why));
  }

  /** Gives up everything. */
  void close(String why) {
    Message current = message;
    message = null;
    if (current != null) {
      fail(current, why);
    }
    waiting.forEach(call -> effects.add(new Effect.Failed(call, false, why)));
    waiting.clear();
  }
}
