package dev.furrow.actors.partition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.pekko.actor.ActorPaths;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.AddressFromURIString;
import org.apache.pekko.actor.EmptyLocalActorRef;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import scala.collection.immutable.IndexedSeq;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;

class WorkersFirstTest {

  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final Address SELF = AddressFromURIString.parse("pekko://furrow@a:1");

  private final Set<Address> workers = new HashSet<>();
  private final Set<Address> leavers = new HashSet<>();
  private boolean leaves;
  private final WorkersFirst strategy =
      new WorkersFirst(SELF, workers::contains, leavers::contains, () -> leaves);
  private final Map<ActorRef, IndexedSeq<String>> current = new HashMap<>();

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  /** A node that has so many partitions. */
  private ActorRef node(String host, boolean works, int partitions) {
    ExtendedActorSystem system = (ExtendedActorSystem) Adapter.toClassic(KIT.system());
    String address = "pekko://furrow@" + host + ":1";
    ActorRef region =
        new EmptyLocalActorRef(
            system.provider(),
            ActorPaths.fromString(address + "/system/region"),
            system.eventStream());
    if (works) {
      workers.add(AddressFromURIString.parse(address));
    }
    List<String> shards = IntStream.range(0, partitions).mapToObj(n -> host + "-" + n).toList();
    current.put(region, CollectionConverters.asScala(shards).toIndexedSeq());
    return region;
  }

  private static <T> T now(Future<T> future) {
    return future.value().get().get();
  }

  @Test
  void shouldPutPartitionsOnEachWorkerInTurn() {
    ActorRef driver = node("a", false, 0);
    ActorRef many = node("b", true, 30);
    ActorRef few = node("c", true, 2);

    assertThat(List.of("one", "two", "three", "four"))
        .map(shard -> now(strategy.allocateShard(driver, shard, current)))
        .containsExactly(many, few, many, few);
  }

  @Test
  void shouldPutWhatItMovesOnTheWorkerWithTheFewest() {
    ActorRef many = node("b", true, 30);
    node("c", true, 20);
    ActorRef few = node("d", true, 2);

    assertThat(now(strategy.rebalance(current, Set.of())))
        .isNotEmpty()
        .allSatisfy(
            shard -> assertThat(now(strategy.allocateShard(many, shard, current))).isEqualTo(few));
  }

  @Test
  void shouldWaitForAWorker() {
    ActorRef driver = node("a", false, 0);

    assertThat(strategy.allocateShard(driver, "new", current).isCompleted()).isFalse();
  }

  @Test
  void shouldMoveHalfOfTheDifferenceToANewWorker() {
    node("a", false, 0);
    node("b", true, 6);
    node("c", true, 0);

    assertThat(now(strategy.rebalance(current, Set.of())))
        .hasSize(3)
        .allMatch(shard -> shard.startsWith("b-"));
    assertThat(now(strategy.rebalance(current, Set.of("b-1")))).isEmpty();
  }

  @Test
  void shouldUseThoseThatLeaveOnlyWhileAllDo() {
    ActorRef driver = node("a", false, 0);
    ActorRef leaving = node("b", false, 2);
    leavers.add(AddressFromURIString.parse("pekko://furrow@b:1"));
    assertThat(now(strategy.allocateShard(driver, "one", current))).isEqualTo(leaving);

    ActorRef stays = node("c", true, 9);
    assertThat(now(strategy.allocateShard(driver, "two", current))).isEqualTo(stays);
    assertThat(now(strategy.allocateShard(driver, "three", current))).isEqualTo(stays);
  }

  @Test
  void shouldMoveNothingWhenItsOwnNodeLeaves() {
    node("b", true, 6);
    node("c", true, 0);
    leaves = true;

    assertThat(now(strategy.rebalance(current, Set.of()))).isEmpty();
  }

  @Test
  void shouldLeaveInPeaceWhatIsLevelAndWhatIsOnANodeThatIsGone() {
    node("b", true, 4);
    node("c", true, 3);
    node("d", true, 9);
    workers.remove(AddressFromURIString.parse("pekko://furrow@d:1"));

    assertThat(now(strategy.rebalance(current, Set.of()))).isEmpty();
  }

  @Test
  void shouldMoveOnlySomeAtATime() {
    node("b", true, 128);
    node("c", true, 0);

    assertThat(now(strategy.rebalance(current, Set.of()))).hasSizeBetween(1, 16);
  }
}
