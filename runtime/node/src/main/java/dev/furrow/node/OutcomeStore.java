package dev.furrow.node;

import dev.furrow.actors.job.OutcomeRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A job's unread outcomes in the order of their commit: the first ones in memory up to a bound, the
 * later ones in a file. Not for use by several threads.
 */
final class OutcomeStore implements AutoCloseable {

  /** What an outcome costs in memory besides its body. */
  private static final int OVERHEAD = 96;

  private static final int HEADER = 8 + 1 + 4 + 8 + 4 + 4;

  private final long memory;
  private final SpillFile file;
  private final Deque<OutcomeRecord> head = new ArrayDeque<>();
  private long headBytes;
  private long readFrom;
  private long inFile;

  /** Where each outcome is: the record, or its place in the file; made when first asked. */
  private @Nullable Map<Long, Object> index;

  OutcomeStore(long memory, Path directory) {
    this.memory = memory;
    this.file = new SpillFile(directory);
  }

  /** Outcomes that were not taken. */
  long size() {
    return head.size() + inFile;
  }

  /** Outcomes that are in the file. */
  long spilled() {
    return inFile;
  }

  void add(OutcomeRecord outcome) {
    int cost = OVERHEAD + outcome.body().length;
    if (inFile == 0 && headBytes + cost <= memory) {
      head.addLast(outcome);
      headBytes += cost;
      note(outcome.task(), outcome);
      return;
    }
    note(outcome.task(), file.end());
    file.append(write(outcome));
    inFile++;
  }

  private void note(long task, Object place) {
    if (index != null) {
      index.put(task, place);
    }
  }

  /** Takes the first outcome; null if there is none. */
  @Nullable OutcomeRecord poll() {
    OutcomeRecord first = head.poll();
    if (first != null) {
      headBytes -= OVERHEAD + first.body().length;
      return first;
    }
    if (inFile == 0) {
      return null;
    }
    Placed placed = readAt(readFrom);
    readFrom = placed.end();
    inFile--;
    if (inFile == 0) {
      file.clear();
      readFrom = 0;
    }
    return placed.outcome();
  }

  /** Reads all outcomes and leaves them where they are. */
  void forEach(Consumer<OutcomeRecord> reader) {
    head.forEach(reader);
    long at = readFrom;
    for (long i = 0; i < inFile; i++) {
      Placed placed = readAt(at);
      reader.accept(placed.outcome());
      at = placed.end();
    }
  }

  /** The outcome of a task, which stays; null if it is not here. */
  @Nullable OutcomeRecord find(long task) {
    if (index == null) {
      index = new HashMap<>();
      for (OutcomeRecord outcome : head) {
        index.put(outcome.task(), outcome);
      }
      long at = readFrom;
      for (long i = 0; i < inFile; i++) {
        Placed placed = readAt(at);
        index.put(placed.outcome().task(), at);
        at = placed.end();
      }
    }
    Object place = index.get(task);
    return place instanceof Long at ? readAt(at).outcome() : (OutcomeRecord) place;
  }

  /** Forgets what {@link #find} has made; until it is asked again. */
  void dropIndex() {
    index = null;
  }

  private record Placed(OutcomeRecord outcome, long end) {}

  private Placed readAt(long at) {
    ByteBuffer header = file.read(at, HEADER);
    long task = header.getLong();
    OutcomeRecord.Kind kind = OutcomeRecord.Kind.values()[header.get()];
    int attempts = header.getInt();
    long limit = header.getLong();
    byte[] type = new byte[header.getInt()];
    byte[] body = new byte[header.getInt()];
    file.read(at + HEADER, type.length).get(type);
    file.read(at + HEADER + type.length, body.length).get(body);
    String name = new String(type, StandardCharsets.UTF_8);
    return new Placed(
        new OutcomeRecord(task, name, kind, body, attempts, limit),
        at + HEADER + type.length + body.length);
  }

  private static ByteBuffer write(OutcomeRecord outcome) {
    byte[] type = outcome.type().getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(HEADER + type.length + outcome.body().length);
    bytes
        .putLong(outcome.task())
        .put((byte) outcome.kind().ordinal())
        .putInt(outcome.attempts())
        .putLong(outcome.limitMillis())
        .putInt(type.length)
        .putInt(outcome.body().length)
        .put(type)
        .put(outcome.body());
    return bytes.flip();
  }

  /** Forgets everything, and the file with it. */
  void clear() {
    head.clear();
    headBytes = 0;
    inFile = 0;
    readFrom = 0;
    index = null;
    file.close();
  }

  @Override
  public void close() {
    clear();
  }
}
