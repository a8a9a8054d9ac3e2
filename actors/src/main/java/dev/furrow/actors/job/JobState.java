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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
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
  private static final byte[] NOTHING = {};

  private final JobSpec spec;
  private final JobKey key;
  private final JobLimits limits;
  private final RandomGenerator random;

  private final Map<Long, TaskEntry> tasks = new HashMap<>();
  private final Map<Long, Lease> leases = new HashMap<>();
  private final Map<NodeId, PoolView> pools = new LinkedHashMap<>();
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
      grant(now, events);
    } else if (command instanceof JobCommand.Accept accept) {
      events.add(new JobEvent.Accepted(accept.tasks(), now));
    } else if (command instanceof JobCommand.Fetch fetch) {
      events.add(new JobEvent.Fetched(fetch.cursor(), now));
    } else if (command instanceof JobCommand.Tick) {
      events.add(new JobEvent.Ticked(now));
      for (PoolView pool : pools.values()) {
        if (!pool.suspect && !pool.leases.isEmpty() && now - pool.heardAt > limits.silence()) {
          events.add(new JobEvent.NodeSuspected(pool.node, false, false, now));
        }
      }
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
      return;
    }
    PoolView pool = pools.get(message.pool().node());
    if (pool == null || message.pool().incarnation() < pool.incarnation) {
      return;
    }
    if (message instanceof JobMessage.Demand demand) {
      events.add(new JobEvent.Demanded(demand, now));
    } else if (message instanceof JobMessage.Started started) {
      events.add(new JobEvent.Started(started, now));
    } else if (message instanceof JobMessage.Returned returned) {
      events.add(new JobEvent.Returned(returned, now));
    } else if (message instanceof JobMessage.Holding holding) {
      events.add(new JobEvent.Held(holding, now));
    }
  }

  /** Grants waiting tasks, unless what they will bring could not be kept. */
  private void grant(long now, List<JobEvent> events) {
    if (lanes.size() == 0
        || cancelling
        || outcomes.size() >= limits.window()
        || (outcomes.size() > 0 && outcomes.bytes() >= limits.windowBytes())) {
      return;
    }
    events.addAll(new Granting(lanes, pools.values(), limits.batch()).grant(nextLease, now));
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
      at = Math.max(at, apply(event, effects));
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

  private long apply(JobEvent event, List<JobEffect> effects) {
    if (event instanceof JobEvent.Reported reported) {
      report(reported);
      return reported.at();
    }
    if (event instanceof JobEvent.Granted granted) {
      issue(granted);
      return granted.at();
    }
    if (event instanceof JobEvent.Accepted accepted) {
      accept(accepted);
      return accepted.at();
    }
    if (event instanceof JobEvent.Fetched fetched) {
      outcomes.acknowledge(fetched.cursor());
      read |= endedAt != 0 && fetched.cursor() > outcomes.end();
      fetching = !read;
      return fetched.at();
    }
    if (event instanceof JobEvent.Demanded demanded) {
      demand(demanded.demand(), demanded.at());
      return demanded.at();
    }
    if (event instanceof JobEvent.Started started) {
      start(started);
      return started.at();
    }
    if (event instanceof JobEvent.Returned returned) {
      returned(returned);
      return returned.at();
    }
    if (event instanceof JobEvent.Held held) {
      reconcile(held.holding(), held.at());
      return held.at();
    }
    if (event instanceof JobEvent.Ticked ticked) {
      tick(ticked.at(), effects);
      return ticked.at();
    }
    return applyRare(event);
  }

  private long applyRare(JobEvent event) {
    if (event instanceof JobEvent.NodeConnected up) {
      PoolView pool = pools.computeIfAbsent(up.node(), PoolView::new);
      pool.connected = true;
      pool.heardAt = up.at();
      pool.announcedAt = Long.MIN_VALUE / 2;
      return up.at();
    }
    if (event instanceof JobEvent.NodeSuspected down) {
      PoolView pool = pools.get(down.node());
      if (pool != null) {
        pool.connected &= !down.closed();
        suspect(pool, down.ended(), down.at());
      }
      return down.at();
    }
    if (event instanceof JobEvent.NodeGone gone) {
      PoolView pool = pools.remove(gone.node());
      if (pool != null) {
        lose(pool, gone.left(), gone.at());
      }
      return gone.at();
    }
    if (event instanceof JobEvent.SourceEnded ended) {
      sourceOpen = false;
      sourceFailure = ended.failure();
      if (ended.failure() != null) {
        cancelAll(ended.at());
      }
      finishIfDone(ended.at());
      return ended.at();
    }
    if (event instanceof JobEvent.TaskCancelled cancelled) {
      TaskEntry task = tasks.get(cancelled.task());
      if (task != null) {
        end(task, OutcomeRecord.Kind.CANCELLED, NOTHING, cancelled.at());
      }
      return cancelled.at();
    }
    JobEvent.JobCancelled cancelled = (JobEvent.JobCancelled) event;
    if (!status.isTerminal()) {
      sourceOpen = false;
      cancelAll(cancelled.at());
      status = JobStatus.CANCELLED;
      finishIfDone(cancelled.at());
    }
    return cancelled.at();
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
      if (cancelling) {
        end(entry, OutcomeRecord.Kind.CANCELLED, NOTHING, accepted.at());
      }
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
    if (demand.most() > 0) {
      pool.announcedAt = Long.MIN_VALUE / 2;
    }
    int offered = 0;
    for (PoolView other : pools.values()) {
      offered += other.most > 0 && !other.suspect ? other.slots : 0;
    }
    tally.slots = Math.max(tally.slots, offered);
  }

  /** Notes that a pool lives. Null if its node is not known or it is an earlier life. */
  private @Nullable PoolView hear(PoolId id, long at) {
    PoolView pool = pools.get(id.node());
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
    for (Lease lease : pool.leases.values()) {
      if (lease.task.place != TaskEntry.Place.ENDED) {
        takeOut(lease.task);
        lease.task.place = TaskEntry.Place.LEASED;
      }
    }
  }

  private void suspect(PoolView pool, boolean ended, long at) {
    pool.ended |= ended;
    if (ended) {
      for (Lease lease : pool.leases.values()) {
        lease.task.watched |= !lease.started;
      }
    }
    if (!pool.suspect) {
      pool.suspect = true;
      pool.leases.values().forEach(this::countLost);
    }
    for (Lease lease : List.copyOf(pool.leases.values())) {
      settle(lease.task, at);
    }
  }

  /** A life of a pool is over: so are its leases. */
  private void lose(PoolView pool, boolean left, long at) {
    pool.suspect = true;
    List<Lease> lost = List.copyOf(pool.leases.values());
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
  }

  private void countLost(Lease lease) {
    if (!lease.replaced && lease.task.place != TaskEntry.Place.ENDED) {
      lease.replaced = true;
      lease.task.lost++;
      tally.row(lease.pool.node).lost++;
    }
  }

  private void drop(Lease lease) {
    leases.remove(lease.number);
    lease.pool.remove(lease);
    lease.task.leases.remove(lease);
  }

  private void issue(JobEvent.Granted granted) {
    PoolView pool = pools.get(granted.pool().node());
    nextLease = granted.firstLease() + granted.tasks().length;
    if (pool == null || !pool.id().equals(granted.pool())) {
      return;
    }
    tally.row(pool.node).slots = Math.max(tally.row(pool.node).slots, pool.slots);
    long number = granted.firstLease();
    for (long index : granted.tasks()) {
      TaskEntry task = tasks.get(index);
      if (task != null && task.place == TaskEntry.Place.QUEUED) {
        lanes.remove(task);
        task.place = TaskEntry.Place.LEASED;
        task.attempts++;
        Lease lease = new Lease(number, task, pool, granted.at());
        leases.put(number, lease);
        task.leases.add(lease);
        pool.add(lease);
        mail.lease(lease);
      }
      number++;
    }
  }

  private void start(JobEvent.Started event) {
    PoolView pool = hear(event.started().pool(), event.at());
    for (long number : event.started().leases()) {
      if (pool != null) {
        noteStart(pool, number);
      }
    }
  }

  /** Notes that an attempt is about to start, and lets a cautious one go on. */
  private void noteStart(PoolView pool, long number) {
    Lease lease = leases.get(number);
    if (lease == null || lease.pool != pool || lease.task.place == TaskEntry.Place.ENDED) {
      mail.cancel(pool, number);
      return;
    }
    lease.started = true;
    if (lease.caution != Caution.NONE) {
      mail.go(pool, number);
    }
  }

  private void returned(JobEvent.Returned event) {
    if (hear(event.returned().pool(), event.at()) == null) {
      return;
    }
    for (long number : event.returned().leases()) {
      Lease lease = leases.get(number);
      if (lease != null && lease.pool.id().equals(event.returned().pool())) {
        drop(lease);
        settle(lease.task, event.at());
      }
    }
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
    Set<Long> held = new HashSet<>();
    for (long number : holding.held()) {
      held.add(number);
      Lease lease = leases.get(number);
      if (lease == null || lease.task.place == TaskEntry.Place.ENDED) {
        mail.cancel(pool, number);
      }
    }
    for (long number : holding.started()) {
      Lease lease = leases.get(number);
      if (lease != null) {
        lease.started = true;
      }
    }
    for (long number : holding.waiting()) {
      noteStart(pool, number);
    }
    for (Lease lease : List.copyOf(pool.leases.values())) {
      boolean missing = !held.contains(lease.number) && at - lease.issuedAt > limits.resend();
      if (missing && lease.missed) {
        countLost(lease);
        drop(lease);
        settle(lease.task, at);
      }
      lease.missed = missing;
    }
  }

  // ------------------------------------------------------- how tasks end

  private void report(JobEvent.Reported event) {
    JobMessage.Reports reports = event.reports();
    PoolView pool = hear(reports.pool(), event.at());
    mail.reportsReceived(reports.pool(), reports.sequence());
    for (int i = 0; i < reports.lease().length; i++) {
      Lease lease = leases.get(reports.lease()[i]);
      if (lease != null && lease.pool == pool) {
        drop(lease);
      }
      TaskEntry task = task(reports.task()[i]);
      if (task == null || reports.lease()[i] >= nextLease) {
        continue;
      }
      if (reports.kind()[i] == ReportKind.SUCCEEDED.ordinal()) {
        JobTally.Row row = tally.row(reports.pool().node());
        row.tasks++;
        row.workNanos += reports.runNanos()[i];
        end(task, OutcomeRecord.Kind.SUCCEEDED, reports.body().get(i), event.at());
      } else if (lease != null) {
        fail(task, reports, i, event);
      }
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
      failWith(task, TaskFailure.Kind.POISON, poisonText(task), at);
    } else if (task.lost > limits.maxLost()) {
      failWith(task, TaskFailure.Kind.LOST, lostText(task), at);
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
    } else if (task.leases.isEmpty()) {
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

  private String lostText(TaskEntry task) {
    return "task "
        + task.index
        + " ("
        + task.task.type()
        + ") was lost with its node "
        + task.lost
        + " times, more than furrow.jobs.max-lost = "
        + limits.maxLost()
        + " allows";
  }

  private static String poisonText(TaskEntry task) {
    List<String> nodes = task.killed().stream().map(NodeId::name).sorted().toList();
    return "task "
        + task.index
        + " ("
        + task.task.type()
        + ") was running on "
        + String.join(" and ", nodes)
        + " when they ended: it is not tried again. Look there for System.exit, native crashes and"
        + " exhausted memory";
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
    for (Lease sibling : task.leases) {
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
    for (TaskEntry task : List.copyOf(tasks.values())) {
      end(task, OutcomeRecord.Kind.CANCELLED, NOTHING, at);
    }
  }

  private void finishIfDone(long at) {
    if (sourceOpen || !tasks.isEmpty() || endedAt != 0) {
      return;
    }
    endedAt = at;
    if (status != JobStatus.CANCELLED) {
      boolean failed = tally.failed > 0 || sourceFailure != null;
      JobStatus well = tally.cancelled > 0 ? JobStatus.CANCELLED : JobStatus.SUCCEEDED;
      status = failed ? JobStatus.FAILED : well;
    }
    for (PoolView pool : pools.values()) {
      if (pool.incarnation > 0) {
        mail.gone(pool);
      }
    }
  }

  // ------------------------------------------------------------------ time

  private void tick(long at, List<JobEffect> effects) {
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
    return new WhyWaiting(pools.values()).explain(lanes);
  }

  /**
   * Tells pools that there is work, until they ask for it. A suspect pool that holds leases is told
   * even if there is no work, so that it says whether it still holds them.
   */
  private void announce(long at) {
    if (tasks.isEmpty()) {
      return;
    }
    for (PoolView pool : pools.values()) {
      boolean silent = pool.incarnation == 0 || pool.most == 0 || pool.suspect;
      boolean wanted = lanes.size() > 0 || (pool.suspect && !pool.leases.isEmpty());
      if (silent
          && wanted
          && pool.connected
          && !pool.leaving
          && at - pool.announcedAt > limits.resend()) {
        pool.announcedAt = at;
        mail.announce(pool);
      }
    }
  }

  private OutcomeBatch batch(long at) {
    List<OutcomeRecord> head = outcomes.head();
    boolean last = endedAt != 0 && head.size() == outcomes.size();
    return new OutcomeBatch(outcomes.first(), head, snapshot(at), last);
  }

  /** The job as numbers. */
  JobSnapshot snapshot(long at) {
    int running = tasks.size() - lanes.size() - delayed.size();
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
    return lanes.size() > 0;
  }

  /** A task that has not ended. */
  @Nullable TaskEntry task(long index) {
    return tasks.get(index);
  }

  /** What is known of a node's pool. */
  @Nullable PoolView pool(NodeId node) {
    return pools.get(node);
  }

  /** Checks what must always hold; for tests. */
  void check() {
    Map<TaskEntry.Place, Integer> places = new HashMap<>();
    tasks.values().forEach(task -> places.merge(task.place, 1, Integer::sum));
    require(places.getOrDefault(TaskEntry.Place.ENDED, 0) == 0, "an ended task is kept");
    require(places.getOrDefault(TaskEntry.Place.QUEUED, 0) == lanes.size(), "lanes are off");
    require(places.getOrDefault(TaskEntry.Place.DELAYED, 0) == delayed.size(), "delays are off");
    require(tally.accepted == tally.ended() + tasks.size(), "tasks are not conserved");
    require(outcomes.end() == tally.ended(), "outcomes are not conserved");
    for (PoolView pool : pools.values()) {
      for (Lease lease : pool.leases.values()) {
        require(leases.get(lease.number) == lease, "a lease is with a pool alone");
      }
    }
    require(
        leases.size() == pools.values().stream().mapToInt(pool -> pool.leases.size()).sum(),
        "a lease is with no pool");
    for (TaskEntry task : tasks.values()) {
      require(
          task.place != TaskEntry.Place.LEASED || !task.leases.isEmpty(),
          "task " + task.index + " is leased to nobody");
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException(otherwise);
    }
  }
}
