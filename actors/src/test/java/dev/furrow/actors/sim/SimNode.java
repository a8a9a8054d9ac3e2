package dev.furrow.actors.sim;

import dev.furrow.actors.pool.SimPool;
import dev.furrow.actors.pool.SimRun;
import dev.furrow.actors.wire.JobMessage;
import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.PoolId;
import dev.furrow.actors.wire.PoolMessage;
import dev.furrow.actors.wire.WireMessage;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A node of the simulated world: its pool, its jobs, and what it knows of the others. */
final class SimNode {

  final NodeId id;
  final int slots;
  final Map<String, Long> resources;
  final Map<String, Driver> jobs = new LinkedHashMap<>();
  final Map<Integer, Worker> workers = new LinkedHashMap<>();
  final Set<NodeId> connected = new HashSet<>();
  final Set<NodeId> removed = new HashSet<>();

  /** Tasks that have started here, as far as a supervisor may know. */
  final Set<SimTask> started = new HashSet<>();

  @Nullable SimPool pool;
  boolean alive = true;

  /** No longer a member. */
  boolean out;

  boolean leaving;
  long pausedUntil;

  private final Simulation world;
  private long incarnation;
  private final long tick = 20_000_000;

  SimNode(Simulation world, NodeId id, int slots, Map<String, Long> resources) {
    this.world = world;
    this.id = id;
    this.slots = slots;
    this.resources = resources;
  }

  void start() {
    if (slots > 0) {
      restartPool();
    }
    world.agenda.at(world.agenda.now() + world.between(0, tick), this, this::tick);
  }

  void restartPool() {
    workers.clear();
    PoolId poolId = new PoolId(id, ++incarnation);
    pool = new SimPool(poolId, slots, resources, world.poolLimits, new Shell(poolId));
    for (NodeId peer : connected) {
      pool.connected(peer, world.agenda.now());
    }
  }

  private void tick() {
    long now = world.agenda.now();
    if (pool != null) {
      pool.tick(now);
    }
    for (Driver job : List.copyOf(jobs.values())) {
      job.tick();
    }
    world.agenda.at(now + tick, this, this::tick);
  }

  void receive(WireMessage message) {
    long now = world.agenda.now();
    if (message instanceof PoolMessage said) {
      if (pool != null) {
        pool.hear(said, now);
      }
    } else if (message instanceof JobMessage said) {
      Driver job = jobs.get(said.job().id());
      if (job != null && job.key.equals(said.job())) {
        job.hear(said);
      } else {
        world.network.send(this, said.pool().node(), new PoolMessage.JobGone(said.job()));
      }
    }
  }

  void connected(NodeId peer) {
    if (removed.contains(peer)) {
      return;
    }
    connected.add(peer);
    world.trace(() -> this + " is connected to " + peer);
    long now = world.agenda.now();
    for (Driver job : List.copyOf(jobs.values())) {
      job.connected(peer);
    }
    if (pool != null) {
      pool.connected(peer, now);
    }
  }

  void closed(NodeId peer, boolean ended) {
    connected.remove(peer);
    world.trace(() -> this + " loses the connection to " + peer + (ended ? ", ended" : ""));
    for (Driver job : List.copyOf(jobs.values())) {
      job.closed(peer, ended);
    }
  }

  void removed(NodeId peer, boolean left) {
    removed.add(peer);
    world.trace(() -> this + " hears that " + peer + (left ? " left" : " is removed"));
    connected.remove(peer);
    for (Driver job : List.copyOf(jobs.values())) {
      job.removed(peer, left);
    }
    if (pool != null) {
      pool.removed(peer, world.agenda.now());
    }
  }

  /** Where it stands, for people. */
  String describe() {
    return id
        + " slots "
        + slots
        + " "
        + resources
        + (alive ? "" : " dead")
        + (out ? " out" : "")
        + (leaving ? " leaving" : "")
        + " connected to "
        + connected;
  }

  @Override
  public String toString() {
    return id.toString();
  }

  private final class Shell implements SimPool.Shell {

    private final PoolId poolId;

    Shell(PoolId poolId) {
      this.poolId = poolId;
    }

    @Override
    public void send(NodeId to, JobMessage message) {
      if (message instanceof JobMessage.Started said) {
        world.noteStarted(SimNode.this, said.job(), said.leases());
      } else if (message instanceof JobMessage.Holding said) {
        world.noteStarted(SimNode.this, said.job(), said.started());
        world.noteStarted(SimNode.this, said.job(), said.waiting());
      }
      world.network.send(SimNode.this, to, message);
    }

    @Override
    public void start(SimRun run) {
      for (SimRun.Entry entry : run.entries()) {
        world.checkGrant(entry, poolId);
      }
      Worker worker = new Worker(world, SimNode.this, pool(), run);
      workers.put(run.number(), worker);
      checkAlone();
      worker.begin();
    }

    private void checkAlone() {
      if (workers.values().stream().filter(Worker::isAlone).count() > 1) {
        throw new IllegalStateException("two suspect tasks run side by side on " + id);
      }
    }

    private SimPool pool() {
      if (pool == null || !pool.id().equals(poolId)) {
        throw new IllegalStateException("an earlier life of a pool acts: " + poolId);
      }
      return pool;
    }

    @Override
    public void interrupt(SimRun run, int index) {
      world.trace(() -> id + " interrupts " + run.entries().get(index));
      Worker worker = workers.get(run.number());
      if (worker != null) {
        worker.interrupt();
      }
    }

    @Override
    public void unpark(int run) {
      Worker worker = workers.get(run);
      if (worker != null) {
        worker.unpark();
        checkAlone();
      }
    }

    @Override
    public void drained() {
      world.chaos.left(SimNode.this);
    }
  }
}
