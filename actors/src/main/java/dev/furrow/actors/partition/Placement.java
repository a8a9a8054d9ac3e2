package dev.furrow.actors.partition;

import dev.furrow.Durability;
import dev.furrow.FurrowException;
import dev.furrow.actors.journal.Journal;
import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.PartitionId;
import dev.furrow.actors.wire.PlacementMessage;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.cluster.sharding.ShardRegion;
import org.apache.pekko.cluster.sharding.typed.ClusterShardingSettings;
import org.apache.pekko.cluster.sharding.typed.ShardingMessageExtractor;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.apache.pekko.cluster.typed.Cluster;
import org.jspecify.annotations.Nullable;

/**
 * Where partitions are: sharding puts each on one node, starts it there when it is asked for, and
 * moves it when nodes come and go. Calls do not go this way, only the question where a partition
 * is. Begins when somebody in the cluster uses state that is kept by key.
 */
public final class Placement {

  private static final EntityTypeKey<PartitionEntity.Command> TYPE =
      EntityTypeKey.create(PartitionEntity.Command.class, "furrow-partition");

  private static final Duration RETRY = Duration.ofMillis(200);

  /** Who decides next where partitions are asks a majority so often, until it has answered. */
  private static final Duration READ = Duration.ofSeconds(1);

  private static final Duration LEVEL = Duration.ofSeconds(2);

  /** A partition that is to move when its node dies is waited for so long, and not for a minute. */
  private static final Duration HAND_OFF = Duration.ofSeconds(12);

  /** The systems whose region has ended with a Furrow: sharding starts no second one. */
  private static final Set<org.apache.pekko.actor.ActorSystem> ENDED =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  private final ActorSystem<?> system;
  private final Partitions partitions;
  private final PartitionEntity.Place place;
  private final NodeId self;
  private final boolean clustered;
  private final AlonePartitions alone;
  private volatile Runnable whenUsed = () -> {};

  /** The members that have a Furrow, and how many tasks each runs; 0 for those that leave. */
  private volatile Map<NodeId, Integer> slots = Map.of();

  /** Those that leave and run tasks still. */
  private volatile Set<NodeId> leavers = Set.of();

  // Guarded by gone, not by this: whoever begins to use partitions may wait for a database.
  private Map<NodeId, Integer> told = Map.of();
  private final Set<NodeId> gone = new HashSet<>();
  private volatile @Nullable ActorRef<PartitionEntity.Command> region;
  private volatile @Nullable CompletionStage<Done> leaving;

  /**
   * Nothing is begun yet.
   *
   * @param clustered there may be other nodes; else all partitions are here
   */
  public Placement(
      ActorSystem<?> system,
      Partitions partitions,
      Journal journal,
      NodeId self,
      boolean clustered) {
    this.system = system;
    this.partitions = partitions;
    this.self = self;
    this.clustered = clustered;
    this.place = new PartitionEntity.Place(partitions, new Keepers(system, partitions, journal));
    this.alone = new AlonePartitions(system, place);
    if (!clustered) {
      partitions.members(Set.of(self), List.of(self));
    }
    partitions.locator(this::locate);
  }

  /** Sets what is run when state begins to be used. */
  public void whenUsed(Runnable action) {
    whenUsed = action;
  }

  /** Identifies a partition to sharding: each is a shard of its own. */
  private static final class Ids
      extends ShardingMessageExtractor<PartitionEntity.Command, PartitionEntity.Command> {

    @Override
    public String entityId(PartitionEntity.Command message) {
      if (!(message instanceof Locate locate)) {
        throw new IllegalArgumentException("only Locate goes by way of sharding: " + message);
      }
      PartitionId id = locate.partition();
      return id.index() + "/" + id.of() + "/" + id.durability() + "/" + id.state();
    }

    @Override
    public String shardId(String entity) {
      return entity;
    }

    @Override
    public PartitionEntity.Command unwrapMessage(PartitionEntity.Command message) {
      return message;
    }
  }

  private static PartitionId parse(String entity) {
    String[] parts = entity.split("/", 4);
    return new PartitionId(
        parts[3],
        Integer.parseInt(parts[0]),
        Integer.parseInt(parts[1]),
        Durability.valueOf(parts[2]));
  }

  /**
   * Offers room for partitions, and tells the others to; any number of times.
   *
   * @throws FurrowException an earlier Furrow of this actor system had partitions
   */
  public void use() {
    if (region != null || !clustered) {
      return;
    }
    if (slots.getOrDefault(self, 0) > 0) { // partitions go where tasks run
      prepare(); // not where leaving would wait for this
    }
    begin();
  }

  /** Opens what partitions need here; waits for a database. */
  public void prepare() {
    place.keepers().prepare();
  }

  private synchronized void begin() {
    if (region != null) {
      return;
    }
    if (hasEnded()) {
      throw new FurrowException(
          "state cannot be kept by a second Furrow on actor system "
              + system.name()
              + ": its shard region has ended with the first, and a system has one. Start a new"
              + " actor system, or keep one Furrow for as long as the system lives");
    }
    whenUsed.run();
    ClusterSharding sharding = ClusterSharding.get(system);
    ClusterShardingSettings settings = ClusterShardingSettings.create(system);
    Address own = Cluster.get(system).selfMember().address();
    region =
        sharding.init(
            Entity.of(
                    TYPE,
                    entity ->
                        PartitionEntity.create(
                            parse(entity.getEntityId()), place, new Shard(entity.getShard())))
                .withMessageExtractor(new Ids())
                .withStopMessage(PartitionEntity.Timer.STOP)
                .withAllocationStrategy(
                    new WorkersFirst(own, this::works, this::mayWork, () -> leaving != null))
                .withSettings(
                    settings
                        .withNoPassivationStrategy()
                        .withTuningParameters(
                            settings
                                .tuningParameters()
                                .withRetryInterval(RETRY)
                                .withCoordinatorStateWriteMajorityPlus(0)
                                .withCoordinatorStateReadMajorityPlus(0)
                                .withWaitingForStateTimeout(READ)
                                .withHandOffTimeout(HAND_OFF)
                                .withRebalanceInterval(LEVEL))));
    CoordinatedShutdown.get(Adapter.toClassic(system))
        .addTask(
            CoordinatedShutdown.PhaseClusterShardingShutdownRegion(),
            "furrow-leave-partitions",
            this::leave);
    slots.keySet().forEach(member -> partitions.tell(member, new PlacementMessage.Use()));
  }

  private boolean hasEnded() {
    return ENDED.contains(Adapter.toClassic(system));
  }

  private void locate(PartitionId partition) {
    locate(partition, self);
  }

  private void locate(PartitionId partition, NodeId asker) {
    if (!clustered) {
      alone.locate(new Locate(partition, asker));
      return;
    }
    ActorRef<PartitionEntity.Command> to = region;
    if (to != null) {
      to.tell(new Locate(partition, asker));
    }
  }

  /** Sharding holds questions back until the partition has ended, and then starts it again. */
  private record Shard(ActorRef<ClusterSharding.ShardCommand> shard)
      implements PartitionEntity.Host {

    @Override
    public void passivate(ActorRef<PartitionEntity.Command> partition) {
      shard.tell(new ClusterSharding.Passivate<>(partition));
    }

    @Override
    public void ended(ActorRef<PartitionEntity.Command> partition) {}
  }

  /**
   * Takes over who is a member.
   *
   * @param now how many tasks each runs; 0 for those that leave
   * @param leaving those of them that run tasks still
   */
  public void members(Map<NodeId, Integer> now, Set<NodeId> leaving) {
    synchronized (gone) {
      told = Map.copyOf(now);
      leavers = Set.copyOf(leaving);
      gone.retainAll(now.keySet());
      publish();
    }
  }

  private void left(NodeId node) {
    synchronized (gone) {
      if (told.containsKey(node) && gone.add(node)) {
        publish();
      }
    }
  }

  private void publish() {
    Map<NodeId, Integer> now = new HashMap<>(told);
    now.keySet().removeAll(gone);
    Set<NodeId> before = slots.keySet();
    slots = Map.copyOf(now);
    partitions.members(now.keySet(), workers());
    if (region != null) {
      now.keySet().stream()
          .filter(member -> !before.contains(member))
          .forEach(member -> partitions.tell(member, new PlacementMessage.Use()));
    }
  }

  /** Those that run tasks and stay. */
  private List<NodeId> workers() {
    return slots.entrySet().stream()
        .filter(member -> member.getValue() > 0)
        .map(Map.Entry::getKey)
        .toList();
  }

  private List<NodeId> others() {
    return workers().stream().filter(member -> !member.equals(self)).toList();
  }

  /** A node can be reached, or again: it may not have heard. */
  public void connected(NodeId node) {
    if (region != null) {
      partitions.tell(node, new PlacementMessage.Use());
    }
  }

  private boolean works(Address address) {
    return workers().stream().anyMatch(member -> isAt(member, address));
  }

  private boolean mayWork(Address address) {
    return leavers.stream().anyMatch(member -> slots.containsKey(member) && isAt(member, address));
  }

  private static boolean isAt(NodeId member, Address address) {
    return member.name().equals(address.hostPort().replaceFirst("^.*@", ""));
  }

  /** A record about where partitions are came in. */
  public void received(NodeId from, PlacementMessage message) {
    if (message instanceof PlacementMessage.Adopt adopt) {
      // The one that leaves is told where it is, and so that it was taken.
      locate(adopt.partition(), from);
    } else if (message instanceof PlacementMessage.Use) {
      // Sharding waits for its own start: not on a thread of the link.
      if (!hasEnded()) {
        system.dispatchers().lookup(DispatcherSelector.blocking()).execute(this::use);
      }
    } else if (message instanceof PlacementMessage.Left) {
      left(from);
    } else {
      partitions.received(from, message);
    }
  }

  // ------------------------------------------------------------------ leave

  /** Hands the partitions that are here to other nodes, as far as time allows; once. */
  public synchronized CompletionStage<Done> leave() {
    if (!clustered) {
      return alone.end(HandOver.LIMIT);
    }
    ActorRef<PartitionEntity.Command> mine = region;
    if (mine == null) {
      return CompletableFuture.completedFuture(Done.getInstance());
    }
    if (leaving == null) {
      ENDED.add(Adapter.toClassic(system));
      partitions.leave();
      Adapter.toClassic(mine)
          .tell(ShardRegion.gracefulShutdownInstance(), org.apache.pekko.actor.ActorRef.noSender());
      leaving =
          new HandOver(system, partitions, this::others)
              .begin()
              .thenApply(
                  done -> {
                    slots.keySet().stream()
                        .filter(member -> !member.equals(self))
                        .forEach(member -> partitions.tell(member, new PlacementMessage.Left()));
                    return done;
                  });
    }
    return leaving;
  }
}
