package dev.furrow.node;

import dev.furrow.FurrowException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A file for what does not fit into memory. It exists while it is open and is gone with the
 * process, however that ends. Not for use by several threads.
 */
final class SpillFile implements AutoCloseable {

  private final Path directory;
  private @Nullable FileChannel channel;
  private long end;

  SpillFile(Path directory) {
    this.directory = directory;
  }

  /** Where the next bytes will be. */
  long end() {
    return end;
  }

  /** Writes bytes at the end. */
  void append(ByteBuffer bytes) {
    try {
      FileChannel open = open();
      while (bytes.hasRemaining()) {
        end += open.write(bytes, end);
      }
    } catch (IOException failed) {
      throw new FurrowException(
          "cannot write unread results to "
              + directory
              + ": make room there, or set"
              + " furrow.results.directory",
          failed);
    }
  }

  /** Reads so many bytes. */
  ByteBuffer read(long from, int length) {
    try {
      FileChannel open = open();
      ByteBuffer bytes = ByteBuffer.allocate(length);
      while (bytes.hasRemaining()) {
        if (open.read(bytes, from + bytes.position()) < 0) {
          throw new IOException("the file ends before " + (from + length));
        }
      }
      return bytes.flip();
    } catch (IOException failed) {
      throw new FurrowException("cannot read unread results in " + directory, failed);
    }
  }

  /** Forgets everything and keeps the file, for what comes next. */
  void clear() {
    end = 0;
    try {
      if (channel != null) {
        channel.truncate(0);
      }
    } catch (IOException failed) {
      throw new FurrowException("cannot shorten a file in " + directory, failed);
    }
  }

  private FileChannel open() throws IOException {
    if (channel == null) {
      Path file = Files.createTempFile(directory, "furrow-results-", ".spill");
      channel =
          FileChannel.open(
              file,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
    }
    return channel;
  }

  /** Forgets everything; the file is gone until something is appended again. */
  @Override
  public void close() {
    end = 0;
    try {
      if (channel != null) {
        channel.close();
        channel = null;
      }
    } catch (IOException failed) {
      throw new FurrowException("cannot close a file in " + directory, failed);
    }
  }
}
