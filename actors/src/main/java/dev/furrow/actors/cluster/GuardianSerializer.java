package dev.furrow.actors.cluster;

import dev.furrow.actors.wire.NodeCard;
import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.WireCodec;
import dev.furrow.actors.wire.WireException;
import java.io.NotSerializableException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/** Writes what guardians say to each other: the little of Furrow's that crosses over Artery. */
public final class GuardianSerializer extends SerializerWithStringManifest {

  private static final String CARD = "card";
  private static final String LEAVE = "leave";
  private static final String LEAVES = "leaves";

  @Override
  public int identifier() {
    return 1_179_800_151;
  }

  @Override
  public String manifest(Object message) {
    if (message instanceof NodeGuardian.Card) {
      return CARD;
    }
    return message instanceof NodeGuardian.Leave ? LEAVE : LEAVES;
  }

  @Override
  public byte[] toBinary(Object message) {
    if (message instanceof NodeGuardian.Card card) {
      byte[] body = WireCodec.encodeCard(card.card());
      byte[] bytes = Arrays.copyOf(body, body.length + 1);
      bytes[body.length] = (byte) (card.answer() ? 1 : 0);
      return bytes;
    }
    if (message instanceof NodeGuardian.Leave leave) {
      return write(leave.node());
    }
    if (message instanceof NodeGuardian.Leaves leaves) {
      return write(leaves.node());
    }
    throw new IllegalArgumentException(
        "only what guardians say is written here (was " + message.getClass().getName() + ")");
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
    return switch (manifest) {
      case CARD -> card(bytes);
      case LEAVE -> new NodeGuardian.Leave(node(bytes));
      case LEAVES -> new NodeGuardian.Leaves(node(bytes));
      default ->
          throw new NotSerializableException("no guardian says this: manifest '" + manifest + "'");
    };
  }

  private static NodeGuardian.Card card(byte[] bytes) throws NotSerializableException {
    try {
      byte[] body = Arrays.copyOf(bytes, Math.max(0, bytes.length - 1));
      NodeCard card = WireCodec.decodeCard(body);
      return new NodeGuardian.Card(card, bytes[bytes.length - 1] == 1);
    } catch (WireException unreadable) {
      throw new NotSerializableException(unreadable.getMessage());
    }
  }

  private static byte[] write(NodeId node) {
    byte[] name = node.name().getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(Long.BYTES + name.length).putLong(node.uid()).put(name).array();
  }

  private static NodeId node(byte[] bytes) throws NotSerializableException {
    if (bytes.length <= Long.BYTES) {
      throw new NotSerializableException("not a node: " + bytes.length + " bytes");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    long uid = in.getLong();
    return new NodeId(StandardCharsets.UTF_8.decode(in).toString(), uid);
  }
}
