package dev.furrow.actors.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.furrow.actors.wire.CallerId;
import dev.furrow.actors.wire.PartitionChange;
import dev.furrow.actors.wire.WireCodec;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartitionStateTest {

  private static final CallerId CALLER = new CallerId("caller", 10);
  private static final CallerId JOB = new CallerId("job", 20);
  private static final Reply REPLY = Reply.done(new byte[] {1, 2});

  private static ByteKey key(int number) {
    return new ByteKey(("key-" + number).getBytes(StandardCharsets.UTF_8));
  }

  /** A state that has forgotten somebody, with entries for several pieces. */
  private static PartitionState filled() {
    PartitionState state = new PartitionState();
    Draft draft = new Draft(state);
    for (int n = 0; n < 40; n++) {
      draft.put(key(n), new byte[100_000]);
    }
    draft.put(key(7), null);
    draft.mark(CALLER, 3, Arrays.asList(REPLY, null));
    draft.mark(new Draft.Origin(JOB, 5, 1), REPLY);
    state.apply(draft.change());
    for (int n = 0; n < Callers.MOST; n++) {
      state.callers().mark(new CallerId("other-" + n, 100 + n), 1, List.of(REPLY));
    }
    state.callers().mark(CALLER, 4, Arrays.asList(REPLY, null));
    return state;
  }

  @Test
  void shouldBeTheSameWhenPutTogetherOfItsPieces() throws Exception {
    PartitionState state = filled();
    List<PartitionChange> pieces = state.pieces();
    assertThat(pieces).hasSizeGreaterThan(3);

    PartitionState copy = new PartitionState();
    for (PartitionChange piece : pieces) {
      copy.apply(WireCodec.decodeChange(WireCodec.encodeChange(piece)));
    }

    assertThat(copy.size()).isEqualTo(39).isEqualTo(state.size());
    assertThat(copy.bytes()).isEqualTo(state.bytes());
    assertThat(copy.get(key(8))).isEqualTo(state.get(key(8)));
    assertThat(copy.get(key(7))).isNull();
    assertThat(copy.look(CALLER, 4)).isEqualTo(Callers.Look.REPEATED);
    assertThat(copy.callers().replies(CALLER)).hasSize(2);
    assertThat(copy.callers().replies(CALLER).get(1)).isNull();
    assertThat(copy.callers().forgotten()).isEqualTo(state.callers().forgotten()).isPositive();
    assertThat(copy.origins().look(JOB, 5, 1)).isNotNull();
    assertThat(copy.origins().look(JOB, 5, 0)).isNull();
  }

  @Test
  void shouldKeepTheLastValueOfATurnAlone() {
    PartitionState state = new PartitionState();
    Draft draft = new Draft(state);
    for (byte n = 0; n < 100; n++) {
      draft.put(key(1), new byte[] {n});
    }

    assertThat(draft.change().key()).hasSize(1);
    assertThat(draft.size()).isEqualTo(1);
    assertThat(state.size()).isZero();
    state.apply(draft.change());
    assertThat(state.get(key(1))).containsExactly(99);
  }
}
