package dev.furrow.actors.sim;

import dev.furrow.actors.wire.FailureRecord;
import dev.furrow.actors.wire.WireCodec;
import dev.furrow.actors.wire.WireException;
import dev.furrow.actors.wire.WireMessage;

/** The real codec, of which the simulator expects that it reads whatever it writes. */
final class Wire {

  private Wire() {}

  static byte[] encode(WireMessage message) {
    return WireCodec.encode(message);
  }

  static WireMessage decode(byte[] bytes) {
    try {
      return WireCodec.decode(bytes, 0, bytes.length);
    } catch (WireException unreadable) {
      throw new IllegalStateException("the codec cannot read what it wrote", unreadable);
    }
  }

  static FailureRecord decodeFailure(byte[] bytes) {
    try {
      return WireCodec.decodeFailure(bytes);
    } catch (WireException unreadable) {
      throw new IllegalStateException("a failure that no attempt made is unreadable", unreadable);
    }
  }
}
