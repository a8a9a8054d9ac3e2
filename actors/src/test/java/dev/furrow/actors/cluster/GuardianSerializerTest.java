package dev.furrow.actors.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.furrow.actors.wire.NodeCard;
import dev.furrow.actors.wire.NodeId;
import java.io.NotSerializableException;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class GuardianSerializerTest {

  private static final NodeId NODE = new NodeId("[::1]:7355", Long.MIN_VALUE + 7);

  private final GuardianSerializer serializer = new GuardianSerializer();

  static Object[] said() {
    NodeCard card = new NodeCard(NODE, "10.0.0.2", 7356, 4, Map.of("gpu", 1L), 1, "test");
    return new Object[] {
      new NodeGuardian.Card(card, true),
      new NodeGuardian.Card(card, false),
      new NodeGuardian.Leave(NODE),
      new NodeGuardian.Leaves(NODE)
    };
  }

  @ParameterizedTest
  @MethodSource("said")
  void shouldReadWhatItWrote(Object message) throws NotSerializableException {
    String manifest = serializer.manifest(message);

    assertThat(serializer.fromBinary(serializer.toBinary(message), manifest)).isEqualTo(message);
  }

  @ParameterizedTest
  @CsvSource({"card,0", "card,1", "leave,0", "leave,8", "leaves,8", "other,20"})
  void shouldRefuseWhatItCannotRead(String manifest, int length) {
    assertThatThrownBy(() -> serializer.fromBinary(new byte[length], manifest))
        .isInstanceOf(NotSerializableException.class);
  }
}
