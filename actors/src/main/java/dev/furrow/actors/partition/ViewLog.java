package dev.furrow.actors.partition;

import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.PartitionId;
import dev.furrow.actors.wire.ReplicaMessage.Append;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The changes of a view that not all of its copies have: sends each to all of them, says when a
 * majority has one, and sends again what one has lost. Not safe for use by many threads.
 */
final class ViewLog {

  /** Changes that not all copies have, at most, and what they weigh: then the next one waits. */
  private static final int MOST = 1_000;

  private static final long MOST_BYTES = 16 << 20;

  /** Changes that a copy which has lost some is sent at a time, and what they weigh. */
  private static final int WINDOW = 100;

  private static final long WINDOW_BYTES = 1 << 20;

  private static final class Copy {
    /** The last change that it has. */
    long has;

    /** The same when it was looked at last; −1 before. */
    long seen = -1;

    /** Up to which change it was sent what it had lost; 0 if nothing. */
    long sent;
  }

  private final PartitionId id;
  private final long view;
  private final int majority;
  private final BiConsumer<NodeId, Append> sender;
  private final Map<NodeId, Copy> copies = new HashMap<>();
  private final Deque<Append> behind = new ArrayDeque<>();
  private long bytes;
  private long position;
  private long kept;
  private byte @Nullable [] waiting;

  /**
   * A view of which all copies have the same.
   *
   * @param majority so many copies must have a change
   */
  ViewLog(
      PartitionId id,
      long view,
      List<NodeId> copies,
      int majority,
      BiConsumer<NodeId, Append> sender) {
    this.id = id;
    this.view = view;
    this.majority = majority;
    this.sender = sender;
    copies.forEach(copy -> this.copies.put(copy, new Copy()));
  }

  /** Sends a change, one at a time, as soon as there is room. */
  void append(byte[] change) {
    waiting = change;
    append();
  }

  private void append() {
    byte[] body = waiting;
    if (body == null || behind.size() >= MOST || bytes >= MOST_BYTES) {
      return;
    }
    waiting = null;
    position++;
    Append append = new Append(id, view, position, body);
    behind.add(append);
    bytes += body.length;
    copies.keySet().forEach(copy -> sender.accept(copy, append));
  }

  /**
   * A copy has a change.
   *
   * @return whether the last change is kept from now on
   */
  boolean appended(NodeId from, long number) {
    Copy copy = copies.get(from);
    if (copy == null || number <= copy.has) {
      return false;
    }
    copy.has = number;
    if (copy.sent > 0 && number >= copy.sent) {
      sendAgain(from, copy);
    }
    long[] ascending = copies.values().stream().mapToLong(one -> one.has).sorted().toArray();
    while (!behind.isEmpty() && behind.getFirst().position() <= ascending[0]) {
      bytes -= behind.removeFirst().body().length;
    }
    boolean news = kept < position && ascending[ascending.length - majority] >= position;
    if (news) {
      kept = position;
    }
    append();
    return news;
  }

  /** Looks for copies that have not moved since the last time: they have lost something. */
  void again() {
    copies.forEach(
        (node, copy) -> {
          if (copy.has < position && copy.has == copy.seen) {
            sendAgain(node, copy);
          }
          copy.seen = copy.has;
        });
  }

  /** Sends what follows the last change that a copy has, some at a time. */
  private void sendAgain(NodeId node, Copy copy) {
    long sent = copy.has;
    long weight = 0;
    for (Append append : behind) {
      if (append.position() > copy.has && weight < WINDOW_BYTES && sent < copy.has + WINDOW) {
        sender.accept(node, append);
        sent = append.position();
        weight += append.body().length;
      }
    }
    copy.sent = sent == copy.has ? 0 : sent;
  }
}
