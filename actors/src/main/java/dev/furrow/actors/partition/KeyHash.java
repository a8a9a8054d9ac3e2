package dev.furrow.actors.partition;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Where a key is. The hash is MurmurHash3_x86_32 by Austin Appleby (public domain), seed 0: it must
 * never change, because state that is kept is found by it.
 */
public final class KeyHash {

  private static final int C1 = 0xcc9e2d51;
  private static final int C2 = 0x1b873593;

  private KeyHash() {}

  /** The partition of an encoded key, from 0. */
  public static int partition(byte[] key, int partitions) {
    return (of(key) & Integer.MAX_VALUE) % partitions;
  }

  static int of(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    int hash = 0;
    while (in.remaining() >= 4) {
      hash = Integer.rotateLeft(hash ^ mixed(in.getInt()), 13) * 5 + 0xe6546b64;
    }
    int rest = 0;
    for (int shift = 0; in.hasRemaining(); shift += 8) {
      rest |= (in.get() & 0xff) << shift;
    }
    hash ^= mixed(rest);
    hash ^= bytes.length;
    hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
    hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
    return hash ^ (hash >>> 16);
  }

  private static int mixed(int block) {
    return Integer.rotateLeft(block * C1, 15) * C2;
  }
}
