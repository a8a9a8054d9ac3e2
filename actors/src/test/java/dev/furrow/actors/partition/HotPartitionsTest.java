package dev.furrow.actors.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.furrow.ClusterView;
import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.PlacementMessage.Busiest;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HotPartitionsTest {

  private static final NodeId SELF = new NodeId("a:1", 1);
  private static final NodeId OTHER = new NodeId("b:1", 2);
  private static final long LATER = HotPartitions.EVERY;

  private final HotPartitions hot = new HotPartitions(SELF);
  private final HotPartitions others = new HotPartitions(OTHER);
  private long now = -5;

  @BeforeEach
  void meet() {
    hot.members(Set.of(SELF, OTHER));
    others.members(Set.of(SELF, OTHER));
  }

  private static SeenPartition partition(NodeId node, String state, int index, double calls) {
    return new SeenPartition(state, index, node.name(), calls, index + 1, 10L * index);
  }

  private static List<SeenPartition> partitions(NodeId node, String state, int count) {
    return IntStream.range(0, count).mapToObj(n -> partition(node, state, n, n)).toList();
  }

  private Busiest told(SeenPartition... open) {
    return Objects.requireNonNull(others.measured(List.of(open), now));
  }

  @Test
  void shouldShowTheBusiestOfAllNodesFirst() {
    hot.measured(partitions(SELF, "mine", 30), now);
    hot.heard(
        OTHER, Objects.requireNonNull(others.measured(partitions(OTHER, "theirs", 40), now)), now);

    List<ClusterView.Partition> seen = hot.seen(now);

    assertThat(seen).hasSize(20);
    assertThat(seen).element(0).isEqualTo(partition(OTHER, "theirs", 39, 39));
    assertThat(seen).element(10).isEqualTo(partition(SELF, "mine", 29, 29));
    assertThat(seen).element(11).isEqualTo(partition(OTHER, "theirs", 29, 29));
    assertThat(seen).element(19).isEqualTo(partition(OTHER, "theirs", 25, 25));
  }

  @Test
  void shouldTellOfAsManyAsAreShownAndNoMore() {
    Busiest busiest = Objects.requireNonNull(hot.measured(partitions(SELF, "mine", 1_000), now));

    assertThat(busiest.state()).hasSize(20).containsOnly("mine");
    assertThat(busiest.index()).hasSize(20).startsWith(999, 998);
    assertThat(busiest.calls()).hasSize(20).startsWith(999_000, 998_000);
    assertThat(busiest.entries()).hasSize(20).startsWith(1_000, 999);
    assertThat(busiest.bytes()).hasSize(20).startsWith(9_990, 9_980);
  }

  @Test
  void shouldShowTheLargestFirstWhereNobodyCalls() {
    hot.measured(
        List.of(
            partition(SELF, "a", 1, 0),
            partition(SELF, "a", 3, 0.0004),
            partition(SELF, "a", 2, 0)),
        now);

    assertThat(hot.seen(now)).extracting(ClusterView.Partition::index).containsExactly(3, 2, 1);
    assertThat(hot.seen(now)).extracting(ClusterView.Partition::callsPerSecond).containsOnly(0.0);
  }

  @Test
  void shouldLeaveOutThoseOfTheSystem() {
    assertThat(hot.measured(List.of(partition(SELF, "~states", 0, 9)), now)).isNull();
    assertThat(hot.seen(now)).isEmpty();
  }

  @Test
  void shouldMeasureAtOnceAndThenOnceASecond() {
    assertThat(hot.isDue(now)).isTrue();
    hot.measured(List.of(), now);
    assertThat(hot.isDue(now + LATER - 1)).isFalse();
    assertThat(hot.isDue(now + LATER)).isTrue();
  }

  @Test
  void shouldSayOnceThatNoneIsLeft() {
    assertThat(hot.measured(List.of(), now)).isNull();
    assertThat(hot.measured(partitions(SELF, "mine", 1), now)).isNotNull();
    Busiest none = hot.measured(List.of(), now);
    assertThat(Objects.requireNonNull(none).index()).isEmpty();
    assertThat(hot.measured(List.of(), now)).isNull();
  }

  @Test
  void shouldForgetANodeThatIsSilentOrGone() {
    hot.heard(OTHER, told(partition(OTHER, "theirs", 0, 1)), now);
    assertThat(hot.seen(now + HotPartitions.BELIEVED)).hasSize(1);
    assertThat(hot.seen(now + HotPartitions.BELIEVED + 1)).isEmpty();

    hot.members(Set.of(SELF));
    assertThat(hot.seen(now)).isEmpty();
    hot.heard(OTHER, told(partition(OTHER, "theirs", 0, 1)), now);
    assertThat(hot.seen(now)).isEmpty();
  }

  @Test
  void shouldShowAPartitionThatMovedWhereItIsNow() {
    hot.heard(OTHER, told(partition(OTHER, "moves", 7, 900)), now);
    hot.measured(List.of(partition(SELF, "moves", 7, 3)), now + 1);

    assertThat(hot.seen(now + 1)).containsExactly(partition(SELF, "moves", 7, 3));
  }
}
