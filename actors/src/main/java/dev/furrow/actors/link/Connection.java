package dev.furrow.actors.link;

import dev.furrow.actors.wire.NodeId;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The sending half of one established connection. Any thread queues frames; the event loop writes
 * them. An idle connection sends a frame at once; under load, whatever has gathered until the event
 * loop comes round leaves in one write. Frames wait here, and not in Netty's buffers, while the
 * socket is full, so that what waits costs what it weighs.
 */
final class Connection {

  private static final int HEADER = Integer.BYTES;
  private static final int BATCH = 64 * 1024;

  private final NodeId peer;
  private final Channel channel;
  private final long maxPending;
  private final long since = System.nanoTime();

  private final Queue<byte[]> queue = new ConcurrentLinkedQueue<>();
  private final AtomicLong pending = new AtomicLong();
  private final AtomicBoolean awake = new AtomicBoolean();
  private volatile boolean open = true;

  // Event loop only.
  private final List<byte[]> batch = new ArrayList<>();
  private boolean ended = true;

  Connection(NodeId peer, Channel channel, int maxPending) {
    this.peer = peer;
    this.channel = channel;
    this.maxPending = maxPending;
  }

  NodeId peer() {
    return peer;
  }

  boolean open() {
    return open;
  }

  /** Bytes that wait to be written to the socket, lengths included. */
  long pending() {
    return pending.get();
  }

  /** For how long there has been this connection. */
  long ageNanos() {
    return System.nanoTime() - since;
  }

  /** Whether, once it is closed, it was the peer's process that closed it. Event loop only. */
  boolean ended() {
    return ended;
  }

  /** Queues a frame; false if it was dropped. May be called by any thread. */
  boolean send(byte[] frame) {
    if (!open || !reserve(HEADER + (long) frame.length)) {
      return false;
    }
    queue.add(frame);
    return wake();
  }

  /** An empty buffer takes any frame, so that no legal frame can be refused for ever. */
  private boolean reserve(long size) {
    while (true) {
      long before = pending.get();
      if (before > 0 && before + size > maxPending) {
        return false;
      }
      if (pending.compareAndSet(before, before + size)) {
        return true;
      }
    }
  }

  /** Has the event loop write what is queued; false if that loop has ended. */
  boolean wake() {
    if (awake.get() || !awake.compareAndSet(false, true)) {
      return true;
    }
    try {
      channel.eventLoop().execute(this::write);
      return true;
    } catch (RejectedExecutionException closed) {
      return false;
    }
  }

  private void write() {
    awake.set(false); // before the queue is looked at: a frame added later wakes again
    if (!open) {
      queue.clear();
      return;
    }
    while (channel.isWritable() && !queue.isEmpty()) {
      writeBatch();
    }
    channel.flush();
  }

  private void writeBatch() {
    int size = 0;
    for (byte[] next = queue.peek(); next != null; next = queue.peek()) {
      if (size > 0 && size + HEADER + next.length > BATCH) {
        break;
      }
      size += HEADER + next.length;
      batch.add(queue.remove());
    }
    ByteBuf out = channel.alloc().directBuffer(size);
    batch.forEach(frame -> out.writeInt(frame.length).writeBytes(frame));
    batch.clear();
    int written = size;
    channel.write(out).addListener(done -> written(written, done));
  }

  private void written(int bytes, Future<?> done) {
    pending.addAndGet(-bytes);
    if (done.cause() != null) {
      broke(done.cause());
    }
  }

  /** The network reported an error. Only a reset tells that the peer's process closed. */
  void broke(Throwable cause) {
    for (Throwable at = cause; at != null; at = at.getCause()) {
      if (at instanceof IOException && !(at instanceof ClosedChannelException)) {
        ended &= reset(at);
      }
    }
  }

  private static boolean reset(Throwable error) {
    String text = String.valueOf(error.getMessage()).toLowerCase(Locale.ROOT);
    return text.contains("reset") || text.contains("broken pipe") || text.contains("forcibly");
  }

  /** This side gives the connection up; nothing more is read or sent. Event loop only. */
  void fail() {
    ended = false;
    shut();
    Sockets.close(channel);
  }

  /** Sends what the socket takes at once, then closes. Event loop only. */
  void finish() {
    write();
    fail();
  }

  /** Takes and gives nothing more. */
  void shut() {
    open = false;
  }
}
