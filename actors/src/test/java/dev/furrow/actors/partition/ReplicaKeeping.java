package dev.furrow.actors.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.PartitionChange;
import dev.furrow.actors.wire.ReplicaMessage;
import dev.furrow.actors.wire.ReplicaMessage.Prepare;
import dev.furrow.actors.wire.ReplicaMessage.Prepared;
import dev.furrow.actors.wire.ReplicaMessage.Pull;
import dev.furrow.actors.wire.ReplicaMessage.Pulled;
import dev.furrow.actors.wire.WireCodec;
import dev.furrow.actors.wire.WireException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The partition has copies. Nodes take it over while earlier owners are paused, or go on and know
 * nothing of it; nodes die with their copies, one at a time, and others join. Messages between
 * owners and copies are lost, doubled and overtake one another.
 */
final class ReplicaKeeping implements CallsWorld.Keeping {

  private static final long MILLI = CallsWorld.MILLI;

  /** What has happened in all worlds. */
  static long deaths;

  static long superseded;

  private final CallsWorld world;
  private final int size;
  private long viewAtDeath;
  private final Map<NodeId, Replicas> stores = new HashMap<>();
  private final Set<NodeId> members = new HashSet<>();
  private final Map<NodeId, Owner> owners = new HashMap<>();

  ReplicaKeeping(CallsWorld world) {
    this.world = world;
    size = 2 + world.random.nextInt(CallsWorld.NODES - 1);
    world.nodes.subList(0, size).forEach(this::join);
  }

  private void join(NodeId node) {
    members.add(node);
    stores.put(node, new Replicas());
  }

  private NodeId any() {
    List<NodeId> all = new ArrayList<>(members);
    all.sort((left, right) -> Long.compare(left.uid(), right.uid()));
    return all.get(world.random.nextInt(all.size()));
  }

  @Override
  public void begin() {
    take(any());
    world.in(50 * MILLI, this::look);
  }

  /** Sharding sees to it that somebody serves, sooner or later. */
  private void look() {
    if (owners.isEmpty()) {
      take(any());
    }
    List.copyOf(owners.values()).forEach(owner -> owner.act(owner.state::again));
    world.in(50 * MILLI, this::look);
  }

  @Override
  public void move() {
    if (world.random.nextInt(3) == 0) {
      killIfSafe();
    } else {
      take(any());
    }
  }

  /**
   * Kills a node, if the copies that the last death has cost were replaced: then any one more may
   * be lost.
   */
  private void killIfSafe() {
    Owner last = null;
    for (Owner owner : owners.values()) {
      if (owner.serves && (last == null || owner.view > last.view)) {
        last = owner;
      }
    }
    if (last == null
        || last.view <= viewAtDeath
        || last.state.copies().size() < Math.min(Survey.COPIES, size)
        || !members.containsAll(last.state.copies())) {
      return;
    }
    viewAtDeath = last.view;
    NodeId dead = any();
    deaths++;
    members.remove(dead);
    stores.remove(dead);
    stop(dead);
    tellMembers();
    world.in(
        world.some(200 * MILLI),
        () -> {
          NodeId next = new NodeId(dead.name(), dead.uid() + CallsWorld.NODES);
          join(next);
          tellMembers();
        });
  }

  private void tellMembers() {
    List<NodeId> workers = List.copyOf(members);
    List.copyOf(owners.values())
        .forEach(owner -> owner.act(() -> owner.state.members(Set.copyOf(members), workers)));
  }

  private void stop(NodeId node) {
    owners.remove(node);
    Partition partition = world.open.remove(node);
    if (partition != null) {
      partition.giveUp();
    }
  }

  private void take(NodeId node) {
    stop(node);
    Owner owner = new Owner(node);
    owners.put(node, owner);
    owner.act(() -> {});
  }

  private void deliver(NodeId from, NodeId to, ReplicaMessage message) {
    Replicas store = stores.get(to);
    if (store == null || !members.contains(from)) {
      return;
    }
    if (message.to() == ReplicaMessage.Side.OWNER) {
      Owner owner = owners.get(to);
      if (owner != null) {
        owner.act(() -> owner.state.hear(from, message));
      }
      return;
    }
    ReplicaMessage answer = store.hear(from, message);
    if (answer != null) {
      superseded += answer instanceof ReplicaMessage.Superseded ? 1 : 0;
      send(to, from, answer);
    }
  }

  private void send(NodeId from, NodeId to, ReplicaMessage message) {
    world.post(
        message,
        read -> world.in(world.awake(to) + 1, () -> deliver(from, to, (ReplicaMessage) read)));
  }

  private final class Owner implements Store {

    private final NodeId node;
    private final Replica copy;
    private final ReplicaOwner state;
    private long view;
    private boolean serves;
    private Store.@Nullable Kept kept;

    Owner(NodeId node) {
      this.node = node;
      this.copy = stores.get(node).of(CallsWorld.ID);
      this.state =
          new ReplicaOwner(CallsWorld.ID, node, members, List.copyOf(members), copy.promised() + 1);
    }

    boolean isWhole() {
      return serves && state.copies().size() == Math.min(Survey.COPIES, members.size());
    }

    private boolean isPresent() {
      return owners.get(node) == this;
    }

    void act(Runnable what) {
      if (!isPresent()) {
        return;
      }
      what.run();
      for (ReplicaOwner.Effect effect : state.drain()) {
        if (effect instanceof ReplicaOwner.Effect.Send send) {
          ReplicaKeeping.this.send(node, send.to(), send.message());
        } else if (effect instanceof ReplicaOwner.Effect.Begin begin) {
          begin(begin.view());
        } else if (effect instanceof ReplicaOwner.Effect.Kept) {
          commit();
        } else if (effect instanceof ReplicaOwner.Effect.End) {
          end();
        }
      }
    }

    private void begin(long of) {
      view = of;
      PartitionState used = copy.use(of);
      if (used == null) {
        end();
      } else {
        serves = true;
        world.settle(node, used, this);
      }
    }

    private void commit() {
      Store.Kept then = kept;
      kept = null;
      if (then != null && !copy.commit(view, then)) {
        end();
      }
    }

    /** Sharding starts it again where it was, after a pause. */
    private void end() {
      if (isPresent()) {
        stop(node);
        world.in(
            world.some(200 * MILLI),
            () -> {
              if (members.contains(node) && owners.isEmpty()) {
                take(node);
              }
            });
      }
    }

    @Override
    public void keep(PartitionChange change, Store.Kept then) {
      world.in(
          world.some(MILLI),
          () ->
              act(
                  () -> {
                    kept = then;
                    state.keep(change);
                  }));
    }

    @Override
    public void leave(PartitionState left) {
      copy.leave(left);
    }
  }

  /** What the next owner would find. */
  @Override
  public PartitionState state() {
    NodeId asker = new NodeId("asker", 1_000_000);
    long view = Long.MAX_VALUE;
    Prepared newest = null;
    Replica source = null;
    try {
      for (NodeId node : members) {
        Replica copy = stores.get(node).of(CallsWorld.ID);
        Prepared one = (Prepared) copy.hear(asker, new Prepare(CallsWorld.ID, view));
        boolean newer =
            newest == null
                || one.installed() > newest.installed()
                || (one.installed() == newest.installed() && one.position() > newest.position());
        source = newer ? copy : source;
        newest = newer ? one : newest;
      }
      assertThat(owners.values()).as("somebody serves").anyMatch(Owner::isWhole);
      return content(source, asker, view);
    } catch (WireException wrong) {
      throw new IllegalStateException(wrong);
    }
  }

  private static PartitionState content(Replica copy, NodeId asker, long view)
      throws WireException {
    PartitionState state = new PartitionState();
    int pieces = 1;
    for (int piece = 0; piece < pieces; piece++) {
      Pulled pulled = (Pulled) copy.hear(asker, new Pull(CallsWorld.ID, view, piece));
      pieces = pulled.pieces();
      state.apply(WireCodec.decodeChange(pulled.body()));
    }
    return state;
  }
}
