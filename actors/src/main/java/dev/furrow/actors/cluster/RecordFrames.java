package dev.furrow.actors.cluster;

import dev.furrow.actors.link.FrameCodec;
import dev.furrow.actors.wire.WireCodec;
import dev.furrow.actors.wire.WireException;
import dev.furrow.actors.wire.WireMessage;

/** Frames of a link that hold the records of supervisors and pools. */
public final class RecordFrames implements FrameCodec {

  @Override
  public byte[] encode(WireMessage message) {
    return WireCodec.encode(message);
  }

  @Override
  public WireMessage decode(byte[] bytes, int offset, int length) throws WireException {
    return WireCodec.decode(bytes, offset, length);
  }
}
