package dev.furrow.actors.partition;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.Address;
import org.apache.pekko.cluster.sharding.ShardCoordinator.AbstractShardAllocationStrategy;
import scala.collection.immutable.IndexedSeq;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.FutureConverters;

/**
 * Which node a partition goes to: to each of those that run tasks in turn, and while none of them
 * offers room it waits. So what a node had that is gone or leaves is spread over all others; were
 * it to go where the fewest are, one that has just started would get all of it at once, while its
 * code is still interpreted. Partitions move when one node has two more than another, some at a
 * time, to the one with the fewest. Nothing is moved from a node that is gone: sharding frees that
 * by itself, and asking it would wait for an answer.
 *
 * <p>Used by one actor at a time.
 */
final class WorkersFirst extends AbstractShardAllocationStrategy {

  /** So many partitions move in one round, at most. */
  private static final int MOST = 16;

  private final Address self;
  private final Predicate<Address> works;
  private final Predicate<Address> mayWork;
  private final BooleanSupplier leaves;

  /** Those that move for the sake of level counts. */
  private final Set<String> moving = new HashSet<>();

  private int turn;

  /**
   * A strategy.
   *
   * @param self this node
   * @param works whether a node is there, runs tasks and stays
   * @param mayWork whether a node is there, runs tasks still and leaves
   * @param leaves whether this node leaves: who follows it would first have to find what moves
   */
  WorkersFirst(
      Address self, Predicate<Address> works, Predicate<Address> mayWork, BooleanSupplier leaves) {
    this.self = self;
    this.works = works;
    this.mayWork = mayWork;
    this.leaves = leaves;
  }

  @Override
  public Future<ActorRef> allocateShard(
      ActorRef requester, String shard, Map<ActorRef, IndexedSeq<String>> current) {
    List<ActorRef> nodes = hosts(current);
    CompletableFuture<ActorRef> answer = new CompletableFuture<>();
    // Without an answer sharding asks again, when somebody asks it again.
    if (!nodes.isEmpty()) {
      answer.complete(
          moving.remove(shard)
              ? Collections.min(nodes, Comparator.comparing(node -> current.get(node).size()))
              : nodes.get(Math.floorMod(turn++, nodes.size())));
    }
    return FutureConverters.asScala(answer);
  }

  @Override
  public Future<Set<String>> rebalance(
      Map<ActorRef, IndexedSeq<String>> current, Set<String> inProgress) {
    Set<String> now = Set.of();
    if (inProgress.isEmpty() && !leaves.getAsBoolean()) {
      moving.clear();
      level(current);
      now = Set.copyOf(moving);
    }
    return FutureConverters.asScala(CompletableFuture.completedFuture(now));
  }

  private void level(Map<ActorRef, IndexedSeq<String>> current) {
    List<ActorRef> hosts = hosts(current);
    if (hosts.isEmpty()) {
      return;
    }
    Map<ActorRef, Deque<String>> spare = new HashMap<>();
    Map<ActorRef, Integer> counts = new HashMap<>();
    for (ActorRef host : hosts) {
      List<String> shards = CollectionConverters.asJava(current.get(host));
      spare.put(host, new ArrayDeque<>(shards));
      counts.put(host, shards.size());
    }
    Comparator<ActorRef> byCount = Comparator.comparing(counts::get);
    while (moving.size() < MOST) {
      ActorRef most = hosts.stream().max(byCount).orElseThrow();
      ActorRef least = hosts.stream().min(byCount).orElseThrow();
      if (counts.get(most) - counts.get(least) < 2) {
        return;
      }
      moving.add(spare.get(most).remove());
      counts.merge(most, -1, Integer::sum);
      counts.merge(least, 1, Integer::sum);
    }
  }

  /** The nodes to use: those that run tasks, or while all of these leave, those that still do. */
  private List<ActorRef> hosts(Map<ActorRef, IndexedSeq<String>> current) {
    List<ActorRef> stay = those(current, works);
    return stay.isEmpty() ? those(current, mayWork) : stay;
  }

  private List<ActorRef> those(
      Map<ActorRef, IndexedSeq<String>> current, Predicate<Address> which) {
    return current.keySet().stream().filter(node -> which.test(address(node))).sorted().toList();
  }

  private Address address(ActorRef region) {
    Address address = region.path().address();
    return address.hasLocalScope() ? self : address;
  }
}
