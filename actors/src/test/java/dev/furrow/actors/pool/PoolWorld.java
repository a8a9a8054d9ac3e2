package dev.furrow.actors.pool;

import dev.furrow.actors.wire.Caution;
import dev.furrow.actors.wire.JobKey;
import dev.furrow.actors.wire.JobMessage;
import dev.furrow.actors.wire.LeaseTerms;
import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.PoolId;
import dev.furrow.actors.wire.PoolMessage;
import dev.furrow.actors.wire.ReportKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** A pool's state, spoken to as its surroundings would, in time that tests move on by hand. */
final class PoolWorld {

  static final long MILLI = 1_000_000;
  static final PoolId ID = new PoolId(new NodeId("node", 1), 3);
  static final PoolLimits LIMITS =
      new PoolLimits(
          64, 100, 1_000 * MILLI, 500 * MILLI, 1_000 * MILLI, 20_000 * MILLI, 5_000 * MILLI, 2);

  final List<PoolEffect> effects = new ArrayList<>();
  final PoolState state;
  long now = MILLI;

  PoolWorld(int slots) {
    this(slots, Map.of());
  }

  PoolWorld(int slots, Map<String, Long> resources) {
    state = new PoolState(ID, slots, resources, LIMITS);
  }

  static JobKey job(int number) {
    return new JobKey("job-" + number, 1, new NodeId("driver-" + number, number));
  }

  static LeaseTerms limit(long millis) {
    return new LeaseTerms(millis, 0, Map.of(), List.of());
  }

  static LeaseTerms urgent(int priority) {
    return new LeaseTerms(0, priority, Map.of(), List.of());
  }

  static LeaseTerms requiring(String resource, long amount) {
    return new LeaseTerms(0, 0, Map.of(resource, amount), List.of());
  }

  PoolWorld tell(PoolCommand command) {
    effects.addAll(state.apply(List.of(command), now));
    state.check();
    return this;
  }

  PoolWorld hear(PoolMessage message) {
    return tell(new PoolCommand.FromJob(message));
  }

  PoolWorld announce(JobKey job) {
    return hear(new PoolMessage.Announce(job));
  }

  PoolWorld lease(JobKey job, LeaseTerms terms, long... leases) {
    return lease(job, ID, terms, Caution.NONE, leases);
  }

  PoolWorld lease(JobKey job, PoolId pool, LeaseTerms terms, Caution caution, long... leases) {
    int n = leases.length;
    int[] attempt = new int[n];
    int[] cautions = new int[n];
    Arrays.fill(attempt, 1);
    Arrays.fill(cautions, caution.ordinal());
    List<byte[]> payload = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      payload.add(new byte[] {(byte) i});
    }
    return hear(
        new PoolMessage.Leases(
            job,
            pool,
            List.of("Type"),
            List.of(terms),
            leases,
            leases.clone(),
            attempt,
            new int[n],
            new int[n],
            cautions,
            payload));
  }

  /** A run's thread has finished its first entries, each in so long, and is done. */
  PoolWorld finish(int run, long nanos, int... indices) {
    List<PoolCommand.Done> done =
        Arrays.stream(indices)
            .mapToObj(
                index ->
                    new PoolCommand.Done(
                        index, ReportKind.SUCCEEDED.ordinal(), nanos, 0, new byte[] {1}))
            .toList();
    return tell(new PoolCommand.Finished(run, done, true));
  }

  PoolWorld pass(long nanos) {
    now += nanos;
    return tell(new PoolCommand.Tick());
  }

  PoolWorld forget() {
    effects.clear();
    return this;
  }

  <T extends PoolEffect> List<T> all(Class<T> type) {
    return effects.stream().filter(type::isInstance).map(type::cast).toList();
  }

  <T extends JobMessage> List<T> sent(JobKey to, Class<T> type) {
    return all(PoolEffect.Send.class).stream()
        .filter(send -> send.message().job().equals(to) && type.isInstance(send.message()))
        .map(send -> type.cast(send.message()))
        .toList();
  }

  /** The most that the pool last asked a job for. */
  int demanded(JobKey job) {
    List<JobMessage.Demand> demands = sent(job, JobMessage.Demand.class);
    return demands.isEmpty() ? -1 : demands.get(demands.size() - 1).most();
  }

  /** Runs that were started, as the numbers of their leases. */
  List<List<Long>> started() {
    return all(PoolEffect.Start.class).stream()
        .map(start -> start.entries().stream().map(lease -> lease.number).toList())
        .toList();
  }

  long[] returned(JobKey job) {
    return sent(job, JobMessage.Returned.class).stream()
        .flatMapToLong(returned -> LongStream.of(returned.leases()))
        .toArray();
  }

  long[] reported(JobKey job) {
    return sent(job, JobMessage.Reports.class).stream()
        .flatMapToLong(reports -> LongStream.of(reports.lease()))
        .toArray();
  }
}
