package dev.furrow.actors.link;

import dev.furrow.actors.wire.JobKey;
import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.PoolMessage.Announce;
import dev.furrow.actors.wire.WireMessage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes announcements alone: epoch, uid, id. The name of the node is always {@code n}. */
final class AnnounceCodec implements FrameCodec {

  static Announce announce(String id, long number) {
    return new Announce(new JobKey(id, number, new NodeId("n", 7)));
  }

  @Override
  public byte[] encode(WireMessage message) {
    if (!(message instanceof Announce announce)) {
      throw new IllegalArgumentException("only announcements are written here");
    }
    byte[] id = announce.job().id().getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(16 + id.length)
        .putLong(announce.job().epoch())
        .putLong(announce.job().node().uid())
        .put(id)
        .array();
  }

  @Override
  public WireMessage decode(byte[] bytes, int offset, int length) throws IOException {
    if (length < 16) {
      throw new IOException("an announcement of " + length + " bytes is too short");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes, offset, length);
    long epoch = in.getLong();
    NodeId node = new NodeId("n", in.getLong());
    String id = new String(bytes, in.position(), in.remaining(), StandardCharsets.UTF_8);
    return new Announce(new JobKey(id, epoch, node));
  }
}
