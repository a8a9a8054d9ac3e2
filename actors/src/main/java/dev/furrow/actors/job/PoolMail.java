package dev.furrow.actors.job;

import dev.furrow.actors.wire.JobKey;
import dev.furrow.actors.wire.LeaseTerms;
import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.PoolId;
import dev.furrow.actors.wire.PoolMessage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gathers what a supervisor has to say, so that one message carries many leases. */
final class PoolMail {

  /** Leases in one message weigh at most so much, unless a single one weighs more. */
  private static final long MESSAGE_BYTES = 4L << 20;

  private final JobKey job;
  private final int batch;
  private final Map<PoolView, List<Lease>> leases = new LinkedHashMap<>();
  private final Map<PoolId, List<Long>> cancels = new LinkedHashMap<>();
  private final Map<PoolId, List<Long>> goes = new LinkedHashMap<>();
  private final List<JobEffect.Send> rest = new ArrayList<>();

  PoolMail(JobKey job, int batch) {
    this.job = job;
    this.batch = batch;
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

  void reportsReceived(PoolId pool, long sequence) {
    send(pool.node(), new PoolMessage.ReportsReceived(job, pool, sequence));
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
    leases.clear();
    cancels.clear();
    goes.clear();
    rest.clear();
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
