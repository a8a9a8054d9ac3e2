package dev.furrow.node;

import dev.furrow.actors.job.OutcomeRecord;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Where the results of single tasks wait for whoever holds their refs: in memory up to a bound,
 * then in a file. A ref that is read, or that nobody holds any more, makes room.
 */
final class Vault implements AutoCloseable {

  private static final Cleaner CLEANER = Cleaner.create();

  /** Smaller results would gain nothing from being elsewhere. */
  private static final int SMALL = 256;

  /** A file takes no more than about this, so that a result that nobody reads pins only so much. */
  private static final long SEGMENT = 64L << 20;

  private final long memory;
  private final Path directory;
  private final AtomicLong inMemory = new AtomicLong();
  private int inFiles;
  private boolean closed;
  private Segment current;

  Vault(long memory, Path directory) {
    this.memory = memory;
    this.directory = directory;
    this.current = new Segment(new SpillFile(directory));
  }

  /** A file, and how many results in it were not taken. */
  private static final class Segment {
    final SpillFile file;
    int live;

    Segment(SpillFile file) {
      this.file = file;
    }
  }

  /** A kept outcome. Taking it makes room; it can be taken once. */
  interface Kept {
    OutcomeRecord take();
  }

  /**
   * Keeps an outcome in memory, for as long as {@code owner} can be reached or until it is taken;
   * null if there is no room. Never waits for a file.
   */
  @Nullable Kept keep(OutcomeRecord outcome, Object owner) {
    int size = outcome.body().length;
    if (size < SMALL) {
      return () -> outcome;
    }
    if (inMemory.addAndGet(size) > memory) {
      inMemory.addAndGet(-size);
      return null;
    }
    Cleaner.Cleanable room = CLEANER.register(owner, () -> inMemory.addAndGet(-size));
    return () -> {
      room.clean();
      return outcome;
    };
  }

  /** Keeps an outcome in a file, for as long as {@link #keep} would. */
  synchronized Kept spill(OutcomeRecord outcome, Object owner) {
    if (current.file.end() >= SEGMENT) {
      current = new Segment(new SpillFile(directory));
    }
    Segment segment = current;
    long at = segment.file.end();
    int size = outcome.body().length;
    segment.file.append(ByteBuffer.wrap(outcome.body()));
    segment.live++;
    inFiles++;
    Cleaner.Cleanable room = CLEANER.register(owner, () -> left(segment));
    OutcomeRecord shell = outcome.withBody(new byte[0]);
    return () -> {
      byte[] body;
      synchronized (this) {
        body = segment.file.read(at, size).array();
      }
      room.clean();
      return shell.withBody(body);
    };
  }

  private synchronized void left(Segment segment) {
    inFiles--;
    segment.live--;
    if (segment.live == 0 && (closed || segment != current)) {
      segment.file.close();
    } else if (segment.live == 0) {
      segment.file.clear();
    }
  }

  /** Results that are in files. */
  synchronized int spilled() {
    return inFiles;
  }

  /** Keeps nothing more; what is in files can still be taken. */
  @Override
  public synchronized void close() {
    closed = true;
    if (current.live == 0) {
      current.file.close();
    }
  }
}
