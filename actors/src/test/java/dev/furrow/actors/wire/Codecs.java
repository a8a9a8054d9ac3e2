package dev.furrow.actors.wire;

import dev.furrow.Task;
import java.util.List;

/** Codecs for tests, and what they all do with them. */
final class Codecs {

  static final int MAX = 16 << 20;

  private Codecs() {}

  static TaskCodec open() {
    return new TaskCodec(List.of(), MAX, MAX, Codecs.class.getClassLoader());
  }

  /** Encodes with one codec and decodes with another, as two nodes do. */
  static Task<?> copy(Task<?> task) throws UnreadableException {
    EncodedTask encoded = open().encode(task);
    return open().decode(encoded.type(), encoded.payload());
  }

  /** Takes a result from one node to another. */
  static Object copyResult(Class<? extends Task<?>> type, Object result) throws Exception {
    return open().decodeResult(type, open().encodeResult(type, result));
  }
}
