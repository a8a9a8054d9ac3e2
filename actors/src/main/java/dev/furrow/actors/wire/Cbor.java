package dev.furrow.actors.wire;

/** Numbers of CBOR (RFC 8949) and of its typed arrays (RFC 8746). */
final class Cbor {

  static final int UNSIGNED = 0;
  static final int NEGATIVE = 1;
  static final int BYTES = 2;
  static final int TEXT = 3;
  static final int ARRAY = 4;
  static final int MAP = 5;
  static final int TAG = 6;
  static final int SIMPLE = 7;

  static final int FALSE = 0xf4;
  static final int TRUE = 0xf5;
  static final int NULL = 0xf6;

  static final int UINT16_LE = 69;
  static final int INT16_LE = 77;
  static final int INT32_LE = 78;
  static final int INT64_LE = 79;
  static final int FLOAT32_LE = 85;
  static final int FLOAT64_LE = 86;

  private Cbor() {}
}
