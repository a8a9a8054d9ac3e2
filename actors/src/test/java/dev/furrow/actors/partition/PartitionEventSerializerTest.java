package dev.furrow.actors.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.furrow.actors.partition.PartitionEvent.Changed;
import dev.furrow.actors.partition.PartitionEvent.Renewed;
import dev.furrow.actors.partition.PartitionEvent.Taken;
import dev.furrow.actors.wire.PartitionChange;
import dev.furrow.actors.wire.WireCodec;
import java.io.InputStream;
import java.io.NotSerializableException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Holds what journals contain to the forms that were first written. */
class PartitionEventSerializerTest {

  private final PartitionEventSerializer codec = new PartitionEventSerializer();

  /** A change as the first build that wrote journals has encoded it. */
  private static byte[] golden() throws Exception {
    try (InputStream file =
        PartitionEventSerializerTest.class.getResourceAsStream("/golden/v1/PartitionChange.hex")) {
      String text = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
      return HexFormat.of().parseHex(text.replaceAll("\\s", ""));
    }
  }

  @Test
  void shouldReadEveryFormOfEventThatWasEverWritten() throws Exception {
    PartitionChange change = WireCodec.decodeChange(golden());

    assertThat(codec.fromBinary("10.0.0.1:2551".getBytes(StandardCharsets.UTF_8), "taken-1"))
        .isEqualTo(new Taken("10.0.0.1:2551"));
    assertThat(codec.fromBinary(golden(), "changed-1"))
        .usingRecursiveComparison()
        .isEqualTo(new Changed(change));
    assertThat(codec.fromBinary(golden(), "renewed-first-1"))
        .usingRecursiveComparison()
        .isEqualTo(new Renewed(true, false, change));
    assertThat(codec.fromBinary(golden(), "renewed-1"))
        .usingRecursiveComparison()
        .isEqualTo(new Renewed(false, false, change));
    assertThat(codec.fromBinary(golden(), "renewed-last-1"))
        .usingRecursiveComparison()
        .isEqualTo(new Renewed(false, true, change));
  }

  @Test
  void shouldReadWhatItWrites() throws Exception {
    PartitionChange change = WireCodec.decodeChange(golden());
    List<PartitionEvent> events =
        List.of(
            new Taken("node"),
            new Changed(change),
            new Renewed(true, false, change),
            new Renewed(false, false, change),
            new Renewed(false, true, change));

    for (PartitionEvent event : events) {
      assertThat(codec.fromBinary(codec.toBinary(event), codec.manifest(event)))
          .usingRecursiveComparison()
          .isEqualTo(event);
    }
  }

  @Test
  void shouldRefuseFormsThatItDoesNotKnowByName() {
    assertThatThrownBy(() -> codec.fromBinary(golden(), "changed-2"))
        .isInstanceOf(NotSerializableException.class)
        .hasMessageContaining("changed-2")
        .hasMessageContaining("older than the journal");
    assertThatThrownBy(() -> codec.fromBinary(new byte[] {1, 2}, "changed-1"))
        .isInstanceOf(NotSerializableException.class);
  }
}
