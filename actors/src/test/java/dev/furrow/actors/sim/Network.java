package dev.furrow.actors.sim;

import dev.furrow.actors.wire.JobMessage;
import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.PoolId;
import dev.furrow.actors.wire.PoolMessage;
import dev.furrow.actors.wire.WireMessage;
import java.util.HashMap;
import java.util.Map;

/** Links that delay, reorder, lose and double what they carry, and that break and come back. */
final class Network {

  private static final long MICRO = 1_000;
  private static final long MILLI = 1_000_000;

  /** One direction between two nodes. */
  static final class Way {
    boolean connected;
    boolean cut;
    int generation;
    long lastArrival;
    long toldAt;
    long base;
  }

  private record Ends(NodeId from, NodeId to) {}

  private final Simulation world;
  private final Map<Ends, Way> ways = new HashMap<>();
  double loss;
  double doubling;
  boolean inOrder = true;
  long jitter = MILLI;

  Network(Simulation world) {
    this.world = world;
  }

  Way way(SimNode from, SimNode to) {
    return ways.computeIfAbsent(
        new Ends(from.id, to.id),
        ends -> {
          Way way = new Way();
          way.base = world.between(50 * MICRO, MILLI);
          return way;
        });
  }

  void send(SimNode from, NodeId to, WireMessage message) {
    SimNode target = world.node(to);
    Way way = way(from, target);
    boolean self = from == target;
    if (!self && (!way.connected || way.cut || world.chance(loss))) {
      world.trace(() -> "lost  " + from + " → " + to + " " + Trace.brief(message));
      return;
    }
    if (message instanceof PoolMessage.Leases leases) {
      world.noteGrant(leases);
    }
    if (world.mutation == Mutation.NO_RECONCILIATION && message instanceof JobMessage.Holding) {
      return;
    }
    byte[] bytes = Wire.encode(message);
    int copies = !self && world.chance(doubling) ? 2 : 1;
    for (int i = 0; i < copies; i++) {
      carry(from, target, way, bytes);
    }
  }

  private void carry(SimNode from, SimNode target, Way way, byte[] bytes) {
    boolean self = from == target;
    long delay = self ? world.between(MICRO, 50 * MICRO) : way.base + world.between(0, jitter);
    long at = world.agenda.now() + delay;
    if (inOrder || self) {
      at = Math.max(at, way.lastArrival + 1);
      way.lastArrival = at;
    }
    int generation = way.generation;
    boolean survives = world.chance(0.3);
    world.agenda.at(
        at,
        target,
        () -> {
          if (!way.cut && (generation == way.generation || survives)) {
            WireMessage message = Wire.decode(bytes);
            world.trace(() -> from + " → " + target + " " + Trace.brief(message));
            target.receive(
                world.mutation == Mutation.INCARNATIONS_IGNORED ? renewed(message) : message);
          }
        });
  }

  /** The message as if it came from, or were meant for, the present life of the pool. */
  private WireMessage renewed(WireMessage message) {
    if (message instanceof PoolMessage.Leases m) {
      return new PoolMessage.Leases(
          m.job(),
          now(m.pool()),
          m.types(),
          m.terms(),
          m.lease(),
          m.task(),
          m.attempt(),
          m.type(),
          m.term(),
          m.caution(),
          m.payload());
    }
    if (message instanceof JobMessage.Demand m) {
      return new JobMessage.Demand(
          m.job(),
          now(m.pool()),
          m.sequence(),
          m.most(),
          m.slots(),
          m.usable(),
          m.resources(),
          m.leaving());
    }
    if (message instanceof JobMessage.Holding m) {
      return new JobMessage.Holding(
          m.job(), now(m.pool()), m.sequence(), m.held(), m.started(), m.waiting());
    }
    return message;
  }

  private PoolId now(PoolId pool) {
    SimNode node = world.node(pool.node());
    return node.pool == null ? pool : node.pool.id();
  }

  /** Two nodes can exchange messages, and hear so. */
  void connect(SimNode one, SimNode other) {
    if (!usable(one, other) || way(one, other).connected) {
      return;
    }
    for (Way way : new Way[] {way(one, other), way(other, one)}) {
      way.connected = true;
      way.generation++;
    }
    tell(one, other, () -> one.connected(other.id));
    tell(other, one, () -> other.connected(one.id));
  }

  boolean usable(SimNode one, SimNode other) {
    return one != other && one.alive && other.alive && !one.out && !other.out;
  }

  /** A connection breaks; {@code ended} says whose process is known to have closed it. */
  void close(SimNode one, SimNode other, boolean ended) {
    if (!way(one, other).connected) {
      return;
    }
    for (Way way : new Way[] {way(one, other), way(other, one)}) {
      way.connected = false;
      way.generation++;
    }
    if (world.mutation == Mutation.NO_EXPIRY) {
      return;
    }
    tell(one, other, () -> one.closed(other.id, ended));
    tell(other, one, () -> other.closed(one.id, ended));
  }

  /** A node hears of a peer, in the order in which things happened. */
  void tell(SimNode hearer, SimNode of, Runnable news) {
    Way way = way(of, hearer);
    way.toldAt = Math.max(way.toldAt + 1, world.agenda.now() + world.between(MICRO, 50 * MILLI));
    world.agenda.at(way.toldAt, hearer, news);
  }

  /** Everything arrives from now on. */
  void heal() {
    loss = 0;
    doubling = 0;
    ways.values().forEach(way -> way.cut = false);
  }
}
