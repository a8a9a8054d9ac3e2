package dev.furrow.actors.job;

import dev.furrow.actors.wire.JobKey;
import dev.furrow.actors.wire.LeaseTerms;
import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.PoolId;
import dev.furrow.actors.wire.PoolMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gathers what a supervisor has to say, so that one message carries many leases. */
final class PoolMail {

  /** Leases in one message weigh at most so much, unless a single one weighs more. */
  private static final long MESSAGE_BYTES = 4L << 20;

  /** So many reports, or so many bytes of them, are acknowledged at once. */
  private static final int MOST_RECEIVED = 16;

  private static final long MOST_RECEIVED_BYTES = 64 << 10;

  private final JobKey job;
  private final int batch;
  private final Map<PoolView, List<Lease>> leases = new LinkedHashMap<>();
  private final Map<PoolId, List<Long>> cancels = new LinkedHashMap<>();
  private final Map<PoolId, List<Long>> goes = new LinkedHashMap<>();
  private final List<JobEffect.Send> rest = new ArrayList<>();
  private final Map<NodeId, Received> received = new HashMap<>();

  /** Nodes to be told what was received, as soon as possible. */
  private final Set<NodeId> due = new LinkedHashSet<>();

  PoolMail(JobKey job, int batch) {
    this.job = job;
    this.batch = batch;
  }

  /** Numbers of reports whose pool does not know yet that they came. */
  private static final class Received {
    final PoolId pool;
    final List<Long> sequences = new ArrayList<>();
    long bytes;

    Received(PoolId pool) {
      this.pool = pool;
    }
  }

  void lease(Lease lease) {
    leases.computeIfAbsent(lease.pool, pool -> new ArrayList<>()).add(lease);
  }

  void cancel(PoolView pool, long lease) {
    cancels.computeIfAbsent(pool.id(), id -> new ArrayList<>()).add(lease);
  }

  void go(PoolView pool, long lease) {
    goes.computeIfAbsent(pool.id(), id -> new ArrayList<>()).add(lease);
  }

  void recall(PoolView pool, int most) {
    send(pool.node, new PoolMessage.Recall(job, pool.id(), most));
  }

  void announce(PoolView pool) {
    send(pool.node, new PoolMessage.Announce(job));
  }

  void gone(PoolView pool) {
    send(pool.node, new PoolMessage.JobGone(job));
  }

  /**
   * Reports of so many bytes were received. A pool that has more to do is told together with that,
   * and others in a while: until then it keeps those reports, which are few and small.
   */
  void reportsReceived(PoolId pool, long sequence, long bytes) {
    Received unsaid = received.get(pool.node());
    if (unsaid != null && unsaid.pool.incarnation() > pool.incarnation()) {
      return; // that life of the pool is over
    }
    if (unsaid == null || !unsaid.pool.equals(pool)) {
      unsaid = new Received(pool);
      received.put(pool.node(), unsaid);
    }
    unsaid.sequences.add(sequence);
    unsaid.bytes += bytes;
    if (unsaid.sequences.size() == MOST_RECEIVED || unsaid.bytes >= MOST_RECEIVED_BYTES) {
      due.add(pool.node());
    }
  }

  /** Tells all pools what was received, whether or not there is more to say. */
  void acknowledge() {
    due.addAll(received.keySet());
  }

  void holdingReceived(PoolView pool, long sequence) {
    send(pool.node, new PoolMessage.HoldingReceived(job, pool.id(), sequence));
  }

  private void send(NodeId to, PoolMessage message) {
    rest.add(new JobEffect.Send(to, message));
  }

  /** Hands out what was gathered. */
  void drainTo(List<JobEffect> effects) {
    leases.forEach(
        (pool, list) -> {
          int from = 0;
          while (from < list.size()) {
            int to = endOfMessage(list, from);
            PoolMessage message = columns(pool.id(), list.subList(from, to));
            effects.add(new JobEffect.Send(pool.node, message));
            from = to;
          }
        });
    cancels.forEach(
        (pool, list) ->
            effects.add(
                new JobEffect.Send(pool.node(), new PoolMessage.Cancel(job, pool, array(list)))));
    goes.forEach(
        (pool, list) ->
            effects.add(
                new JobEffect.Send(pool.node(), new PoolMessage.Go(job, pool, array(list)))));
    effects.addAll(rest);
    if (!received.isEmpty()) {
      leases.keySet().forEach(pool -> due.add(pool.node));
      rest.forEach(send -> due.add(send.to()));
      due.forEach(node -> acknowledge(node, effects));
    }
    due.clear();
    leases.clear();
    cancels.clear();
    goes.clear();
    rest.clear();
  }

  private void acknowledge(NodeId node, List<JobEffect> effects) {
    Received unsaid = received.remove(node);
    if (unsaid == null) {
      return;
    }
    for (long sequence : unsaid.sequences) {
      PoolMessage message = new PoolMessage.ReportsReceived(job, unsaid.pool, sequence);
      effects.add(new JobEffect.Send(node, message));
    }
  }

  /** Where a message that begins at a lease ends: bounded by count, and by bytes but for one. */
  private int endOfMessage(List<Lease> list, int from) {
    int to = from;
    long bytes = 0;
    do {
      bytes += list.get(to).task.task.payload().length;
      to++;
    } while (to < list.size()
        && to - from < batch
        && bytes + list.get(to).task.task.payload().length <= MESSAGE_BYTES);
    return to;
  }

  private static long[] array(List<Long> numbers) {
    return numbers.stream().mapToLong(Long::longValue).toArray();
  }

  @SuppressWarnings("ReferenceEquality") // a quick way to see that a row is like the last one
  private PoolMessage.Leases columns(PoolId pool, List<Lease> rows) {
    int n = rows.size();
    Map<String, Integer> types = new LinkedHashMap<>();
    Map<LeaseTerms, Integer> terms = new LinkedHashMap<>();
    long[] lease = new long[n];
    long[] task = new long[n];
    int[] attempt = new int[n];
    int[] type = new int[n];
    int[] term = new int[n];
    int[] caution = new int[n];
    List<byte[]> payload = new ArrayList<>(n);
    NewTask last = null;
    for (int i = 0; i < n; i++) {
      Lease row = rows.get(i);
      NewTask data = row.task.task;
      lease[i] = row.number;
      task[i] = row.task.index;
      attempt[i] = row.task.attempts;
      if (last != null && last.type().equals(data.type()) && last.terms() == data.terms()) {
        type[i] = type[i - 1];
        term[i] = term[i - 1];
      } else {
        type[i] = types.computeIfAbsent(data.type(), name -> types.size());
        term[i] = terms.computeIfAbsent(data.terms().lease(), one -> terms.size());
      }
      last = data;
      caution[i] = row.caution.ordinal();
      payload.add(data.payload());
    }
    return new PoolMessage.Leases(
        job,
        pool,
        List.copyOf(types.keySet()),
        List.copyOf(terms.keySet()),
        lease,
        task,
        attempt,
        type,
        term,
        caution,
        payload);
  }
}
