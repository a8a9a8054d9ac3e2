package dev.furrow.actors.pool;

import dev.furrow.actors.wire.JobKey;
import dev.furrow.actors.wire.JobMessage;
import dev.furrow.actors.wire.LeaseTerms;
import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.PoolMessage;
import dev.furrow.actors.wire.ReportKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * A pool with threads that work, and a job that grants it tasks of given lengths as it asks for
 * them, in virtual time. Counts what is said, and how long a slot was free while a task waited.
 */
final class NodeLoop {

  private static final long TICK = 20 * PoolWorld.MILLI;
  private static final long FLUSH = PoolWorld.MILLI;
  private static final long WAY = 100_000;
  private static final JobKey JOB = PoolWorld.job(1);

  private record Event(long at, long order, Runnable action) {}

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(
          (a, b) ->
              a.at() != b.at() ? Long.compare(a.at(), b.at()) : Long.compare(a.order(), b.order()));
  private final long[] lengths;
  private final int slots;
  private final SimPool pool;
  private final Set<Long> ended = new HashSet<>();
  private final Set<Long> leased = new HashSet<>();
  private final Set<Worker> workers = new HashSet<>();
  private long order;
  private int granted;
  private int claimed;
  private int most;
  private long idleSince = -1;

  long now;
  int messages;
  int demands;

  /** The longest time for which a slot was free and a task of the node could have used it. */
  long longestIdle;

  /** The most leases that the job was asked to have here. */
  int mostAsked;

  NodeLoop(int slots, PoolLimits limits, long[] lengths) {
    this.slots = slots;
    this.lengths = lengths;
    pool = new SimPool(PoolWorld.ID, slots, Map.of(), SimPool.Limits.of(limits), new Shell());
  }

  /** Works until all tasks have ended. */
  NodeLoop run() {
    at(0, () -> pool.hear(new PoolMessage.Announce(JOB), now));
    at(TICK, this::tick);
    while (ended.size() < lengths.length) {
      Event next = events.remove();
      now = next.at();
      next.action().run();
      look();
    }
    return this;
  }

  private void at(long delay, Runnable action) {
    events.add(new Event(now + delay, order++, action));
  }

  private void tick() {
    pool.tick(now);
    at(TICK, this::tick);
  }

  /** Watches for a slot that is free beside a task that waits. */
  private void look() {
    boolean idle = workers.size() < slots && claimed < granted;
    if (!idle) {
      idleSince = -1;
    } else if (idleSince < 0) {
      idleSince = now;
    } else {
      longestIdle = Math.max(longestIdle, now - idleSince);
    }
  }

  private void grant() {
    int n = Math.min(most - leased.size(), lengths.length - granted);
    if (n <= 0) {
      return;
    }
    long[] numbers = new long[n];
    for (int i = 0; i < n; i++) {
      numbers[i] = granted++;
      leased.add(numbers[i]);
    }
    int[] attempt = new int[n];
    Arrays.fill(attempt, 1);
    int[] zero = new int[n];
    PoolMessage.Leases leases =
        new PoolMessage.Leases(
            JOB,
            PoolWorld.ID,
            List.of("Type"),
            List.of(LeaseTerms.NONE),
            numbers,
            numbers,
            attempt,
            zero,
            zero,
            zero,
            Collections.nCopies(n, new byte[1]));
    messages++;
    at(WAY, () -> pool.hear(leases, now));
  }

  private void hear(JobMessage message) {
    if (message instanceof JobMessage.Demand demand) {
      most = demand.most();
      mostAsked = Math.max(mostAsked, most);
    } else if (message instanceof JobMessage.Reports reports) {
      for (long lease : reports.lease()) {
        leased.remove(lease);
        ended.add(lease);
      }
      long sequence = reports.sequence();
      at(WAY, () -> pool.hear(new PoolMessage.ReportsReceived(JOB, PoolWorld.ID, sequence), now));
      messages++;
    } else if (message instanceof JobMessage.Holding holding) {
      long sequence = holding.sequence();
      at(WAY, () -> pool.hear(new PoolMessage.HoldingReceived(JOB, PoolWorld.ID, sequence), now));
    }
    grant();
  }

  private final class Shell implements SimPool.Shell {

    @Override
    public void send(NodeId to, JobMessage message) {
      messages++;
      demands += message instanceof JobMessage.Demand ? 1 : 0;
      at(WAY, () -> hear(message));
    }

    @Override
    public void start(SimRun run) {
      Worker worker = new Worker(run);
      workers.add(worker);
      at(10_000, worker::next);
    }

    @Override
    public void interrupt(SimRun run, int index) {
      throw new IllegalStateException("nothing is cancelled here");
    }

    @Override
    public void unpark(int run) {
      throw new IllegalStateException("nothing waits here");
    }

    @Override
    public void drained() {
      throw new IllegalStateException("nobody leaves here");
    }
  }

  /** A thread that works off a run. */
  private final class Worker {
    private final SimRun run;
    private List<SimPool.Ended> pending = new ArrayList<>();
    private long flushedAt = now;

    Worker(SimRun run) {
      this.run = run;
    }

    void next() {
      int index = run.claim();
      if (index < 0) {
        workers.remove(this);
        pool.finished(run.number(), pending, true, now);
        return;
      }
      claimed++;
      long length = lengths[(int) run.entries().get(index).task()];
      at(length, () -> end(index, length));
    }

    private void end(int index, long length) {
      if (!run.complete()) {
        throw new IllegalStateException("nothing is revoked here");
      }
      pending.add(new SimPool.Ended(index, ReportKind.SUCCEEDED.ordinal(), length, new byte[1]));
      if (now - flushedAt > FLUSH && index + 1 < run.entries().size()) {
        List<SimPool.Ended> said = pending;
        pending = new ArrayList<>();
        flushedAt = now;
        pool.finished(run.number(), said, false, now);
      }
      next();
    }
  }
}
