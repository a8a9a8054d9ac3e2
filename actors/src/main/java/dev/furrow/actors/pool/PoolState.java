package dev.furrow.actors.pool;

import dev.furrow.actors.wire.Caution;
import dev.furrow.actors.wire.JobKey;
import dev.furrow.actors.wire.JobMessage;
import dev.furrow.actors.wire.LeaseTerms;
import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.PoolId;
import dev.furrow.actors.wire.PoolMessage;
import dev.furrow.actors.wire.ReportKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a node's pool knows of the leases it holds, and every decision about them. A pool
 * has no durable form: it decides and applies in one step.
 *
 * <p>Invariants: runs that hold a slot never exceed the slots; resources taken never exceed those
 * offered; a lease is queued, in one run, or reported.
 *
 * <p>Which job gets a free slot: the one whose first lease has the highest priority, raised by one
 * for each ageing period that it has waited; among equals the one with the fewest slots, then the
 * one that has waited longest.
 */
final class PoolState {

  /** Runs are cut to about this long, and tasks this long are wanted in advance. */
  private static final long RUN_NANOS = 2_000_000;

  private static final long AHEAD_NANOS = 20_000_000;
  private static final long LONG_NANOS = 1_000_000;

  /** A stopped task that goes on for longer than this ignores interruption. */
  private static final long DEAF_NANOS = 1_000_000_000;

  private static final byte[] NOTHING = {};

  private final PoolId id;
  private final int slots;
  private final Map<String, Long> offered;
  private final Map<String, Long> taken = new HashMap<>();
  private final PoolLimits limits;

  private final Map<JobKey, Tenant> tenants = new LinkedHashMap<>();
  private final Map<Integer, ActiveRun> runs = new LinkedHashMap<>();

  /** Runs whose thread was told to stop and has not yet done so. */
  private final Map<Integer, ActiveRun> abandoned = new LinkedHashMap<>();

  private final Deque<ActiveRun> unparking = new ArrayDeque<>();

  private List<PoolEffect> effects = new ArrayList<>();

  /** Counts what is said, to all jobs: a job that is forgotten and comes back goes on counting. */
  private long sequence;

  private int nextRun = 1;
  private int busy;
  private long statusAt;
  private boolean draining;
  private boolean drained;
  private boolean choked;
  private long drainUntil;

  PoolState(PoolId id, int slots, Map<String, Long> offered, PoolLimits limits) {
    this.id = id;
    this.slots = slots;
    this.offered = offered;
    this.limits = limits;
  }

  /** Leases that one thread works off. */
  private static final class ActiveRun {
    final int id;
    final Tenant tenant;
    final List<HeldLease> entries;

    /** When its thread was started. */
    long startedAt;

    /** Entries that stay; all until the run is truncated. */
    int kept;

    boolean truncated;
    boolean parked;
    boolean awaitsGo;
    boolean timedOut;

    /** When its thread was told to stop. */
    long abandonedAt;

    ActiveRun(int id, Tenant tenant, List<HeldLease> entries, long startedAt) {
      this.id = id;
      this.tenant = tenant;
      this.entries = entries;
      this.startedAt = startedAt;
      this.kept = entries.size();
    }

    HeldLease first() {
      return entries.get(0);
    }
  }

  /** Takes in what happened and says what is to be done. */
  List<PoolEffect> apply(List<? extends PoolCommand> commands, long now) {
    for (PoolCommand command : commands) {
      apply(command, now);
    }
    schedule(now);
    flush(now);
    List<PoolEffect> result = effects;
    effects = new ArrayList<>();
    return result;
  }

  private void apply(PoolCommand command, long now) {
    if (command instanceof PoolCommand.FromJob from) {
      apply(from.message(), now);
    } else if (command instanceof PoolCommand.Finished finished) {
      finish(finished, now);
    } else if (command instanceof PoolCommand.Truncated truncated) {
      truncated(truncated);
    } else if (command instanceof PoolCommand.Revoked revoked) {
      revoked(revoked, now);
    } else if (command instanceof PoolCommand.Parked parked) {
      park(parked.run());
    } else if (command instanceof PoolCommand.Unparked unparked) {
      unpark(unparked.run());
    } else if (command instanceof PoolCommand.Tick) {
      tick(now);
    } else if (command instanceof PoolCommand.NodeConnected up) {
      greet(up.node(), now);
    } else if (command instanceof PoolCommand.NodeRemoved gone) {
      for (Tenant tenant : List.copyOf(tenants.values())) {
        if (tenant.job.node().equals(gone.node())) {
          evict(tenant);
        }
      }
    } else if (command instanceof PoolCommand.Drain drain) {
      drain(drain.until());
    }
  }

  private void apply(PoolMessage message, long now) {
    if (message instanceof PoolMessage.Announce announce) {
      // Said again to a job that has not had its answer.
      admit(announce.job(), now).demanded = -1;
      return;
    }
    Tenant tenant = tenants.get(message.job());
    if (message instanceof PoolMessage.Leases leases && leases.pool().equals(id)) {
      take(leases, tenant == null ? admit(leases.job(), now) : tenant, now);
      return;
    }
    if (tenant == null) {
      return;
    }
    tenant.heardAt = now;
    if (message instanceof PoolMessage.Cancel cancel && cancel.pool().equals(id)) {
      for (long lease : cancel.leases()) {
        cancel(tenant, lease);
      }
    } else if (message instanceof PoolMessage.Go go && go.pool().equals(id)) {
      for (long lease : go.leases()) {
        go(tenant, lease, now);
      }
    } else if (message instanceof PoolMessage.ReportsReceived received
        && received.pool().equals(id)) {
      acknowledged(tenant, received.sequence());
    } else if (message instanceof PoolMessage.JobGone) {
      evict(tenant);
    }
  }

  // ------------------------------------------------------------- tenants

  private Tenant admit(JobKey job, long now) {
    Tenant tenant = tenants.computeIfAbsent(job, Tenant::new);
    tenant.heardAt = now;
    tenant.busyAt = now;
    return tenant;
  }

  private void take(PoolMessage.Leases leases, Tenant tenant, long now) {
    tenant.heardAt = now;
    tenant.busyAt = now;
    for (int i = 0; i < leases.lease().length; i++) {
      long number = leases.lease()[i];
      if (tenant.held.containsKey(number)) {
        continue;
      }
      if (draining || choked) {
        tenant.returned.add(number);
        continue;
      }
      HeldLease lease =
          new HeldLease(
              tenant,
              number,
              leases.task()[i],
              leases.attempt()[i],
              leases.types().get(leases.type()[i]),
              leases.terms().get(leases.term()[i]),
              Caution.values()[leases.caution()[i]],
              leases.payload().get(i),
              now,
              limits.ageing());
      tenant.held.put(number, lease);
      tenant.queue.add(lease);
    }
  }

  private void cancel(Tenant tenant, long number) {
    HeldLease lease = tenant.held.get(number);
    if (lease == null) {
      tenant.returned.add(number);
      return;
    }
    if (lease.place == HeldLease.Place.QUEUED) {
      giveBack(lease);
    } else if (lease.place == HeldLease.Place.IN_RUN) {
      lease.unwanted = true;
      ActiveRun run = runOf(lease);
      if (run != null) {
        stop(run);
      }
    }
  }

  private void giveBack(HeldLease lease) {
    lease.tenant.queue.remove(lease);
    lease.tenant.held.remove(lease.number);
    lease.tenant.returned.add(lease.number);
  }

  private void acknowledged(Tenant tenant, long sequence) {
    Tenant.Sent sent = tenant.unacknowledged.remove(sequence);
    if (sent != null) {
      for (long lease : sent.reports.lease()) {
        tenant.held.remove(lease);
      }
    }
  }

  /** Drops a job and whatever is held of it. */
  private void evict(Tenant tenant) {
    tenants.remove(tenant.job);
    tenant.queue.clear();
    for (HeldLease lease : tenant.held.values()) {
      lease.unwanted = true;
    }
    for (ActiveRun run : List.copyOf(runs.values())) {
      if (run.tenant == tenant) {
        stop(run);
      }
    }
  }

  private void greet(NodeId node, long now) {
    for (Tenant tenant : tenants.values()) {
      if (tenant.job.node().equals(node)) {
        tenant.heardAt = now;
        tenant.demanded = -1;
        tenant.unacknowledged.values().forEach(sent -> resend(tenant, sent, now));
        sayHolding(tenant);
      }
    }
  }

  // ---------------------------------------------------------------- runs

  private @Nullable ActiveRun runOf(HeldLease lease) {
    for (ActiveRun run : runs.values()) {
      int index = run.tenant == lease.tenant ? run.entries.indexOf(lease) : -1;
      // What was taken back from a run is in another one by now.
      if (index >= 0 && index < run.kept) {
        return run;
      }
    }
    return null;
  }

  /** Takes back what is open in a run, and stops what is running if it is unwanted. */
  private void stop(ActiveRun run) {
    if (run.awaitsGo) {
      leave(run);
      giveBack(run.first());
    } else if (run.truncated) {
      revokeUnwanted(run);
    } else {
      effects.add(new PoolEffect.Truncate(run.id));
    }
  }

  private void truncated(PoolCommand.Truncated truncated) {
    ActiveRun run = runs.get(truncated.run());
    if (run == null) {
      return;
    }
    run.truncated = true;
    for (int i = run.kept - 1; i >= truncated.kept(); i--) {
      HeldLease lease = run.entries.get(i);
      lease.place = HeldLease.Place.QUEUED;
      lease.started = false;
      if (lease.unwanted || draining || choked) {
        giveBack(lease);
      } else {
        lease.tenant.queue.add(lease);
      }
    }
    run.kept = truncated.kept();
    if (run.kept > 0) {
      run.entries.get(run.kept - 1).started = true;
    }
    revokeUnwanted(run);
  }

  private void revokeUnwanted(ActiveRun run) {
    int last = run.kept - 1;
    if (last >= 0 && run.entries.get(last).unwanted) {
      effects.add(new PoolEffect.Revoke(run.id, last));
    }
  }

  private void revoked(PoolCommand.Revoked revoked, long now) {
    ActiveRun run = runs.get(revoked.run());
    if (run == null || !revoked.done()) {
      return;
    }
    HeldLease lease = run.entries.get(revoked.index());
    leave(run);
    run.abandonedAt = now;
    abandoned.put(run.id, run);
    if (run.timedOut && !lease.unwanted) {
      lease.tenant.report(lease, ReportKind.TIMED_OUT.ordinal(), now - run.startedAt, 0, NOTHING);
    } else {
      giveBack(lease);
    }
  }

  /** Stops taking work while too many stopped tasks do not end. */
  private void choke(long now) {
    boolean full =
        abandoned.values().stream().filter(run -> now - run.abandonedAt > DEAF_NANOS).count()
            >= limits.maxAbandoned();
    if (!full || choked) {
      choked = full;
      return;
    }
    choked = true;
    tenants.values().forEach(tenant -> List.copyOf(tenant.queue).forEach(this::giveBack));
    effects.add(
        new PoolEffect.Warn(
            abandoned.size()
                + " tasks were stopped and ignore interruption, as many as"
                + " furrow.node.abandoned.max allows: this node takes no work until they end."
                + " Tasks should watch context.cancelled()"));
  }

  private void finish(PoolCommand.Finished finished, long now) {
    ActiveRun run = runs.get(finished.run());
    boolean stopped = run == null;
    if (stopped) {
      run = abandoned.get(finished.run());
    }
    if (run == null) {
      return;
    }
    for (PoolCommand.Done done : finished.done()) {
      HeldLease lease = run.entries.get(done.index());
      if (lease.place == HeldLease.Place.IN_RUN && run.tenant.held.get(lease.number) == lease) {
        run.tenant.measured(done.runNanos() + done.codecNanos());
        run.tenant.report(lease, done.kind(), done.runNanos(), done.codecNanos(), done.body());
      }
    }
    run.tenant.busyAt = now;
    if (!finished.last()) {
      return;
    }
    for (HeldLease lease : run.entries.subList(0, run.kept)) {
      // Its thread has left without a word about it.
      if (lease.place == HeldLease.Place.IN_RUN && run.tenant.held.get(lease.number) == lease) {
        giveBack(lease);
      }
    }
    if (stopped) {
      abandoned.remove(run.id);
      choked &= abandoned.size() >= limits.maxAbandoned();
    } else {
      leave(run);
    }
  }

  /** A run gives back its slot and what it has taken. */
  private void leave(ActiveRun run) {
    runs.remove(run.id);
    unparking.remove(run);
    if (run.parked) {
      run.tenant.parked--;
    } else {
      busy--;
      run.tenant.running--;
    }
    run.first().terms.requires().forEach((name, n) -> taken.merge(name, -n, Long::sum));
  }

  private void park(int number) {
    ActiveRun run = runs.get(number);
    if (run != null && !run.parked) {
      run.parked = true;
      busy--;
      run.tenant.running--;
      run.tenant.parked++;
      if (!run.truncated && run.kept > 1) {
        effects.add(new PoolEffect.Truncate(run.id));
      }
    }
  }

  private void unpark(int number) {
    ActiveRun run = runs.get(number);
    if (run == null) {
      effects.add(new PoolEffect.Unpark(number));
    } else if (run.parked && !unparking.contains(run)) {
      unparking.add(run);
    }
  }

  // ------------------------------------------------------------ schedule

  /** Fills free slots: first with threads that have waited, then with queued leases. */
  private void schedule(long now) {
    Iterator<ActiveRun> waiting = unparking.iterator();
    while (busy < slots && waiting.hasNext()) {
      ActiveRun run = waiting.next();
      if (run.first().caution == Caution.ALONE && aloneRuns()) {
        continue;
      }
      waiting.remove();
      run.parked = false;
      run.tenant.parked--;
      occupy(run);
      effects.add(new PoolEffect.Unpark(run.id));
    }
    // Threads are bounded even before it is known which of them ignore interruption.
    while (busy < slots && !choked && abandoned.size() < limits.maxAbandoned() + slots) {
      HeldLease next = choose(now);
      if (next == null) {
        return;
      }
      start(next, now);
    }
  }

  private void occupy(ActiveRun run) {
    busy++;
    run.tenant.running++;
  }

  private @Nullable HeldLease choose(long now) {
    HeldLease best = null;
    for (Tenant tenant : tenants.values()) {
      HeldLease first = firstThatFits(tenant);
      if (first != null && (best == null || before(first, best, now))) {
        best = first;
      }
    }
    return best;
  }

  private @Nullable HeldLease firstThatFits(Tenant tenant) {
    for (HeldLease lease : tenant.queue) {
      if (fits(lease)) {
        return lease;
      }
    }
    return null;
  }

  private boolean fits(HeldLease lease) {
    for (Map.Entry<String, Long> need : lease.terms.requires().entrySet()) {
      long free = offered.getOrDefault(need.getKey(), 0L) - taken.getOrDefault(need.getKey(), 0L);
      if (free < need.getValue()) {
        return false;
      }
    }
    return lease.caution != Caution.ALONE || !aloneRuns();
  }

  /**
   * Whether a suspect task runs here. One that waits for other work does not: it may wait for
   * another suspect.
   */
  private boolean aloneRuns() {
    return runs.values().stream()
        .anyMatch(run -> !run.parked && run.first().caution == Caution.ALONE);
  }

  private boolean before(HeldLease one, HeldLease other, long now) {
    long rank = rank(one, now);
    long otherRank = rank(other, now);
    if (rank != otherRank) {
      return rank > otherRank;
    }
    if (one.tenant.running != other.tenant.running) {
      return one.tenant.running < other.tenant.running;
    }
    return one.arrivedAt < other.arrivedAt;
  }

  private long rank(HeldLease lease, long now) {
    return lease.terms.priority() + (now - lease.arrivedAt) / limits.ageing();
  }

  private void start(HeldLease first, long now) {
    Tenant tenant = first.tenant;
    List<HeldLease> entries = new ArrayList<>();
    entries.add(first);
    tenant.queue.remove(first);
    if (first.plain()) {
      int most = Math.min(runLength(tenant), 1 + tenant.queue.size() / slots);
      Iterator<HeldLease> more = tenant.queue.iterator();
      while (entries.size() < most && more.hasNext()) {
        HeldLease next = more.next();
        if (next.plain() && next.terms.priority() == first.terms.priority()) {
          entries.add(next);
          more.remove();
        }
      }
    }
    entries.forEach(lease -> lease.place = HeldLease.Place.IN_RUN);
    ActiveRun run = new ActiveRun(nextRun++, tenant, entries, now);
    runs.put(run.id, run);
    occupy(run);
    first.terms.requires().forEach((name, n) -> taken.merge(name, n, Long::sum));
    run.awaitsGo = first.caution != Caution.NONE;
    boolean maybeLong = tenant.meanNanos == 0 || tenant.meanNanos >= LONG_NANOS;
    if (run.awaitsGo || (entries.size() == 1 && maybeLong)) {
      tenant.started.add(first.number);
    }
    if (!run.awaitsGo) {
      launch(run, now);
    }
  }

  private void launch(ActiveRun run, long now) {
    run.startedAt = now;
    if (run.entries.size() == 1) {
      run.first().started = true;
    }
    effects.add(new PoolEffect.Start(run.id, run.entries));
  }

  private void go(Tenant tenant, long number, long now) {
    HeldLease lease = tenant.held.get(number);
    ActiveRun run = lease == null ? null : runOf(lease);
    if (run != null && run.awaitsGo) {
      run.awaitsGo = false;
      launch(run, now);
    }
  }

  private int runLength(Tenant tenant) {
    if (tenant.meanNanos == 0) {
      return 1;
    }
    return (int) Math.max(1, Math.min(limits.batch(), RUN_NANOS / tenant.meanNanos));
  }

  // ---------------------------------------------------------------- time

  private void tick(long now) {
    for (ActiveRun run : List.copyOf(runs.values())) {
      LeaseTerms terms = run.first().terms;
      if (run.awaitsGo) {
        continue;
      }
      if (!run.truncated && run.kept > 1 && now - run.startedAt > AHEAD_NANOS) {
        effects.add(new PoolEffect.Truncate(run.id));
      }
      boolean late = now - run.startedAt >= terms.timeoutMillis() * 1_000_000;
      if (terms.timeoutMillis() > 0 && late) {
        run.timedOut = true;
        effects.add(new PoolEffect.Revoke(run.id, 0));
      }
    }
    for (Tenant tenant : List.copyOf(tenants.values())) {
      if (now - tenant.heardAt > limits.silence()) {
        evict(tenant);
      } else if (tenant.held.isEmpty() && now - tenant.busyAt > limits.idle()) {
        tenants.remove(tenant.job);
        demand(tenant, 0);
      }
    }
    if (now - statusAt >= limits.status()) {
      statusAt = now;
      tenants.values().forEach(this::sayHolding);
    }
    for (Tenant tenant : tenants.values()) {
      for (Tenant.Sent sent : tenant.unacknowledged.values()) {
        if (now - sent.at > limits.resend()) {
          resend(tenant, sent, now);
        }
      }
    }
    choke(now);
    if (draining) {
      finishDraining(now);
    }
  }

  private void drain(long until) {
    if (draining) {
      return;
    }
    draining = true;
    drainUntil = until;
    for (Tenant tenant : tenants.values()) {
      tenant.demanded = -1;
      List.copyOf(tenant.queue).forEach(this::giveBack);
    }
    for (ActiveRun run : List.copyOf(runs.values())) {
      if (run.awaitsGo || !run.truncated) {
        stop(run);
      }
    }
  }

  private void finishDraining(long now) {
    if (now > drainUntil) {
      for (ActiveRun run : List.copyOf(runs.values())) {
        run.entries.forEach(lease -> lease.unwanted = true);
        stop(run);
      }
    }
    boolean quiet =
        runs.isEmpty()
            && tenants.values().stream()
                .allMatch(
                    t -> t.unacknowledged.isEmpty() && !t.hasReports() && t.returned.isEmpty());
    if (!drained && (quiet || now > drainUntil + 2 * limits.resend())) {
      drained = true;
      effects.add(new PoolEffect.Drained());
    }
  }

  // ---------------------------------------------------------------- mail

  private void flush(long now) {
    for (Tenant tenant : tenants.values()) {
      NodeId to = tenant.job.node();
      if (!tenant.started.isEmpty()) {
        send(to, new JobMessage.Started(tenant.job, id, array(tenant.started)));
      }
      for (JobMessage.Reports reports : tenant.flush(id, limits.batch(), () -> ++sequence, now)) {
        send(to, reports);
      }
      if (!tenant.returned.isEmpty()) {
        send(to, new JobMessage.Returned(tenant.job, id, array(tenant.returned)));
      }
      int wanted = wanted(tenant);
      if (wanted != tenant.demanded) {
        demand(tenant, wanted);
      }
    }
  }

  private static long[] array(List<Long> numbers) {
    long[] array = numbers.stream().mapToLong(Long::longValue).toArray();
    numbers.clear();
    return array;
  }

  /**
   * Leases wanted of a job: what it runs, what could run at once, and some in advance when its
   * tasks are short. Where several jobs offer work, one more than it runs even when every slot is
   * taken, so that a slot that frees has a choice.
   */
  private int wanted(Tenant tenant) {
    if (draining || choked) {
      return 0;
    }
    int ahead = 0;
    if (tenant.meanNanos > 0) {
      ahead = (int) Math.min(limits.prefetch(), slots * (AHEAD_NANOS / tenant.meanNanos));
    }
    int choice = tenants.size() > 1 ? 1 : 0;
    int more = Math.max(choice, slots - busy + ahead);
    return Math.max(1, tenant.running + tenant.parked + more);
  }

  private void demand(Tenant tenant, int most) {
    tenant.demanded = most;
    send(
        tenant.job.node(),
        new JobMessage.Demand(tenant.job, id, ++sequence, most, slots, offered, draining));
  }

  private void resend(Tenant tenant, Tenant.Sent sent, long now) {
    sent.at = now;
    send(tenant.job.node(), sent.reports);
  }

  /** Says what is held, and repeats the demand in case it was lost. */
  private void sayHolding(Tenant tenant) {
    long[] held = tenant.held.keySet().stream().mapToLong(Long::longValue).toArray();
    long[] started =
        tenant.held.values().stream()
            .filter(lease -> lease.started)
            .mapToLong(lease -> lease.number)
            .toArray();
    long[] waiting =
        runs.values().stream()
            .filter(run -> run.tenant == tenant && run.awaitsGo)
            .mapToLong(run -> run.first().number)
            .toArray();
    send(
        tenant.job.node(),
        new JobMessage.Holding(tenant.job, id, ++sequence, held, started, waiting));
    tenant.demanded = -1;
  }

  private void send(NodeId to, JobMessage message) {
    effects.add(new PoolEffect.Send(to, message));
  }

  /** Whether nothing is held, runs or is taken, for anybody. */
  boolean isIdle() {
    return tenants.isEmpty()
        && runs.isEmpty()
        && abandoned.isEmpty()
        && taken.values().stream().allMatch(n -> n == 0);
  }

  /** Checks what must always hold; for tests. */
  void check() {
    long holding = runs.values().stream().filter(run -> !run.parked).count();
    require(holding == busy && busy <= slots, "slots are off: " + busy + " of " + slots);
    taken.forEach(
        (name, n) -> require(n >= 0 && n <= offered.getOrDefault(name, 0L), name + " is off"));
    for (Tenant tenant : tenants.values()) {
      for (HeldLease lease : tenant.held.values()) {
        boolean queued = tenant.queue.contains(lease);
        require(queued == (lease.place == HeldLease.Place.QUEUED), "a lease is in two places");
      }
    }
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException(otherwise);
    }
  }
}
