package dev.furrow.actors.sim;

import dev.furrow.actors.job.JobLimits;
import dev.furrow.actors.pool.SimPool;
import dev.furrow.actors.pool.SimRun;
import dev.furrow.actors.wire.JobKey;
import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.PoolId;
import dev.furrow.actors.wire.PoolMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One world, from its seed to the end of all its jobs: first with trouble, then without. Throws
 * {@link PromiseBroken} for whatever does not hold.
 */
final class Simulation {

  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000 * MILLI;
  private static final long PATIENCE = 600;

  final Agenda agenda = new Agenda();
  final Mutation mutation;
  final JobLimits jobLimits;
  final SimPool.Limits poolLimits;
  final Network network;
  final Chaos chaos;
  int worstKills;

  private final long seed;
  private final boolean traced;
  private final long patience;
  private final SplittableRandom random;
  private final Map<NodeId, SimNode> nodes = new LinkedHashMap<>();
  private final List<Driver> jobs = new ArrayList<>();
  private final Map<JobKey, Driver> jobsByKey = new HashMap<>();
  private final Map<Grant, PoolId> grants = new HashMap<>();
  private final Map<Grant, SimTask> granted = new HashMap<>();
  private long nextUid = 1;

  private record Grant(JobKey job, long lease) {}

  Simulation(long seed, Mutation mutation, boolean traced) {
    this(seed, mutation, traced, PATIENCE);
  }

  /** A world whose jobs must end so many virtual seconds after the trouble. */
  Simulation(long seed, Mutation mutation, boolean traced, long patience) {
    this.patience = patience * SECOND;
    this.seed = seed;
    this.mutation = mutation;
    this.traced = traced;
    this.random = new SplittableRandom(seed);
    this.jobLimits =
        new JobLimits(
            100 * MILLI,
            300 * MILLI,
            chance(0.15) ? 5 : 1000,
            (int) between(1, 64),
            (int) between(1, 200),
            1 << 16,
            mutation == Mutation.NO_EXPIRY ? Long.MAX_VALUE / 2 : between(600, 1500) * MILLI,
            2,
            between(20, 300) * MILLI,
            between(100, 250) * MILLI);
    this.poolLimits =
        new SimPool.Limits(
            (int) between(1, 64),
            (int) between(0, 100),
            100 * MILLI,
            between(80, 200) * MILLI,
            between(100, 250) * MILLI,
            between(2000, 4000) * MILLI,
            between(500, 2000) * MILLI,
            (int) between(1, 5));
    this.network = new Network(this);
    this.chaos = new Chaos(this);
    if (chance(0.6)) {
      network.loss = chance(0.5) ? 0.01 : 0.15;
    }
    if (chance(0.5)) {
      network.doubling = chance(0.5) ? 0.02 : 0.2;
    }
    network.inOrder = chance(0.6);
    network.jitter = chance(0.7) ? between(1, 3 * MILLI) : between(1, 100 * MILLI);
  }

  // --------------------------------------------------------------- the world

  /** Lives through the world; answers how many tasks it had. */
  int run() {
    try {
      populate();
      chaos.start();
      until(between(SECOND / 2, 6 * SECOND), false);
      chaos.end();
      until(agenda.now() + patience, true);
      return jobs.stream().mapToInt(job -> job.tasks.size()).sum();
    } catch (RuntimeException broken) {
      throw new PromiseBroken(seed, broken.getMessage() + stateOf(), broken);
    }
  }

  private void until(long end, boolean untilDone) {
    long checkAt = 0;
    while (agenda.now() < end) {
      agenda.step();
      if (untilDone && agenda.now() >= checkAt) {
        checkAt = agenda.now() + 50 * MILLI;
        if (isQuiet()) {
          return;
        }
      }
    }
    if (untilDone) {
      throw new IllegalStateException("not everything ended: " + whatIsOpen());
    }
  }

  private boolean isQuiet() {
    for (Driver job : jobs) {
      if (isOpen(job)) {
        return false;
      }
    }
    for (SimNode node : nodes.values()) {
      if (isMember(node) && node.pool != null && !node.pool.isIdle()) {
        return false;
      }
    }
    return true;
  }

  private boolean isOpen(Driver job) {
    SimNode home = node(job.key.node());
    return home.alive && (!job.done || home.jobs.containsKey(job.key.id()));
  }

  private static boolean isMember(SimNode node) {
    return node.alive && !node.out;
  }

  private String whatIsOpen() {
    StringBuilder text = new StringBuilder();
    for (Driver job : jobs) {
      if (isOpen(job)) {
        text.append('\n').append(job.describe());
      }
    }
    for (SimNode node : nodes.values()) {
      if (isMember(node) && node.pool != null && !node.pool.isIdle()) {
        text.append("\npool of ").append(node).append(" is not idle");
      }
      if (node.alive) {
        text.append("\n").append(node.describe());
      }
    }
    return text.toString();
  }

  private String stateOf() {
    return String.format(
        Locale.ROOT, " at %.3f ms%s", agenda.now() / 1e6, chaos.over ? " after the trouble" : "");
  }

  private void populate() {
    int drivers = (int) between(1, 3);
    for (int i = 0; i < drivers; i++) {
      add("driver-" + i, chance(0.3) ? (int) between(1, 4) : 0, Map.of());
    }
    List<SimNode> homes = nodes();
    int workers = (int) between(1, 7);
    for (int i = 0; i < workers; i++) {
      addWorker(null);
    }
    for (SimNode home : homes) {
      int count = (int) between(1, 4);
      for (int i = 0; i < count; i++) {
        addJob(home, i);
      }
    }
  }

  private void addJob(SimNode home, int number) {
    JobKey key = new JobKey("job-" + home.id.name() + "-" + number, 1, home.id);
    int size = (int) (chance(0.2) ? between(0, 3) : between(1, chance(0.3) ? 200 : 30));
    boolean failFast = chance(0.1);
    List<SimTask> tasks = new ArrayList<>();
    TaskMaker maker = new TaskMaker(this, key);
    for (int i = 0; i < size; i++) {
      tasks.add(maker.make(i, size));
    }
    agenda.at(
        between(0, SECOND),
        home,
        () -> {
          Driver job = new Driver(this, home, key, tasks, failFast);
          jobsByKey.put(key, job);
          jobs.add(job);
          job.start();
        });
  }

  /** A worker joins; under the address of an earlier one if that is given. */
  void addWorker(@Nullable SimNode earlier) {
    if (chaos.over && earlier == null) {
      return;
    }
    String name = earlier == null ? "worker-" + nextUid : earlier.id.name();
    Map<String, Long> resources = chance(0.4) ? Map.of("gpu", between(1, 3)) : Map.of();
    add(name, chance(0.05) ? 16 : (int) between(1, 5), resources);
  }

  /** A worker joins that can run whatever there is. */
  void addFullWorker() {
    add("worker-" + nextUid, (int) between(1, 5), Map.of("gpu", 2L));
  }

  private void add(String name, int slots, Map<String, Long> resources) {
    SimNode node = new SimNode(this, new NodeId(name, nextUid++), slots, resources);
    trace(() -> "--- JOIN " + node + " slots " + slots + " " + resources);
    for (SimNode peer : nodes.values()) {
      agenda.in(between(MILLI, 50 * MILLI), () -> network.connect(node, peer));
    }
    nodes.put(node.id, node);
    node.start();
  }

  // ---------------------------------------------------------------- look-ups

  SimNode node(NodeId id) {
    SimNode node = nodes.get(id);
    if (node == null) {
      throw new IllegalStateException("nobody is " + id);
    }
    return node;
  }

  List<SimNode> nodes() {
    return List.copyOf(nodes.values());
  }

  /** Some living node; a worker unless any will do. */
  @Nullable SimNode anyNode(boolean drivers) {
    List<SimNode> some =
        nodes.values().stream()
            .filter(node -> isMember(node) && (drivers || node.slots > 0))
            .toList();
    return some.isEmpty() ? null : some.get((int) between(0, some.size()));
  }

  Optional<Driver> anyJob() {
    return jobs.isEmpty() ? Optional.empty() : Optional.of(jobs.get((int) between(0, jobs.size())));
  }

  SimTask task(JobKey key, long index) {
    Driver job = jobsByKey.get(key);
    SimTask task = job == null ? null : job.taskOrNull(index);
    if (task == null) {
      throw new IllegalStateException("a pool runs task " + index + " of " + key);
    }
    return task;
  }

  // -------------------------------------------------------------- what is true

  void noteGrant(PoolMessage.Leases leases) {
    for (int i = 0; i < leases.lease().length; i++) {
      Grant grant = new Grant(leases.job(), leases.lease()[i]);
      grants.put(grant, leases.pool());
      granted.put(grant, task(leases.job(), leases.task()[i]));
    }
  }

  /** A pool life runs only what it was leased, with the bytes that the driver handed over. */
  void checkGrant(SimRun.Entry entry, PoolId pool) {
    Grant grant = new Grant(entry.job(), entry.lease());
    SimTask task = task(entry.job(), entry.task());
    if (!pool.equals(grants.get(grant))) {
      throw new IllegalStateException(
          pool + " runs lease " + entry.lease() + " of " + grants.get(grant));
    }
    if (!task.wrote(entry.payload())) {
      throw new IllegalStateException(
          "lease " + entry.lease() + " has the payload of another task");
    }
  }

  /** A supervisor may learn that leases have started on a node. */
  void noteStarted(SimNode node, JobKey job, long[] leases) {
    for (long lease : leases) {
      SimTask task = granted.get(new Grant(job, lease));
      if (task != null) {
        node.started.add(task);
      }
    }
  }

  // ------------------------------------------------------------------- chance

  boolean chance(double p) {
    return p > 0 && random.nextDouble() < p;
  }

  /** A number from {@code low} to before {@code high}. */
  long between(long low, long high) {
    return high <= low ? low : random.nextLong(low, high);
  }

  void trace(Supplier<String> text) {
    if (traced) {
      System.out.printf(Locale.ROOT, "%12.3f ms  %s%n", agenda.now() / 1e6, text.get());
    }
  }
}
