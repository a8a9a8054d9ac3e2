package dev.furrow.actors.wire;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects up to so many bytes, counts those beyond, and gives up after so many. Keeps what each
 * write brought as a piece of its own: a generator that writes its buffer once costs one copy, and
 * nothing is copied to grow. For one thread.
 */
final class LimitedOutput extends OutputStream {

  private final int limit;
  private final long countTo;
  private final List<byte[]> pieces = new ArrayList<>(1);
  private long size;

  /**
   * An empty output.
   *
   * @param limit bytes that are kept
   * @param countTo bytes after which writing fails, so that a larger size need not be known
   */
  LimitedOutput(int limit, long countTo) {
    this.limit = limit;
    this.countTo = countTo;
  }

  /** More was written than may be. */
  static final class TooLargeException extends IOException {

    private static final long serialVersionUID = 1L;

    TooLargeException(String size) {
      super(size);
    }

    /** How much it was, in words. */
    String size() {
      return String.valueOf(getMessage());
    }
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    size += count;
    if (size > limit) {
      pieces.clear();
      if (size > countTo) {
        throw new TooLargeException("more than " + countTo + " bytes");
      }
      return;
    }
    byte[] piece = new byte[count];
    System.arraycopy(bytes, offset, piece, 0, count);
    pieces.add(piece);
  }

  /**
   * All bytes; nobody else keeps them.
   *
   * @throws TooLargeException there were more than are kept
   */
  byte[] toByteArray() throws TooLargeException {
    if (size > limit) {
      throw new TooLargeException(size + " bytes");
    }
    if (pieces.size() == 1) {
      return pieces.get(0);
    }
    byte[] whole = new byte[(int) size];
    int at = 0;
    for (byte[] piece : pieces) {
      System.arraycopy(piece, 0, whole, at, piece.length);
      at += piece.length;
    }
    return whole;
  }
}
