package dev.furrow.actors.partition;

import java.util.Arrays;

/** An encoded key. Ordered by its bytes, unsigned; the bytes are not to be changed. */
final class ByteKey implements Comparable<ByteKey> {

  private final byte[] bytes;
  private final int hash;

  ByteKey(byte[] bytes) {
    this.bytes = bytes;
    this.hash = KeyHash.of(bytes);
  }

  byte[] bytes() {
    return bytes;
  }

  @Override
  public int compareTo(ByteKey other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ByteKey key && hash == key.hash && Arrays.equals(bytes, key.bytes);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
