package dev.furrow.actors.sim;

import dev.furrow.JobStatus;
import dev.furrow.TaskFailure;
import dev.furrow.actors.job.JobSnapshot;
import dev.furrow.actors.job.JobSpec;
import dev.furrow.actors.job.NewTask;
import dev.furrow.actors.job.OutcomeBatch;
import dev.furrow.actors.job.OutcomeCursor;
import dev.furrow.actors.job.OutcomeRecord;
import dev.furrow.actors.job.SimJob;
import dev.furrow.actors.wire.FailureRecord;
import dev.furrow.actors.wire.JobKey;
import dev.furrow.actors.wire.JobMessage;
import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.PoolMessage;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A driver with one job: hands over tasks, reads outcomes over a bad line, and checks them. */
final class Driver {

  private static final long MILLI = 1_000_000;

  final JobKey key;
  final List<SimTask> tasks;
  private final Simulation world;
  private final SimNode node;
  private final boolean failFast;
  private final SimJob job;
  private final boolean sourceFails;
  private final long readPause;
  private final Map<Long, OutcomeRecord> log = new HashMap<>();
  private final Map<Long, OutcomeRecord> outcomes = new HashMap<>();
  private OutcomeCursor cursor = new OutcomeCursor();
  private int handed;
  private int accepted;
  private long position;
  private long fetchedAt;
  private boolean cancelAllowed;
  private boolean sourceEnded;

  /** The driver has read everything. */
  boolean done;

  Driver(Simulation world, SimNode node, JobKey key, List<SimTask> tasks, boolean failFast) {
    this.world = world;
    this.node = node;
    this.key = key;
    this.tasks = tasks;
    this.failFast = failFast;
    this.sourceFails = world.chance(0.05);
    this.readPause =
        world.chance(0.2) ? world.between(0, 200 * MILLI) : world.between(0, 2 * MILLI);
    this.job =
        new SimJob(
            new JobSpec(key, key.id(), failFast, world.chance(0.5)),
            world.jobLimits,
            new SplittableRandom(world.between(0, Long.MAX_VALUE - 1)),
            world.agenda.now(),
            new Shell(),
            world.mutation != Mutation.NO_COMMIT_CHECK);
  }

  void start() {
    node.jobs.put(key.id(), this);
    job.connected(node.id, world.agenda.now());
    for (NodeId peer : node.connected) {
      job.connected(peer, world.agenda.now());
    }
    later(world.between(0, MILLI), this::feed);
    later(world.between(0, MILLI), this::fetch);
  }

  private void later(long delay, Runnable action) {
    world.agenda.at(
        world.agenda.now() + delay,
        node,
        () -> {
          if (node.jobs.get(key.id()) == this || !done) {
            action.run();
          }
        });
  }

  // ----------------------------------------------------------------- driving

  private void feed() {
    if (node.jobs.get(key.id()) != this) {
      return;
    }
    long now = world.agenda.now();
    if (handed == tasks.size() || (sourceFails && handed > tasks.size() / 2)) {
      sourceEnded = true;
      if (sourceFails) {
        cancelAllowed = true;
        job.endSource(
            FailureRecord.of(TaskFailure.Kind.INPUT, "sim", "source", node.id.name()), now);
      } else {
        job.endSource(null, now);
      }
      afterTurn();
      return;
    }
    int to = Math.min(tasks.size(), handed + (int) world.between(1, 40));
    boolean open = !job.snapshot(now).status().isTerminal();
    List<NewTask> batch = tasks.subList(handed, to).stream().map(SimTask::asNewTask).toList();
    handed = to;
    job.accept(batch, now);
    if (open) {
      accepted = to;
    } else {
      tasks.subList(to - batch.size(), to).forEach(task -> task.ended = true);
    }
    afterTurn();
    later(world.between(0, 20 * MILLI), this::feed);
  }

  private void fetch() {
    if (done) {
      return;
    }
    fetchedAt = world.agenda.now();
    long wanted = cursor.next();
    badLine(() -> fetched(wanted));
  }

  private void fetched(long wanted) {
    if (node.jobs.get(key.id()) == this) {
      job.fetch(wanted, world.agenda.now());
      afterTurn();
    }
  }

  /** The way between driver and supervisor, which loses, doubles and delays like any other. */
  private void badLine(Runnable message) {
    int copies =
        world.chance(world.network.loss) ? 0 : world.chance(world.network.doubling) ? 2 : 1;
    for (int i = 0; i < copies; i++) {
      world.agenda.at(world.agenda.now() + world.between(1, 5 * MILLI), node, message);
    }
  }

  void tick() {
    job.tick(world.agenda.now());
    if (world.agenda.now() - fetchedAt > 300 * MILLI && !done) {
      fetch();
    }
    afterTurn();
  }

  void hear(JobMessage message) {
    job.hear(message, world.agenda.now());
    afterTurn();
  }

  void connected(NodeId peer) {
    job.connected(peer, world.agenda.now());
    afterTurn();
  }

  void closed(NodeId peer, boolean ended) {
    job.closed(peer, ended, world.agenda.now());
    afterTurn();
  }

  void removed(NodeId peer, boolean left) {
    if (world.mutation != Mutation.NO_EXPIRY) {
      job.removed(peer, left, world.agenda.now());
      afterTurn();
    }
  }

  /** Cancels a task or everything. */
  void cancel(boolean all) {
    if (node.jobs.get(key.id()) != this) {
      return;
    }
    if (all) {
      cancelAllowed = true;
      job.cancelJob(world.agenda.now());
    } else {
      int index = (int) world.between(0, tasks.size());
      if (index < accepted) {
        tasks.get(index).cancelled = true;
        world.trace(() -> "driver cancels " + tasks.get(index));
        job.cancelTask(index, world.agenda.now());
      }
    }
    afterTurn();
  }

  private void afterTurn() {
    if (job.isFinished() && node.jobs.get(key.id()) == this) {
      node.jobs.remove(key.id());
      world.trace(() -> key.id() + " is forgotten");
    }
  }

  // ---------------------------------------------------------------- checking

  private void receive(OutcomeBatch batch) {
    if (done) {
      return;
    }
    for (int i = 0; i < batch.outcomes().size(); i++) {
      OutcomeRecord outcome = batch.outcomes().get(i);
      OutcomeRecord before = log.putIfAbsent(batch.from() + i, outcome);
      check(
          before == null || same(before, outcome), "commit " + (batch.from() + i) + " was changed");
    }
    long before = cursor.next();
    if (world.mutation == Mutation.NO_DEDUPLICATION) {
      OutcomeCursor fresh = new OutcomeCursor();
      while (fresh.next() < batch.from()) {
        fresh.accept(
            new OutcomeBatch(
                fresh.next(), List.of(log.get(fresh.next())), batch.snapshot(), false));
      }
      cursor = fresh;
    }
    for (OutcomeRecord outcome : cursor.accept(batch)) {
      if (world.mutation == Mutation.NONE) {
        check(same(log.get(position), outcome), "an outcome came out of order");
      }
      position++;
      take(outcome);
    }
    boolean whole = batch.from() + batch.outcomes().size() <= position;
    if (batch.last() && whole && before <= cursor.next()) {
      finish(batch.snapshot());
      badLine(() -> fetched(cursor.next()));
      later(MILLI, this::fetchOnce);
      return;
    }
    later(world.between(0, readPause + 1), this::fetch);
  }

  /** The last acknowledgement is repeated until the job is forgotten. */
  private void fetchOnce() {
    if (node.jobs.get(key.id()) == this) {
      badLine(() -> fetched(cursor.next()));
      later(300 * MILLI, this::fetchOnce);
    }
  }

  private static boolean same(@Nullable OutcomeRecord one, OutcomeRecord other) {
    return one != null
        && one.task() == other.task()
        && one.kind() == other.kind()
        && one.attempts() == other.attempts()
        && Arrays.equals(one.body(), other.body());
  }

  private void take(OutcomeRecord outcome) {
    int index = (int) outcome.task();
    check(index < accepted, "an outcome for a task that was not accepted: " + index);
    SimTask task = tasks.get(index);
    check(outcomes.put(outcome.task(), outcome) == null, task + " has two outcomes");
    task.ended = true;
    world.trace(() -> "outcome " + task + " " + outcome.kind());
    switch (outcome.kind()) {
      case SUCCEEDED -> {
        check(task.returned(outcome.body()), task + " has a result that none of its attempts made");
        check(task.nature != SimTask.Nature.POISON, task + " succeeded");
      }
      case FAILED -> failed(task, outcome);
      case TIMED_OUT -> {
        int failures = task.threw.size() + task.timedOut.size();
        check(!task.timedOut.isEmpty(), task + " timed out and never ran for so long");
        check(failures > task.terms.retries(), task + " timed out with retries left");
      }
      case CANCELLED ->
          check(
              task.cancelled || cancelAllowed || failFast,
              task + " was cancelled and nobody asked");
    }
  }

  private void failed(SimTask task, OutcomeRecord outcome) {
    if (task.threw(outcome.body())) {
      int failures = task.threw.size() + task.timedOut.size();
      check(
          failures > task.terms.retries() || task.nature == SimTask.Nature.THROWS_FOR_GOOD,
          task + " failed with retries left");
      return;
    }
    FailureRecord failure = Wire.decodeFailure(outcome.body());
    switch (failure.kind()) {
      case POISON ->
          check(task.crashed.size() >= 2, task + " is called poison after " + task.crashed);
      case LOST ->
          check(world.jobLimits.maxLost() < 100, task + " was given up: " + failure.message());
      default -> throw new IllegalStateException(task + " failed as " + failure);
    }
  }

  private void finish(JobSnapshot snapshot) {
    done = true;
    tasks.forEach(task -> task.ended = true);
    check(outcomes.size() == accepted, outcomes.size() + " outcomes of " + accepted + " tasks");
    check(snapshot.status().isTerminal(), "the last batch of a job that is " + snapshot.status());
    check(
        snapshot.accepted() == snapshot.succeeded() + snapshot.failed() + snapshot.cancelled(),
        "the numbers do not add up: " + snapshot);
    boolean anyFailed =
        outcomes.values().stream()
            .anyMatch(
                o ->
                    o.kind() == OutcomeRecord.Kind.FAILED
                        || o.kind() == OutcomeRecord.Kind.TIMED_OUT);
    if (snapshot.status() == JobStatus.SUCCEEDED) {
      check(!anyFailed && snapshot.sourceFailure() == null, "a job with failures succeeded");
    }
    if (snapshot.status() == JobStatus.FAILED) {
      check(anyFailed || snapshot.sourceFailure() != null, "a job without failures failed");
    }
    world.trace(() -> key.id() + " ends " + snapshot.status());
  }

  private void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException(key.id() + ": " + otherwise);
    }
  }

  /** Why the job is not done, for people. */
  String describe() {
    StringBuilder text = new StringBuilder(key.id());
    text.append(" accepted ").append(accepted).append(" read ").append(outcomes.size());
    text.append(sourceEnded ? "" : " source open")
        .append(' ')
        .append(job.snapshot(world.agenda.now()));
    for (int i = 0; i < accepted; i++) {
      if (!outcomes.containsKey((long) i)) {
        text.append("\n  ").append(tasks.get(i).nature).append(' ').append(job.describe(i));
      }
    }
    return text.toString();
  }

  private final class Shell implements SimJob.Shell {

    @Override
    public void send(NodeId to, PoolMessage message) {
      world.network.send(node, to, message);
    }

    @Override
    public void deliver(OutcomeBatch batch) {
      badLine(() -> receive(batch));
    }

    @Override
    public void warn(String text) {
      world.trace(() -> key.id() + " warns: " + text);
    }
  }

  @Nullable SimTask taskOrNull(long index) {
    return index < tasks.size() ? tasks.get((int) index) : null;
  }
}
