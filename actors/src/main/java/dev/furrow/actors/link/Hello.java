package dev.furrow.actors.link;

import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.WireMessage;
import io.netty.buffer.ByteBuf;

/**
 * What a dialer says first.
 *
 * @param version of the wire records it speaks
 * @param cluster the cluster it belongs to
 * @param from who it is
 * @param to the life of the node that it wants to reach
 */
record Hello(int version, String cluster, NodeId from, long to) {

  void write(ByteBuf out) {
    out.writeInt(version);
    HandshakeText.write(out, cluster);
    HandshakeText.write(out, from.name());
    out.writeLong(from.uid());
    out.writeLong(to);
  }

  /**
   * Reads a hello. Of another version only the version is read, because what follows it may differ.
   *
   * @throws IndexOutOfBoundsException if bytes are missing
   */
  static Hello read(ByteBuf in) {
    int version = in.readInt();
    if (version != WireMessage.VERSION) {
      return new Hello(version, "", new NodeId("?", 0), 0);
    }
    String cluster = HandshakeText.read(in);
    NodeId from = new NodeId(HandshakeText.read(in), in.readLong());
    return new Hello(version, cluster, from, in.readLong());
  }
}
