package dev.furrow.actors.partition;

import dev.furrow.actors.journal.Journal;
import dev.furrow.actors.partition.PartitionEvent.Changed;
import dev.furrow.actors.partition.PartitionEvent.Renewed;
import dev.furrow.actors.partition.PartitionEvent.Taken;
import dev.furrow.actors.wire.WireCodec;
import dev.furrow.actors.wire.WireException;
import java.io.NotSerializableException;
import java.nio.charset.StandardCharsets;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/**
 * Writes the events of a journal. Each is stored with the name of its form, which ends with a
 * number: another form of an event gets another number, and both are read.
 */
public final class PartitionEventSerializer extends SerializerWithStringManifest {

  private static final String TAKEN = Journal.MARK + "-1";
  private static final String CHANGED = "changed-1";
  private static final String RENEWED = "renewed-1";
  private static final String FIRST = "renewed-first-1";
  private static final String LAST = "renewed-last-1";

  @Override
  public int identifier() {
    return 1_179_800_153;
  }

  @Override
  public String manifest(Object event) {
    if (event instanceof Taken) {
      return TAKEN;
    }
    if (event instanceof Renewed renewed) {
      return renewed.first() ? FIRST : renewed.last() ? LAST : RENEWED;
    }
    return CHANGED;
  }

  @Override
  public byte[] toBinary(Object event) {
    if (event instanceof Taken taken) {
      return taken.node().getBytes(StandardCharsets.UTF_8);
    }
    if (event instanceof Changed changed) {
      return WireCodec.encodeChange(changed.change());
    }
    if (event instanceof Renewed renewed) {
      return WireCodec.encodeChange(renewed.piece());
    }
    throw new IllegalArgumentException(
        "only events of partitions are written here (was " + event.getClass().getName() + ")");
  }

  @Override
  public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
    try {
      return switch (manifest) {
        case TAKEN -> new Taken(new String(bytes, StandardCharsets.UTF_8));
        case CHANGED -> new Changed(WireCodec.decodeChange(bytes));
        case RENEWED -> new Renewed(false, false, WireCodec.decodeChange(bytes));
        case FIRST -> new Renewed(true, false, WireCodec.decodeChange(bytes));
        case LAST -> new Renewed(false, true, WireCodec.decodeChange(bytes));
        default ->
            throw new NotSerializableException(
                "events of the form '"
                    + manifest
                    + "' are not known here: this release of Furrow is older than the journal");
      };
    } catch (WireException unreadable) {
      throw new NotSerializableException(unreadable.getMessage());
    }
  }
}
