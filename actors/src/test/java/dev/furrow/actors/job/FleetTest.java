package dev.furrow.actors.job;

import static dev.furrow.actors.job.JobWorld.LIMITS;
import static dev.furrow.actors.job.JobWorld.PLAIN;
import static dev.furrow.actors.job.JobWorld.pool;
import static org.assertj.core.api.Assertions.assertThat;

import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.PoolMessage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FleetTest {

  private final JobWorld world = new JobWorld();

  private void connect(int nodes) {
    for (int i = 0; i < nodes; i++) {
      world.connect(pool(i));
    }
  }

  /** The nodes that were told of work since this was last asked. */
  private List<NodeId> told() {
    List<NodeId> told =
        world.all(JobEffect.Send.class).stream()
            .filter(send -> send.message() instanceof PoolMessage.Announce)
            .map(JobEffect.Send::to)
            .toList();
    world.effects.clear();
    return told;
  }

  @Test
  void shouldTellEveryPoolOfASmallCluster() {
    connect(50);

    world.accept(1, PLAIN);

    assertThat(told()).hasSize(50).doesNotHaveDuplicates();
  }

  @Test
  void shouldTellASampleOfALargeClusterThatGrowsWithTheBacklog() {
    connect(1_000);

    world.accept(1, PLAIN);
    assertThat(told()).hasSizeBetween(2, 50).doesNotHaveDuplicates();

    world.accept(100, PLAIN);
    assertThat(told()).hasSizeBetween(100, 400).doesNotHaveDuplicates();

    world.accept(10_000, PLAIN);
    assertThat(told()).hasSizeGreaterThan(700);
  }

  @Test
  void shouldTellOthersWhenThoseThatWereToldDoNotAnswer() {
    connect(500);
    world.accept(1, PLAIN);
    Set<NodeId> reached = new HashSet<>(told());
    int first = reached.size();

    for (int i = 0; i < 20; i++) {
      world.pass(LIMITS.resend() + 1);
      reached.addAll(told());
    }

    assertThat(reached).hasSizeGreaterThan(5 * first);
  }

  @Test
  void shouldTellMoreWhenThoseThatAnsweredCannotTakeTheWork() {
    connect(500);
    world.accept(1, JobWorld.requiring("gpu", 1));
    Set<NodeId> first = Set.copyOf(told());

    first.forEach(
        node -> world.demand(pool((int) node.uid()), 1_000 + node.uid(), 1, java.util.Map.of()));

    assertThat(told().stream().filter(node -> !first.contains(node)).collect(Collectors.toSet()))
        .isNotEmpty();
  }

  @Test
  void shouldNotTellAPoolThatIsGone() {
    connect(3);
    world.remove(pool(1), true);

    world.accept(1, PLAIN);

    assertThat(told()).containsExactlyInAnyOrder(pool(0).node(), pool(2).node());
  }
}
