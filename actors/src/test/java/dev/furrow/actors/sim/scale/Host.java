package dev.furrow.actors.sim.scale;

import dev.furrow.actors.pool.ScalePool;
import dev.furrow.actors.pool.SimPool;
import dev.furrow.actors.wire.JobMessage;
import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.PoolId;
import dev.furrow.actors.wire.PoolMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;

/** A worker node: its pool, and slots that work for as long as tasks take. */
final class Host {

  private static final long TICK = 20_000_000;

  /** A longer turn was interrupted by something else on this machine. */
  private static final long MOST_NANOS = 200_000;

  final NodeId id;
  final Way toHere;
  private final Trial trial;
  private final Timeline time;
  private final Way fromHere;
  private final Server server;
  private final ScalePool pool;
  private final Map<Integer, Shift> shifts = new HashMap<>();
  private List<Runnable> effects = new ArrayList<>();
  private boolean alive = true;
  private int mostBusy;

  Host(Trial trial, int number, SimPool.Limits limits, SplittableRandom random) {
    this.trial = trial;
    this.time = trial.time;
    this.id = new NodeId("node-" + number, number + 1);
    this.toHere = new Way(time, random);
    this.fromHere = new Way(time, random);
    this.server = new Server(time);
    this.pool = new ScalePool(new PoolId(id, 1), Scenario.SLOTS, limits, new Shell());
    time.at(random.nextLong(TICK), this::tick);
  }

  private void tick() {
    if (alive) {
      put(pool::tick);
      time.at(time.now() + TICK, this::tick);
    }
  }

  /** A message arrives. */
  void hear(PoolMessage message) {
    put(now -> pool.hear(message, now));
  }

  void die() {
    alive = false;
    shifts.clear();
  }

  /** The pool turns to something; what it wants done happens when it is through. */
  private void put(LongConsumer turn) {
    server.put(
        now -> {
          if (!alive) {
            return 0;
          }
          long from = System.nanoTime();
          turn.accept(now);
          long cost = trial.poolCost(System.nanoTime() - from, MOST_NANOS);
          List<Runnable> wanted = effects;
          if (!wanted.isEmpty()) {
            effects = new ArrayList<>();
            time.at(now + cost, () -> wanted.forEach(Runnable::run));
          }
          return cost;
        });
  }

  private void begin(int run, Shift shift) {
    if (!alive) {
      return;
    }
    shifts.put(run, shift);
    if (shifts.size() > mostBusy) {
      mostBusy = shifts.size();
      trial.ledger.filledOneMore();
    }
    await(run, shift);
  }

  private void await(int run, Shift shift) {
    int cuts = shift.cuts();
    time.at(
        shift.nextAt(),
        () -> {
          if (shifts.get(run) == shift && shift.cuts() == cuts) {
            report(run, shift);
          }
        });
  }

  private void report(int run, Shift shift) {
    long now = time.now();
    boolean last = shift.isOver(now);
    List<SimPool.Ended> done = shift.collect(now);
    if (last) {
      shifts.remove(run);
    } else {
      await(run, shift);
    }
    if (pool.finished(run, done, last)) {
      put(pool::listen);
    }
  }

  private final class Shell implements ScalePool.Shell {

    @Override
    public void send(NodeId to, JobMessage message) {
      effects.add(
          () -> {
            trial.mail.count(message);
            fromHere.carry(time.now(), () -> trial.home.hear(message));
          });
    }

    @Override
    public void start(int run, long[] tasks) {
      long[] lengths = new long[tasks.length];
      for (int i = 0; i < tasks.length; i++) {
        lengths[i] = trial.scenario.lengthOf(tasks[i]);
      }
      effects.add(() -> begin(run, new Shift(time.now(), lengths)));
    }

    @Override
    public int truncate(int run) {
      Shift shift = shifts.get(run);
      if (shift == null) {
        return ScalePool.GONE;
      }
      int kept = shift.truncate(time.now());
      await(run, shift);
      return kept;
    }
  }
}
