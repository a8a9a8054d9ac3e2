package dev.furrow.actors.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.furrow.actors.partition.PartitionEvent.Changed;
import dev.furrow.actors.partition.PartitionEvent.Taken;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ReplayTest {

  private final Replay replay = new Replay();

  private static PartitionEvent put(String key) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    return new Changed(new Changes().change(new ByteKey(bytes), bytes).build());
  }

  @Test
  void shouldTakeMarksThatStandAloneAndEventsThatFollowOneAnother() {
    replay.read(new Taken("a"), 1);
    replay.read(new Taken("b"), 500);
    replay.read(put("one"), 700);
    replay.read(new Taken("c"), 701);
    replay.read(put("two"), 702);

    assertThat(replay.isWhole(702)).isTrue();
    assertThat(replay.state().size()).isEqualTo(2);
  }

  @Test
  void shouldNotTakeEventsOfWhichSomeAreMissing() {
    replay.read(put("one"), 700);
    replay.read(put("three"), 702);

    assertThat(replay.isWhole(702)).isFalse();
  }

  @Test
  void shouldNotTakeEventsThatEndBeforeTheHighest() {
    replay.read(put("one"), 700);

    assertThat(replay.isWhole(701)).isFalse();
    assertThat(new Replay().isWhole(0)).isTrue();
  }
}
