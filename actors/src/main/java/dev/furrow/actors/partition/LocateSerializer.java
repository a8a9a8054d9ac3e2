package dev.furrow.actors.partition;

import dev.furrow.actors.wire.PartitionId;
import dev.furrow.actors.wire.PlacementMessage;
import dev.furrow.actors.wire.WireCodec;
import dev.furrow.actors.wire.WireException;
import java.io.NotSerializableException;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/** Writes {@link Locate}, which crosses nodes by way of sharding. */
public final class LocateSerializer extends SerializerWithStringManifest {

  private static final String LOCATE = "locate";

  @Override
  public int identifier() {
    return 1_179_800_152;
  }

  @Override
  public String manifest(Object message) {
    return LOCATE;
  }

  @Override
  public byte[] toBinary(Object message) {
    if (!(message instanceof Locate locate)) {
      throw new IllegalArgumentException(
          "only Locate is written here (was " + message.getClass().getName() + ")");
    }
    return WireCodec.encode(new PlacementMessage.Where(locate.partition(), locate.asker()));
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
    try {
      if (manifest.equals(LOCATE)
          && WireCodec.decode(bytes, 0, bytes.length) instanceof PlacementMessage.Where where) {
        PartitionId partition = where.partition();
        return new Locate(partition, where.node());
      }
    } catch (WireException unreadable) {
      throw new NotSerializableException(unreadable.getMessage());
    }
    throw new NotSerializableException("no question for a partition: manifest '" + manifest + "'");
  }
}
