package dev.furrow.node;

import dev.furrow.actors.job.OutcomeRecord;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * Where the results of single tasks wait for whoever holds their refs: in memory up to a bound,
 * then in a file. A ref that is read, or that nobody holds any more, makes room.
 */
final class Vault implements AutoCloseable {

  private static final Cleaner CLEANER = Cleaner.create();

  /** Smaller results would gain nothing from being elsewhere. */
  private static final int SMALL = 256;

  private final long memory;
  private final SpillFile file;
  private long inMemory;
  private int inFile;
  private boolean closed;

  Vault(long memory, Path directory) {
    this.memory = memory;
    this.file = new SpillFile(directory);
  }

  /** A kept outcome. Taking it makes room; it can be taken once. */
  interface Kept {
    OutcomeRecord take();
  }

  /** Keeps an outcome for as long as {@code owner} can be reached or until it is taken. */
  Kept keep(OutcomeRecord outcome, Object owner) {
    if (outcome.body().length < SMALL) {
      return () -> outcome;
    }
    Cleaner.Cleanable room;
    synchronized (this) {
      int size = outcome.body().length;
      if (inMemory + size > memory) {
        long at = file.end();
        file.append(ByteBuffer.wrap(outcome.body()));
        inFile++;
        room = CLEANER.register(owner, this::leftFile);
        OutcomeRecord shell = outcome.withBody(new byte[0]);
        return () -> load(shell, at, size, room);
      }
      inMemory += size;
      room = CLEANER.register(owner, () -> leftMemory(size));
    }
    return () -> {
      room.clean();
      return outcome;
    };
  }

  private OutcomeRecord load(OutcomeRecord shell, long at, int size, Cleaner.Cleanable room) {
    byte[] body;
    synchronized (this) {
      body = file.read(at, size).array();
    }
    room.clean();
    return shell.withBody(body);
  }

  private synchronized void leftMemory(int size) {
    inMemory -= size;
  }

  private synchronized void leftFile() {
    inFile--;
    if (inFile == 0 && closed) {
      file.close();
    } else if (inFile == 0) {
      file.clear();
    }
  }

  /** Results that are in the file. */
  synchronized int spilled() {
    return inFile;
  }

  /** Keeps nothing more; what is in the file can still be taken. */
  @Override
  public synchronized void close() {
    closed = true;
    if (inFile == 0) {
      file.close();
    }
  }
}
