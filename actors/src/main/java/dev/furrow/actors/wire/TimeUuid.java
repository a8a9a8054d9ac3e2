package dev.furrow.actors.wire;

import java.security.SecureRandom;
import java.util.UUID;

/**
 * Identifiers that are globally unique and tell when they were made: UUIDs of version 7 (RFC 9562,
 * section 5.7).
 */
public final class TimeUuid {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final long VERSION = 7L << 12;
  private static final long VARIANT = 2L << 62;

  private TimeUuid() {}

  /** A new one, made at a time in milliseconds since 1970. */
  public static UUID create(long millis) {
    long high = (millis << 16) | VERSION | RANDOM.nextInt(1 << 12);
    long low = VARIANT | (RANDOM.nextLong() >>> 2);
    return new UUID(high, low);
  }

  /** When one was made, in milliseconds since 1970; 0 for other identifiers. */
  public static long millis(String id) {
    try {
      UUID uuid = UUID.fromString(id);
      return uuid.version() == 7 ? uuid.getMostSignificantBits() >>> 16 : 0;
    } catch (IllegalArgumentException other) {
      return 0;
    }
  }
}
