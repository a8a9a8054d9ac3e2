package dev.furrow.actors.cluster;

import dev.furrow.actors.wire.WireCodec;
import dev.furrow.actors.wire.WireException;
import java.io.NotSerializableException;
import java.util.Arrays;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/** Writes {@link NodeGuardian.Card}, the one record of Furrow's that crosses over Artery. */
public final class NodeCardSerializer extends SerializerWithStringManifest {

  private static final String CARD = "card";

  @Override
  public int identifier() {
    return 1_179_800_151;
  }

  @Override
  public String manifest(Object message) {
    return CARD;
  }

  @Override
  public byte[] toBinary(Object message) {
    if (!(message instanceof NodeGuardian.Card card)) {
      throw new IllegalArgumentException(
          "only cards are written here (was " + message.getClass().getName() + ")");
    }
    byte[] body = WireCodec.encodeCard(card.card());
    byte[] bytes = Arrays.copyOf(body, body.length + 1);
    bytes[body.length] = (byte) (card.answer() ? 1 : 0);
    return bytes;
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
    if (!manifest.equals(CARD) || bytes.length == 0) {
      throw new NotSerializableException("not a card of a node: manifest '" + manifest + "'");
    }
    try {
      byte[] body = Arrays.copyOf(bytes, bytes.length - 1);
      return new NodeGuardian.Card(WireCodec.decodeCard(body), bytes[bytes.length - 1] == 1);
    } catch (WireException unreadable) {
      throw new NotSerializableException(unreadable.getMessage());
    }
  }
}
