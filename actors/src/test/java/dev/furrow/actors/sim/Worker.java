package dev.furrow.actors.sim;

import dev.furrow.actors.pool.SimPool;
import dev.furrow.actors.pool.SimRun;
import dev.furrow.actors.wire.Caution;
import dev.furrow.actors.wire.ReportKind;
import java.util.ArrayList;
import java.util.List;

/** A thread that works off a run, in virtual time. */
final class Worker {

  private static final long MICRO = 1_000;
  private static final long MILLI = 1_000_000;

  private final Simulation world;
  private final SimNode node;
  private final SimPool pool;
  private final SimRun run;
  private final long startedAt;
  private List<SimPool.Ended> pending = new ArrayList<>();
  private int current = -1;
  private long enteredAt;
  private boolean interrupted;
  private boolean waitsForSlot;
  private boolean parked;

  /** Counts what the thread does, so that what it no longer does is forgotten. */
  private long step;

  private long mailAt;

  Worker(Simulation world, SimNode node, SimPool pool, SimRun run) {
    this.world = world;
    this.node = node;
    this.pool = pool;
    this.run = run;
    this.startedAt = world.agenda.now();
  }

  void begin() {
    long delay =
        world.chance(0.03) ? world.between(MILLI, 60 * MILLI) : world.between(0, 50 * MICRO);
    then(delay, this::next);
  }

  boolean isAlone() {
    return !interrupted && !parked && run.entries().get(0).caution() == Caution.ALONE;
  }

  private void then(long delay, Runnable action) {
    long expected = ++step;
    world.agenda.at(
        world.agenda.now() + delay,
        node,
        () -> {
          if (step == expected && node.pool == pool) {
            action.run();
          }
        });
  }

  /** Tells the pool something, after what was told before. */
  private void tell(Runnable message) {
    mailAt = Math.max(mailAt + 1, world.agenda.now() + world.between(MICRO, 100 * MICRO));
    world.agenda.at(
        mailAt,
        node,
        () -> {
          if (node.pool == pool) {
            message.run();
          }
        });
  }

  private void next() {
    current = run.claim();
    if (current < 0) {
      flush(true);
      return;
    }
    enteredAt = world.agenda.now();
    interrupted = false;
    SimTask task = task();
    world.trace(() -> node + " runs " + task + " lease " + entry().lease());
    node.started.add(task);
    switch (task.nature) {
      case POISON -> then(task.nanos, () -> world.chaos.poisoned(node, task));
      case WAITS -> then(task.nanos / 2, this::park);
      case SLOW -> then(task.nanos, this::end);
      default -> then(task.nanos, this::end);
    }
  }

  private SimRun.Entry entry() {
    return run.entries().get(current);
  }

  private SimTask task() {
    return world.task(entry().job(), entry().task());
  }

  private void park() {
    if (world.task(entry().job(), task().waitsFor).ended) {
      end();
      return;
    }
    flush(false);
    tell(
        () -> {
          parked = true;
          pool.parked(run.number(), world.agenda.now());
        });
    then(MILLI, this::poll);
  }

  private void poll() {
    if (!world.task(entry().job(), task().waitsFor).ended) {
      then(5 * MILLI, this::poll);
      return;
    }
    waitsForSlot = true;
    step++;
    tell(() -> pool.unparked(run.number(), world.agenda.now()));
  }

  /** The pool gives the slot back. */
  void unpark() {
    parked = false;
    if (waitsForSlot) {
      waitsForSlot = false;
      then(task().nanos / 2, this::end);
    }
  }

  /** The pool has declared what runs void. */
  void interrupt() {
    interrupted = true;
    SimTask task = task();
    long limit = entry().timeoutMillis() * MILLI;
    if (limit > 0 && world.agenda.now() - startedAt >= limit) {
      task.timedOut.add(entry().lease());
    }
    if (task.nature == SimTask.Nature.WAITS || !task.stubborn) {
      waitsForSlot = false;
      then(world.between(MICRO, 2 * MILLI), this::end);
    }
  }

  private void end() {
    SimTask task = task();
    long lease = entry().lease();
    long nanos = world.agenda.now() - enteredAt;
    if (run.complete()) {
      boolean fails = task.throwsLeft > 0;
      if (fails) {
        task.throwsLeft--;
        ReportKind kind =
            task.nature == SimTask.Nature.THROWS_FOR_GOOD
                ? ReportKind.FAILED_FOR_GOOD
                : ReportKind.FAILED;
        pending.add(new SimPool.Ended(current, kind.ordinal(), nanos, task.failure(lease)));
      } else {
        int kind = ReportKind.SUCCEEDED.ordinal();
        pending.add(new SimPool.Ended(current, kind, nanos, task.result(lease)));
      }
      if (world.chance(0.3)) {
        flush(false);
      }
    }
    then(world.chance(0.5) ? 0 : world.between(0, 20 * MICRO), this::next);
  }

  private void flush(boolean last) {
    List<SimPool.Ended> ended = pending;
    pending = new ArrayList<>();
    if (last) {
      step++;
    } else if (ended.isEmpty()) {
      return;
    }
    tell(
        () -> {
          if (last) {
            node.workers.remove(run.number());
          }
          pool.finished(run.number(), ended, last, world.agenda.now());
        });
  }
}
