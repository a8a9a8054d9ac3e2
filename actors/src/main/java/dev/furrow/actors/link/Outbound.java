package dev.furrow.actors.link;

import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.WireMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Encodes what is to be sent, and drops what no frame can hold. May be used by any thread. */
final class Outbound {

  private static final Logger log = LoggerFactory.getLogger(Outbound.class);
  private static final int MOST_KINDS = 256;

  private final FrameCodec codec;
  private final int maxFrame;
  private final Complaints unencodable = new Complaints(MOST_KINDS);
  private final Complaints tooLarge = new Complaints(MOST_KINDS);

  Outbound(FrameCodec codec, int maxFrame) {
    this.codec = codec;
    this.maxFrame = maxFrame;
  }

  /** The encoded record, or null if it was dropped, which is logged once for each kind. */
  byte @Nullable [] encode(NodeId to, WireMessage message) {
    byte[] frame;
    try {
      frame = codec.encode(message);
    } catch (RuntimeException failed) {
      if (unencodable.first(message.getClass())) {
        log.error("{} for node {} could not be encoded and was dropped", kind(message), to, failed);
      }
      return null;
    }
    if (frame.length <= maxFrame) {
      return frame;
    }
    if (tooLarge.first(message.getClass())) {
      log.error(
          "{} of {} bytes for node {} was dropped: furrow.link.max-frame is {}; raise it on every"
              + " node. More of this kind will be dropped without a word",
          kind(message),
          frame.length,
          to,
          maxFrame);
    }
    return null;
  }

  private static String kind(WireMessage message) {
    String name = message.getClass().getName();
    return name.substring(name.lastIndexOf('.') + 1).replace('$', '.');
  }
}
