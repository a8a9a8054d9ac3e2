package dev.furrow.actors.partition;

import dev.furrow.ClusterView;
import dev.furrow.actors.link.Link;
import dev.furrow.actors.wire.CallerMessage;
import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.PartitionId;
import dev.furrow.actors.wire.PartitionMessage;
import dev.furrow.actors.wire.PlacementMessage;
import dev.furrow.actors.wire.ReplicaMessage;
import dev.furrow.actors.wire.StateCodec;
import dev.furrow.config.NodeSettings;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;

/**
 * What a node has to do with state that is kept by key: the calls that its threads make, and the
 * partitions that are on it. Safe for use by many threads.
 */
public final class Partitions implements AutoCloseable {

  /** A call that runs for so long is taken to go on, and another thread begins in its place. */
  private static final long TAKEN = 1_000_000_000;

  /** What else may be in a message that keeps a change, in bytes. */
  private static final int BESIDE = 8 << 20;

  private final Link link;
  private final NodeSettings.Partitions settings;
  private final LongSupplier clock;
  private final PartitionThreads threads;
  private final UserCalls users;
  private final Caller caller;
  private final Map<PartitionId, Partition> here = new ConcurrentHashMap<>();
  private final Map<PartitionId, ActorRef<LeftKeeper.Command>> looking = new ConcurrentHashMap<>();
  private final Map<PartitionId, ActorRef<ReplicaKeeper.Command>> owners =
      new ConcurrentHashMap<>();
  private final Replicas replicas = new Replicas();
  private final Shelf shelf = new Shelf();
  private final HotPartitions hot;
  private final AtomicInteger abandoned = new AtomicInteger();
  private final Surroundings surroundings = new Surroundings();
  private volatile Consumer<PartitionId> locator = partition -> {};
  private volatile ReplicaKeeper.Members members = new ReplicaKeeper.Members(Set.of(), List.of());

  /** Begins with no partition. */
  public Partitions(Link link, StateCodec codec, NodeSettings all, LongSupplier clock) {
    this.link = link;
    this.settings = all.partitions();
    this.clock = clock;
    this.hot = new HotPartitions(link.self());
    int frame = all.link().maxFrame();
    this.users = new UserCalls(codec, link.self().name(), frame - Math.min(BESIDE, frame / 2));
    this.threads =
        new PartitionThreads(java.lang.Runtime.getRuntime().availableProcessors(), codec.loader());
    this.caller =
        new Caller(
            link,
            partition -> locator.accept(partition),
            clock,
            new Caller.Limits(
                settings.maxCalls(),
                settings.maxCallBytes(),
                settings.callTimeout().toNanos(),
                settings.resend().toNanos()));
  }

  private final class Surroundings implements Partition.Surroundings {

    @Override
    public void send(NodeId to, CallerMessage message) {
      link.send(to, message);
    }

    @Override
    public Executor threads() {
      return threads;
    }

    @Override
    public UserCalls users() {
      return users;
    }

    @Override
    public String node() {
      return link.self().name();
    }

    @Override
    public int abandoned(int change) {
      return abandoned.addAndGet(change);
    }
  }

  // ------------------------------------------------------------------ calls

  /**
   * Makes calls on a partition, to be done in their order. Answers may come before this returns, on
   * this thread.
   *
   * @return how many were made; for the others there was no room within the call timeout, and
   *     nothing was done
   * @throws InterruptedException while it waited for room: those that were not made get no answer
   */
  public int call(PartitionId partition, List<Call> calls) throws InterruptedException {
    return caller.call(partition, calls);
  }

  /** Whether so many calls would not have to wait for room now, as far as their number goes. */
  public boolean hasRoom(int count) {
    return caller.hasRoom(count);
  }

  /** A record for partitions or for callers came in. */
  public void received(NodeId from, PartitionMessage message) {
    Partition partition = here.get(message.partition());
    if (message instanceof PartitionMessage.Calls calls) {
      if (partition == null) {
        link.send(
            from, new CallerMessage.NotHere(calls.partition(), calls.caller(), calls.sequence()));
      } else {
        partition.offer(from, calls);
      }
    }
  }

  /** A record for callers came in. */
  public void received(NodeId from, CallerMessage message) {
    caller.received(from, message);
  }

  /** Calls are sent again to wherever their partition is. */
  public void lost(NodeId node) {
    caller.lost(node);
  }

  /** Sets who finds partitions: each is answered by {@link PlacementMessage.Here}. */
  void locator(Consumer<PartitionId> finds) {
    locator = finds;
  }

  // ------------------------------------------------------------- partitions

  /** Opens a partition here with what it has kept, unless it is here. */
  void open(PartitionId id, PartitionState state, Store store) {
    shelf.drop(id);
    if (here.putIfAbsent(id, new Partition(id, state, store, surroundings)) != null) {
      throw new IllegalStateException(id + " is open on this node already");
    }
  }

  /** For how long nobody has called a partition; 0 if it is not here. */
  Duration idle(PartitionId id) {
    Partition partition = here.get(id);
    return partition == null ? Duration.ZERO : Duration.ofNanos(partition.idle(clock.getAsLong()));
  }

  /** When a partition that nobody calls may leave memory. */
  Duration passivateAfter() {
    return settings.passivateAfter();
  }

  /** Who is to hear what others have left of a partition. */
  void looking(PartitionId id, ActorRef<LeftKeeper.Command> keeper) {
    looking.put(id, keeper);
  }

  /** Nobody is to hear it any more. */
  void found(PartitionId id) {
    looking.remove(id);
  }

  NodeId self() {
    return link.self();
  }

  /** The copies of replicated partitions that are here. */
  Replicas replicas() {
    return replicas;
  }

  /** Who is to hear copies, and who is a member. */
  ReplicaKeeper.Members owns(PartitionId id, ActorRef<ReplicaKeeper.Command> keeper) {
    owners.put(id, keeper);
    return members;
  }

  /** It is not to hear them any more. */
  void disowns(PartitionId id, ActorRef<ReplicaKeeper.Command> keeper) {
    owners.remove(id, keeper);
  }

  /** Says something to the owner of a partition or to a copy, or loses it. */
  void tell(NodeId to, ReplicaMessage message) {
    link.send(to, message);
  }

  /** An owner or a copy speaks. Others than members are not heard: they may not know it yet. */
  public void received(NodeId from, ReplicaMessage message) {
    if (!members.all().contains(from)) {
      return;
    }
    switch (message.to()) {
      case COPY -> {
        ReplicaMessage answer = replicas.hear(from, message);
        if (answer != null) {
          link.send(from, answer);
        }
      }
      case OWNER -> {
        ActorRef<ReplicaKeeper.Command> owner = owners.get(message.partition());
        if (owner != null) {
          owner.tell(new ReplicaKeeper.Heard(from, message));
        }
      }
    }
  }

  /** Says something to a node, or loses it. */
  void tell(NodeId to, PlacementMessage message) {
    link.send(to, message);
  }

  /** The members of the cluster, this node among them. */
  Set<NodeId> members() {
    return members.all();
  }

  /** Takes over who is a member, and who of them runs tasks and stays. */
  void members(Set<NodeId> all, List<NodeId> workers) {
    Set<NodeId> before = members.all();
    ReplicaKeeper.Members now = new ReplicaKeeper.Members(Set.copyOf(all), List.copyOf(workers));
    members = now;
    owners.values().forEach(owner -> owner.tell(now));
    if (!workers.isEmpty()) {
      // Partitions that nobody calls are opened too, to have their copies where they are to be.
      replicas.away(Set.copyOf(workers)).forEach(locator);
    }
    hot.members(now.all());
    for (NodeId node : before) {
      if (!all.contains(node)) {
        looking.values().forEach(keeper -> keeper.tell(new LeftKeeper.Gone(node)));
      }
    }
  }

  /** A record about where partitions are came in; others than these are for the placement. */
  void received(NodeId from, PlacementMessage message) {
    if (message instanceof PlacementMessage.Here found) {
      caller.located(found.partition(), from);
    } else if (message instanceof PlacementMessage.Fetch fetch) {
      // While it is open here there is no other owner: who asks waits.
      if (!here.containsKey(fetch.partition())) {
        link.send(from, shelf.piece(fetch.partition(), fetch.piece()));
      }
    } else if (message instanceof PlacementMessage.Copy copy) {
      ActorRef<LeftKeeper.Command> keeper = looking.get(copy.partition());
      if (keeper != null) {
        keeper.tell(new LeftKeeper.Heard(from, copy));
      }
    } else if (message instanceof PlacementMessage.Waits waits) {
      caller.waits(waits.partition(), waits.why());
      if (!from.equals(link.self())) {
        shelf.given(waits.partition());
      }
    } else if (message instanceof PlacementMessage.Taken taken && !from.equals(link.self())) {
      shelf.drop(taken.partition());
    } else if (message instanceof PlacementMessage.Busiest busiest) {
      hot.heard(from, busiest, clock.getAsLong());
    }
  }

  /** Those that are open here are left from now on, whatever they keep, until others have them. */
  void leave() {
    here.keySet().forEach(shelf::expect);
  }

  /** What waits here for the nodes where it opens next. */
  List<PartitionId> left(int mostEmpty) {
    return shelf.left(mostEmpty);
  }

  /** How many partitions would be lost with this node. */
  long content() {
    return shelf.content();
  }

  /** The partitions of users that are called most, of all nodes; see {@link ClusterView}. */
  public List<ClusterView.Partition> hot() {
    return hot.seen(clock.getAsLong());
  }

  /** How many partitions of users are open here. */
  public int open() {
    return (int) here.keySet().stream().filter(id -> !id.state().startsWith("~")).count();
  }

  /** Whether partitions are open here, or have copies here. */
  boolean hasAny() {
    return !here.isEmpty() || !replicas.present().isEmpty();
  }

  /** The partitions that this node knows of because it keeps something of them. */
  public Set<PartitionId> kept() {
    Set<PartitionId> all = new HashSet<>(here.keySet());
    all.addAll(replicas.present());
    return all;
  }

  /** Leaves what a partition keeps for the node where it opens next. */
  void shelve(PartitionId id, long epoch, PartitionState state) {
    shelf.put(id, epoch, state);
  }

  /** Closes a partition that is here, when the turn that runs is done. */
  CompletableFuture<Done> close(PartitionId id) {
    Partition partition = here.get(id);
    if (partition == null) {
      return CompletableFuture.completedFuture(Done.getInstance());
    }
    return partition
        .close()
        .thenApply(
            left -> {
              here.remove(id, partition);
              return Done.getInstance();
            });
  }

  /** Ends a partition of which nobody knows what is kept. */
  void giveUp(PartitionId id) {
    Partition partition = here.remove(id);
    if (partition != null) {
      partition.giveUp();
    }
  }

  // ------------------------------------------------------------------- time

  /** Fails the calls that have no answer, and later ones, with a reason. */
  public void fail(String why) {
    caller.close(why);
  }

  /** Sends again and gives up what is due; to be called every tenth of a second or so. */
  public void tick() {
    caller.tick();
    long now = clock.getAsLong();
    long limit = settings.runTimeout().toNanos();
    int taken = abandoned.get();
    for (Partition partition : here.values()) {
      taken += partition.tick(now, limit) > TAKEN ? 1 : 0;
    }
    threads.taken(taken);
    if (hot.isDue(now)) {
      tellBusiest(now);
    }
  }

  private void tellBusiest(long now) {
    PlacementMessage busiest =
        hot.measured(here.values().stream().map(Partition::seen).toList(), now);
    if (busiest != null) {
      members().stream()
          .filter(member -> !member.equals(link.self()))
          .forEach(member -> link.send(member, busiest));
    }
  }

  @Override
  public void close() {
    caller.close("this Furrow was closed");
    threads.close();
  }
}
