package dev.furrow.actors.job;

import dev.furrow.JobStatus;
import dev.furrow.TaskFailure;
import dev.furrow.actors.wire.Caution;
import dev.furrow.actors.wire.FailureRecord;
import dev.furrow.actors.wire.JobKey;
import dev.furrow.actors.wire.JobMessage;
import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.PoolId;
import dev.furrow.actors.wire.ReportKind;
import dev.furrow.actors.wire.WireCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a supervisor knows of its job, and every decision about it.
 *
 * <p>{@link #decide} turns commands into events and changes nothing; {@link #apply} changes the
 * state and says what is to be done. Invariants: every accepted task is in exactly one {@link
 * TaskEntry.Place}; it ends once; a pool never holds more leases than it asked for.
 *
 * <p>The commit rule: the first success of any lease issued in this epoch, for a task that has not
 * ended, is its result. Whatever comes later finds the task ended and changes nothing. This makes
 * it safe to run a task again on mere suspicion.
 */
class JobState {

  private static final int CRASHES_OF_POISON = 2;

  /** A pool of which nothing came back is not asked again for so long. */
  private static final long RECALL_PAUSE = 20_000_000;

  private static final byte[] NOTHING = {};

  private final JobSpec spec;
  private final JobKey key;
  private final JobLimits limits;
  private final RandomGenerator random;

  private final Paged<TaskEntry> tasks = new Paged<>();
  private final Paged<Lease> leases = new Paged<>();
  private final Fleet fleet;
  private final Lanes lanes;
  private final PriorityQueue<TaskEntry> delayed =
      new PriorityQueue<>((a, b) -> Long.compare(a.dueAt, b.dueAt));
  private final OutcomeLog outcomes = new OutcomeLog();
  private final JobTally tally;
  private final PoolMail mail;

  private long nextLease = 1;
  private boolean sourceOpen = true;
  private @Nullable FailureRecord sourceFailure;
  private JobStatus status = JobStatus.RUNNING;
  private boolean cancelling;
  private boolean fetching;

  /** The driver has all outcomes and knows that there are no more. */
  private boolean read;

  private long endedAt;
  private long warnedAt;
  private int releasedTasks;
  private long releasedBytes;

  JobState(JobSpec spec, JobLimits limits, RandomGenerator random, long now) {
    this.spec = spec;
    this.key = spec.key();
    this.limits = limits;
    this.random = random;
    this.fleet = new Fleet(key.id().hashCode());
    this.lanes = new Lanes(limits.ageing());
    this.tally = new JobTally(now);
    this.mail = new PoolMail(key, limits.batch());
    this.warnedAt = now;
  }

  // ---------------------------------------------------------------- decide

  /** What follows from commands. Reads the state and leaves it as it is. */
  List<JobEvent> decide(List<? extends JobCommand> commands, long now) {
    List<JobEvent> events = new ArrayList<>(commands.size());
    for (JobCommand command : commands) {
      decide(command, now, events);
    }
    return events;
  }

  private void decide(JobCommand command, long now, List<JobEvent> events) {
    if (command instanceof JobCommand.FromPool from) {
      decide(from.message(), now, events);
    } else if (command instanceof JobCommand.Dispatch) {
      dispatch(now, events);
    } else if (command instanceof JobCommand.Accept accept) {
      events.add(new JobEvent.Accepted(accept.tasks(), now));
    } else if (command instanceof JobCommand.Fetch fetch) {
      events.add(new JobEvent.Fetched(fetch.cursor(), now));
    } else if (command instanceof JobCommand.Tick) {
      events.add(new JobEvent.Ticked(now));
      suspectTheSilent(now, events);
      speculate(now, events);
    } else if (command instanceof JobCommand.EndSource end) {
      events.add(new JobEvent.SourceEnded(end.failure(), now));
    } else if (command instanceof JobCommand.CancelTask cancel) {
      events.add(new JobEvent.TaskCancelled(cancel.task(), now));
    } else if (command instanceof JobCommand.CancelJob) {
      events.add(new JobEvent.JobCancelled(now));
    } else if (command instanceof JobCommand.NodeConnected up) {
      events.add(new JobEvent.NodeConnected(up.node(), now));
    } else if (command instanceof JobCommand.NodeClosed down) {
      events.add(new JobEvent.NodeSuspected(down.node(), true, down.ended(), now));
    } else if (command instanceof JobCommand.NodeRemoved gone) {
      events.add(new JobEvent.NodeGone(gone.node(), gone.left(), now));
    }
  }

  private void decide(JobMessage message, long now, List<JobEvent> events) {
    if (!message.job().equals(key)) {
      return;
    }
    if (message instanceof JobMessage.Reports reports) {
      // Taken from any life of any pool: a success counts whoever brings it.
      double[] jitter = new double[reports.lease().length];
      for (int i = 0; i < jitter.length; i++) {
        jitter[i] = reports.kind()[i] == ReportKind.SUCCEEDED.ordinal() ? 0 : random.nextDouble();
      }
      events.add(new JobEvent.Reported(reports, jitter, now));
    } else if (message instanceof JobMessage.Demand demand) {
      events.add(new JobEvent.Demanded(demand, now));
    } else if (message instanceof JobMessage.Started started) {
      events.add(new JobEvent.Started(started, now));
    } else if (message instanceof JobMessage.Returned returned) {
      events.add(new JobEvent.Returned(returned, now));
    } else if (message instanceof JobMessage.Holding holding) {
      events.add(new JobEvent.Held(holding, now));
    }
  }

  private void suspectTheSilent(long now, List<JobEvent> events) {
    for (PoolView pool : fleet.all()) {
      if (!pool.suspect && pool.held() > 0 && now - pool.heardAt > limits.silence()) {
        events.add(new JobEvent.NodeSuspected(pool.node, false, false, now));
      }
    }
  }

  /** Gives slow tasks a second attempt while slots have nothing else to do. */
  private void speculate(long now, List<JobEvent> events) {
    if (spec.speculate() && lanes.size() == 0 && !cancelling && leases.size() > 0) {
      events.addAll(
          new Stragglers(limits, tally.durations).speculate(tasks, fleet.hungry(), nextLease, now));
    }
  }

  /** Grants waiting tasks; with none left, calls back what waits behind others. */
  private void dispatch(long now, List<JobEvent> events) {
    if (cancelling) {
      return;
    }
    if (lanes.size() == 0) {
      recall(now, events);
    } else if (!isUnreadTooMuch() && (lanes.hasGrown() || !fleet.stirred().isEmpty())) {
      Granting granting =
          new Granting(lanes, lanes.size() + leases.size(), fleet.slots(), limits.batch());
      events.addAll(
          granting.grant(lanes.hasGrown() ? fleet.hungry() : fleet.stirred(), nextLease, now));
      events.add(new JobEvent.Settled(now));
    }
  }

  /** Whether what more leases will bring could not be kept. */
  private boolean isUnreadTooMuch() {
    return outcomes.size() >= limits.window()
        || (outcomes.size() > 0 && outcomes.bytes() >= limits.windowBytes());
  }

  private void recall(long now, List<JobEvent> events) {
    int idle = fleet.idle();
    if (idle == 0) {
      return;
    }
    PoolView fullest = fleet.fullest(now, RECALL_PAUSE, limits.resend());
    if (fullest != null) {
      int spare = Math.max(0, fullest.held() - fullest.slots);
      int most = Math.min(fullest.unstarted(), Math.max(idle, (spare + 1) / 2));
      events.add(new JobEvent.Recalled(fullest.id(), most, now));
    }
  }

  // ----------------------------------------------------------------- apply

  /** Makes events true and says what is to be done. */
  List<JobEffect> apply(List<JobEvent> events) {
    if (events.isEmpty()) {
      return List.of();
    }
    List<JobEffect> effects = new ArrayList<>();
    long at = Long.MIN_VALUE;
    for (JobEvent event : events) {
      at = Math.max(at, event.at());
      if (endedAt == 0) {
        tally.pass(event.at(), fleet.slots(), fleet.occupied());
      }
      apply(event, effects);
    }
    announce(at);
    mail.drainTo(effects);
    if (releasedTasks > 0) {
      effects.add(new JobEffect.Release(releasedTasks, releasedBytes));
      releasedTasks = 0;
      releasedBytes = 0;
    }
    if (fetching && (outcomes.size() > 0 || endedAt != 0)) {
      fetching = false;
      effects.add(new JobEffect.Deliver(batch(at)));
    }
    return effects;
  }

  private void apply(JobEvent event, List<JobEffect> effects) {
    if (event instanceof JobEvent.Reported reported) {
      report(reported);
    } else if (event instanceof JobEvent.Granted granted) {
      issue(granted);
    } else if (event instanceof JobEvent.Settled) {
      lanes.setGrown(false);
      fleet.settled();
    } else if (event instanceof JobEvent.Accepted accepted) {
      accept(accepted);
    } else if (event instanceof JobEvent.Fetched fetched) {
      outcomes.acknowledge(fetched.cursor());
      read |= endedAt != 0 && fetched.cursor() > outcomes.end();
      fetching = !read;
    } else if (event instanceof JobEvent.Demanded demanded) {
      demand(demanded.demand(), demanded.at());
    } else if (event instanceof JobEvent.Started started) {
      start(started);
    } else if (event instanceof JobEvent.Returned returned) {
      returned(returned);
    } else if (event instanceof JobEvent.Held held) {
      reconcile(held.holding(), held.at());
    } else if (event instanceof JobEvent.Ticked ticked) {
      tick(ticked.at(), effects);
    } else {
      applyRare(event);
    }
  }

  private void applyRare(JobEvent event) {
    if (event instanceof JobEvent.NodeConnected up) {
      connect(fleet.meet(up.node()), up.at());
    } else if (event instanceof JobEvent.NodeSuspected down) {
      PoolView pool = fleet.get(down.node());
      if (pool != null) {
        pool.connected &= !down.closed();
        suspect(pool, down.ended(), down.at());
      }
    } else if (event instanceof JobEvent.NodeGone gone) {
      PoolView pool = fleet.get(gone.node());
      if (pool != null) {
        lose(pool, gone.left(), gone.at());
        fleet.forget(pool);
      }
    } else if (event instanceof JobEvent.Speculated speculated) {
      speculate(speculated);
    } else if (event instanceof JobEvent.Recalled recalled) {
      recall(recalled);
    } else if (event instanceof JobEvent.SourceEnded ended) {
      endSource(ended);
    } else if (event instanceof JobEvent.TaskCancelled cancelled) {
      TaskEntry task = tasks.get(cancelled.task());
      if (task != null) {
        end(task, OutcomeRecord.Kind.CANCELLED, NOTHING, cancelled.at());
      }
    } else if (event instanceof JobEvent.JobCancelled && !status.isTerminal()) {
      sourceOpen = false;
      cancelAll(event.at());
      status = JobStatus.CANCELLED;
      finishIfDone(event.at());
    }
  }

  private void endSource(JobEvent.SourceEnded ended) {
    sourceOpen = false;
    sourceFailure = ended.failure();
    if (ended.failure() != null) {
      cancelAll(ended.at());
    }
    finishIfDone(ended.at());
  }

  private void accept(JobEvent.Accepted accepted) {
    for (NewTask task : accepted.tasks()) {
      if (endedAt != 0) {
        releasedTasks++;
        releasedBytes += task.payload().length;
        continue;
      }
      TaskEntry entry = new TaskEntry(tally.accepted++, task, accepted.at());
      tasks.put(entry.index, entry);
      lanes.add(entry);
    }
  }

  // ------------------------------------------------------ leases and pools

  private void demand(JobMessage.Demand demand, long at) {
    PoolView pool = hear(demand.pool(), at);
    if (pool == null || demand.sequence() <= pool.sequence) {
      return;
    }
    pool.sequence = demand.sequence();
    pool.most = demand.most();
    pool.slots = demand.slots();
    pool.resources = demand.resources();
    pool.leaving = demand.leaving();
    fleet.changed(pool);
    tally.slots = Math.max(tally.slots, fleet.slots());
  }

  private void connect(PoolView pool, long at) {
    pool.connected = true;
    pool.heardAt = at;
    fleet.again(pool);
    fleet.changed(pool);
  }

  /** Notes that a pool lives. Null if its node is not known or it is an earlier life. */
  private @Nullable PoolView hear(PoolId id, long at) {
    PoolView pool = fleet.get(id.node());
    if (pool == null || id.incarnation() < pool.incarnation) {
      return null;
    }
    if (id.incarnation() > pool.incarnation) {
      if (pool.incarnation > 0) {
        lose(pool, false, at);
      }
      pool.incarnation = id.incarnation();
      pool.sequence = -1;
      pool.holding = -1;
      fleet.changed(pool);
    }
    pool.heardAt = at;
    if (pool.suspect && pool.connected) {
      revive(pool);
    }
    return pool;
  }

  /** A suspect pool speaks: what it holds is live again, unless it went to another meanwhile. */
  private void revive(PoolView pool) {
    pool.suspect = false;
    pool.ended = false;
    for (Lease lease : pool.leases()) {
      if (lease.task.place != TaskEntry.Place.ENDED) {
        takeOut(lease.task);
        lease.task.place = TaskEntry.Place.LEASED;
      }
    }
    fleet.changed(pool);
  }

  private void suspect(PoolView pool, boolean ended, long at) {
    pool.ended |= ended;
    if (ended) {
      for (Lease lease : pool.leases()) {
        lease.task.watched |= !lease.started;
      }
    }
    if (!pool.suspect) {
      pool.suspect = true;
      pool.leases().forEach(this::countLost);
    }
    fleet.changed(pool);
    for (Lease lease : pool.leases()) {
      settle(lease.task, at);
    }
  }

  /** A life of a pool is over: so are its leases. */
  private void lose(PoolView pool, boolean left, long at) {
    pool.suspect = true;
    List<Lease> lost = pool.leases();
    for (Lease lease : lost) {
      if (lease.started && pool.ended && !left) {
        lease.task.convict(pool.node);
      }
      countLost(lease);
      drop(lease);
    }
    for (Lease lease : lost) {
      settle(lease.task, at);
    }
    pool.suspect = false;
    pool.ended = false;
    pool.most = 0;
    pool.recalled = false;
    fleet.changed(pool);
  }

  private void countLost(Lease lease) {
    if (!lease.replaced && lease.task.place != TaskEntry.Place.ENDED) {
      lease.replaced = true;
      lease.task.lost++;
      tally.row(lease.pool.node).lost++;
    }
  }

  private void drop(Lease lease) {
    if (leases.remove(lease.number) != null) {
      lease.pool.remove(lease);
      lease.task.remove(lease);
    }
  }

  private void issue(JobEvent.Granted granted) {
    nextLease = granted.firstLease() + granted.tasks().length;
    PoolView pool = fleet.get(granted.pool().node());
    if (pool == null || !pool.id().equals(granted.pool())) {
      return;
    }
    JobTally.Row row = tally.row(pool.node);
    row.slots = Math.max(row.slots, pool.slots);
    long number = granted.firstLease();
    for (long index : granted.tasks()) {
      TaskEntry task = tasks.get(index);
      if (task != null && task.place == TaskEntry.Place.QUEUED) {
        lanes.remove(task);
        task.place = TaskEntry.Place.LEASED;
        lease(task, pool, number, granted.at());
      }
      number++;
    }
    fleet.changed(pool);
  }

  private void speculate(JobEvent.Speculated speculated) {
    nextLease = speculated.firstLease() + speculated.tasks().length;
    PoolView pool = fleet.get(speculated.pool().node());
    if (pool == null || !pool.id().equals(speculated.pool())) {
      return;
    }
    long number = speculated.firstLease();
    for (long index : speculated.tasks()) {
      TaskEntry task = tasks.get(index);
      if (task != null && task.place == TaskEntry.Place.LEASED) {
        tally.speculated++;
        lease(task, pool, number, speculated.at());
      }
      number++;
    }
    fleet.changed(pool);
  }

  private void lease(TaskEntry task, PoolView pool, long number, long at) {
    task.attempts++;
    Lease lease = new Lease(number, task, pool, at);
    leases.put(number, lease);
    task.add(lease);
    pool.add(lease);
    mail.lease(lease);
  }

  private void recall(JobEvent.Recalled recalled) {
    PoolView pool = fleet.get(recalled.pool().node());
    if (pool != null && pool.id().equals(recalled.pool())) {
      pool.recalled = true;
      pool.recalledAt = recalled.at();
      mail.recall(pool, recalled.most());
    }
  }

  private void start(JobEvent.Started event) {
    PoolView pool = hear(event.started().pool(), event.at());
    for (long number : event.started().leases()) {
      if (pool != null) {
        noteStart(pool, number);
      }
    }
    if (pool != null) {
      fleet.changed(pool);
    }
  }

  /** Notes that an attempt is about to start, and lets a cautious one go on. */
  private void noteStart(PoolView pool, long number) {
    Lease lease = leases.get(number);
    if (lease == null || lease.pool != pool || lease.task.place == TaskEntry.Place.ENDED) {
      mail.cancel(pool, number);
      return;
    }
    pool.start(lease);
    if (lease.caution != Caution.NONE) {
      mail.go(pool, number);
    }
  }

  private void returned(JobEvent.Returned event) {
    PoolView pool = hear(event.returned().pool(), event.at());
    if (pool == null) {
      return;
    }
    pool.recalled = false;
    for (long number : event.returned().leases()) {
      Lease lease = leases.get(number);
      if (lease != null && lease.pool == pool) {
        drop(lease);
        settle(lease.task, event.at());
      }
    }
    fleet.changed(pool);
  }

  /** Settles what the pool says it holds against what it was leased. */
  private void reconcile(JobMessage.Holding holding, long at) {
    PoolView pool = hear(holding.pool(), at);
    if (pool == null) {
      return;
    }
    mail.holdingReceived(pool, holding.sequence());
    if (holding.sequence() <= pool.holding) {
      return;
    }
    pool.holding = holding.sequence();
    for (long number : holding.held()) {
      Lease lease = leases.get(number);
      if (lease == null || lease.task.place == TaskEntry.Place.ENDED) {
        mail.cancel(pool, number);
      } else {
        lease.heldIn = holding.sequence();
      }
    }
    for (long number : holding.started()) {
      Lease lease = leases.get(number);
      if (lease != null && lease.pool == pool) {
        pool.start(lease);
      }
    }
    for (long number : holding.waiting()) {
      noteStart(pool, number);
    }
    for (Lease lease : pool.leases()) {
      dropIfMissing(lease, holding.sequence(), at);
    }
    fleet.changed(pool);
  }

  /** What a pool has twice not named, although it must have heard of it, it does not have. */
  private void dropIfMissing(Lease lease, long holding, long at) {
    boolean missing = lease.heldIn != holding && at - lease.issuedAt > limits.resend();
    if (missing && lease.missed) {
      countLost(lease);
      drop(lease);
      settle(lease.task, at);
    }
    lease.missed = missing;
  }

  // ------------------------------------------------------- how tasks end

  private void report(JobEvent.Reported event) {
    JobMessage.Reports reports = event.reports();
    PoolView pool = hear(reports.pool(), event.at());
    mail.reportsReceived(reports.pool(), reports.sequence(), reports.bodyBytes());
    tally.codecNanos += reports.codecNanos();
    JobTally.Row row = tally.row(reports.pool().node());
    for (int i = 0; i < reports.lease().length; i++) {
      Lease lease = leases.get(reports.lease()[i]);
      if (lease != null && lease.pool == pool) {
        drop(lease);
      }
      TaskEntry task = task(reports.task()[i]);
      if (task == null || reports.lease()[i] >= nextLease) {
        continue;
      }
      tally.runNanos += reports.runNanos()[i];
      if (reports.kind()[i] == ReportKind.SUCCEEDED.ordinal()) {
        tally.durations.add(reports.runNanos()[i]);
        row.tasks++;
        row.workNanos += reports.runNanos()[i];
        end(task, OutcomeRecord.Kind.SUCCEEDED, reports.body().get(i), event.at());
      } else if (lease != null) {
        fail(task, reports, i, event);
      }
    }
    if (pool != null) {
      fleet.changed(pool);
    }
  }

  private void fail(TaskEntry task, JobMessage.Reports reports, int i, JobEvent.Reported event) {
    int kind = reports.kind()[i];
    task.failures++;
    task.failure =
        new TaskEntry.Failure(
            kind == ReportKind.TIMED_OUT.ordinal()
                ? OutcomeRecord.Kind.TIMED_OUT
                : OutcomeRecord.Kind.FAILED,
            reports.body().get(i),
            kind != ReportKind.FAILED_FOR_GOOD.ordinal(),
            event.jitter()[i]);
    settle(task, event.at());
  }

  /** Decides where a task goes that may have lost its last live lease. */
  private void settle(TaskEntry task, long at) {
    if (task.place == TaskEntry.Place.ENDED || task.hasLiveLease()) {
      return;
    }
    TaskEntry.Failure failure = task.failure;
    if (failure != null) {
      afterFailure(task, failure, at);
    } else if (task.place == TaskEntry.Place.DELAYED) {
      return;
    } else if (task.killed().size() >= CRASHES_OF_POISON) {
      failWith(task, TaskFailure.Kind.POISON, LossTexts.poison(task), at);
    } else if (task.lost > limits.maxLost()) {
      failWith(task, TaskFailure.Kind.LOST, LossTexts.lost(task, limits.maxLost()), at);
    } else if (task.suspects() >= CRASHES_OF_POISON) {
      takeOut(task);
      task.place = TaskEntry.Place.HELD;
    } else if (task.place != TaskEntry.Place.QUEUED) {
      lanes.addFirst(task);
    }
  }

  private void afterFailure(TaskEntry task, TaskEntry.Failure failure, long at) {
    TaskTerms terms = task.task.terms();
    if (failure.retryable() && task.failures <= terms.retries()) {
      takeOut(task);
      double wait = terms.backoffNanos() * Math.pow(2, Math.min(40, task.failures - 1));
      task.dueAt = at + (long) (failure.jitter() * Math.min(wait, (double) limits.backoffCap()));
      task.failure = null;
      task.place = TaskEntry.Place.DELAYED;
      tally.retried++;
      delayed.add(task);
    } else if (!task.hasLease()) {
      end(task, failure.kind(), failure.body(), at);
    } else {
      // A suspect pool may still succeed; no further attempt is allowed.
      takeOut(task);
      task.place = TaskEntry.Place.LEASED;
    }
  }

  /** Takes a task out of where it waits; the caller says where it is instead. */
  private void takeOut(TaskEntry task) {
    if (task.place == TaskEntry.Place.QUEUED) {
      lanes.remove(task);
    } else if (task.place == TaskEntry.Place.DELAYED) {
      delayed.remove(task);
    }
  }

  private void failWith(TaskEntry task, TaskFailure.Kind kind, String text, long at) {
    String node = task.killed().stream().map(NodeId::name).reduce((first, last) -> last).orElse("");
    FailureRecord failure = FailureRecord.of(kind, kind.name(), text, node);
    end(task, OutcomeRecord.Kind.FAILED, WireCodec.encodeFailure(failure), at);
  }

  /** Commits a task's one outcome. */
  private void end(TaskEntry task, OutcomeRecord.Kind kind, byte[] body, long at) {
    if (!closes(task)) {
      return;
    }
    takeOut(task);
    task.place = TaskEntry.Place.ENDED;
    for (Lease sibling : task.leases()) {
      mail.cancel(sibling.pool, sibling.number);
    }
    long limit = task.task.terms().lease().timeoutMillis();
    outcomes.add(new OutcomeRecord(task.index, task.task.type(), kind, body, task.attempts, limit));
    releasedTasks++;
    releasedBytes += task.task.payload().length;
    switch (kind) {
      case SUCCEEDED -> tally.succeeded++;
      case CANCELLED -> tally.cancelled++;
      case FAILED, TIMED_OUT -> {
        tally.failed++;
        if (spec.failFast()) {
          sourceOpen = false;
          cancelAll(at);
        }
      }
    }
    finishIfDone(at);
  }

  /** Whether this is the one outcome of a task: the commit check. */
  boolean closes(TaskEntry task) {
    return tasks.remove(task.index) != null;
  }

  private void cancelAll(long at) {
    if (cancelling) {
      return;
    }
    cancelling = true;
    for (TaskEntry task : tasks.values()) {
      end(task, OutcomeRecord.Kind.CANCELLED, NOTHING, at);
    }
  }

  private void finishIfDone(long at) {
    if (sourceOpen || tasks.size() > 0 || endedAt != 0) {
      return;
    }
    endedAt = at;
    if (status != JobStatus.CANCELLED) {
      boolean failed = tally.failed > 0 || sourceFailure != null;
      JobStatus well = tally.cancelled > 0 ? JobStatus.CANCELLED : JobStatus.SUCCEEDED;
      status = failed ? JobStatus.FAILED : well;
    }
    for (PoolView pool : fleet.all()) {
      if (pool.incarnation > 0) {
        mail.gone(pool);
      }
    }
  }

  // ------------------------------------------------------------------ time

  private void tick(long at, List<JobEffect> effects) {
    mail.acknowledge();
    while (!delayed.isEmpty() && delayed.peek().dueAt <= at) {
      TaskEntry due = delayed.poll();
      lanes.add(due);
      settle(due, at);
    }
    if (at - warnedAt > 10 * limits.resend()) {
      warnedAt = at;
      waitingForLong().ifPresent(text -> effects.add(new JobEffect.Warn(text)));
    }
  }

  private Optional<String> waitingForLong() {
    return new WhyWaiting(fleet.all()).explain(lanes);
  }

  /**
   * Tells pools that there is work, until they ask for it. A suspect pool that holds leases is told
   * even if there is no work, so that it says whether it still holds them.
   */
  private void announce(long at) {
    if (lanes.size() > 0) {
      for (PoolView pool : fleet.herald(lanes.size(), at, limits.resend())) {
        mail.announce(pool);
      }
    } else {
      for (PoolView pool : fleet.suspects()) {
        if (pool.held() > 0 && tasks.size() > 0 && at - pool.announcedAt > limits.resend()) {
          pool.announcedAt = at;
          mail.announce(pool);
        }
      }
    }
  }

  private OutcomeBatch batch(long at) {
    List<OutcomeRecord> head = outcomes.head();
    boolean last = endedAt != 0 && head.size() == outcomes.size();
    return new OutcomeBatch(outcomes.first(), head, snapshot(at, last), last);
  }

  /** The job as numbers. */
  JobSnapshot snapshot(long at) {
    return snapshot(at, true);
  }

  private JobSnapshot snapshot(long at, boolean exact) {
    tally.renew(at, exact);
    int leased = tasks.size() - lanes.size() - delayed.size();
    int running = Math.min(leased, fleet.running());
    return tally.snapshot(status, sourceOpen, running, endedAt == 0 ? at : endedAt, sourceFailure);
  }

  /** Whether the job has ended and the driver has said that it knows. */
  boolean isFinished() {
    return read;
  }

  /** When the first of the tasks that are to be tried again is due; the far future if none is. */
  long dueAt() {
    TaskEntry first = delayed.peek();
    return first == null ? Long.MAX_VALUE : first.dueAt;
  }

  /** Whether a grant may be possible. */
  boolean hasWaiting() {
    return lanes.size() > 0 || fleet.idle() > 0;
  }

  /** A task that has not ended. */
  @Nullable TaskEntry task(long index) {
    return tasks.get(index);
  }

  /** What is known of a node's pool. */
  @Nullable PoolView pool(NodeId node) {
    return fleet.get(node);
  }

  /** Checks what must always hold; for tests. */
  void check() {
    Map<TaskEntry.Place, Integer> places = new HashMap<>();
    tasks.forEach(task -> places.merge(task.place, 1, Integer::sum));
    require(places.getOrDefault(TaskEntry.Place.ENDED, 0) == 0, "an ended task is kept");
    require(places.getOrDefault(TaskEntry.Place.QUEUED, 0) == lanes.size(), "lanes are off");
    require(places.getOrDefault(TaskEntry.Place.DELAYED, 0) == delayed.size(), "delays are off");
    require(tally.accepted == tally.ended() + tasks.size(), "tasks are not conserved");
    require(outcomes.end() == tally.ended(), "outcomes are not conserved");
    int held = 0;
    for (PoolView pool : fleet.all()) {
      for (Lease lease : pool.leases()) {
        require(leases.get(lease.number) == lease, "a lease is with a pool alone");
        held++;
      }
    }
    require(leases.size() == held, "a lease is with no pool");
    fleet.check();
    tasks.forEach(
        task ->
            require(
                task.place != TaskEntry.Place.LEASED || task.hasLease(),
                "task " + task.index + " is leased to nobody"));
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException(otherwise);
    }
  }
}
