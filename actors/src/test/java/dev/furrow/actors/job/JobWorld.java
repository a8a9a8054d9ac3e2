package dev.furrow.actors.job;

import dev.furrow.actors.wire.JobKey;
import dev.furrow.actors.wire.JobMessage;
import dev.furrow.actors.wire.LeaseTerms;
import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.PoolId;
import dev.furrow.actors.wire.PoolMessage;
import dev.furrow.actors.wire.ReportKind;
import dev.furrow.actors.wire.WireCodec;
import dev.furrow.actors.wire.WireException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** A job's state, spoken to as its surroundings would, in time that tests move on by hand. */
final class JobWorld {

  static final long MILLI = 1_000_000;
  static final JobKey KEY = new JobKey("job", 1, new NodeId("driver", 1));
  static final TaskTerms PLAIN = new TaskTerms(LeaseTerms.NONE, 0, 0);
  static final JobLimits LIMITS =
      new JobLimits(
          1_000 * MILLI,
          400 * MILLI,
          10,
          64,
          1_000,
          1 << 20,
          5_000 * MILLI,
          2,
          100 * MILLI,
          1_000 * MILLI);

  final List<JobEffect> effects = new ArrayList<>();
  final JobState state;
  long now = 1;
  private long sequence;
  private long cursor;

  JobWorld() {
    this(LIMITS, false);
  }

  JobWorld(JobLimits limits, boolean failFast) {
    this(limits, failFast, false);
  }

  JobWorld(JobLimits limits, boolean failFast, boolean speculate) {
    state =
        new JobState(
            new JobSpec(KEY, "job", failFast, speculate), limits, new SplittableRandom(7), now);
  }

  static PoolId pool(int number) {
    return pool(number, 1);
  }

  static PoolId pool(int number, long incarnation) {
    return new PoolId(new NodeId("node-" + number, number), incarnation);
  }

  static TaskTerms retrying(int retries, long backoff) {
    return new TaskTerms(LeaseTerms.NONE, retries, backoff);
  }

  static TaskTerms requiring(String resource, long amount) {
    return new TaskTerms(new LeaseTerms(0, 0, Map.of(resource, amount), List.of()), 0, 0);
  }

  static TaskTerms urgent(int priority) {
    return new TaskTerms(new LeaseTerms(0, priority, Map.of(), List.of()), 0, 0);
  }

  JobWorld tell(JobCommand command) {
    effects.addAll(state.apply(state.decide(List.of(command), now)));
    if (state.hasWaiting()) {
      effects.addAll(state.apply(state.decide(List.of(new JobCommand.Dispatch()), now)));
    }
    state.check();
    return this;
  }

  JobWorld accept(int tasks, TaskTerms terms) {
    return tell(
        new JobCommand.Accept(
            IntStream.range(0, tasks)
                .mapToObj(i -> new NewTask("Type", new byte[] {(byte) i}, terms))
                .toList()));
  }

  JobWorld hear(JobMessage message) {
    return tell(new JobCommand.FromPool(message));
  }

  JobWorld connect(PoolId pool) {
    return tell(new JobCommand.NodeConnected(pool.node()));
  }

  JobWorld demand(PoolId pool, int most) {
    return demand(pool, ++sequence, most, Map.of());
  }

  JobWorld demand(PoolId pool, long number, int most, Map<String, Long> resources) {
    return hear(new JobMessage.Demand(KEY, pool, number, most, 2, 2, resources, false));
  }

  /** A pool with two slots wants so much and has so many of them for this job. */
  JobWorld demand(PoolId pool, int most, int usable) {
    return hear(new JobMessage.Demand(KEY, pool, ++sequence, most, 2, usable, Map.of(), false));
  }

  /** Connects a pool that wants so much. */
  JobWorld join(PoolId pool, int most) {
    return connect(pool).demand(pool, most);
  }

  JobWorld report(PoolId pool, long lease, long task, ReportKind kind, String body) {
    return hear(
        new JobMessage.Reports(
            KEY,
            pool,
            ++sequence,
            new long[] {lease},
            new long[] {task},
            new int[] {kind.ordinal()},
            new long[] {5},
            0,
            List.of(body.getBytes(UTF_8))));
  }

  JobWorld succeed(PoolId pool, long lease, long task, String body) {
    return report(pool, lease, task, ReportKind.SUCCEEDED, body);
  }

  JobWorld fail(PoolId pool, long lease, long task) {
    return report(pool, lease, task, ReportKind.FAILED, "failed");
  }

  JobWorld start(PoolId pool, long... leases) {
    return hear(new JobMessage.Started(KEY, pool, leases));
  }

  JobWorld hold(PoolId pool, long... leases) {
    return hear(new JobMessage.Holding(KEY, pool, ++sequence, leases, new long[0], new long[0]));
  }

  JobWorld close(PoolId pool, boolean ended) {
    return tell(new JobCommand.NodeClosed(pool.node(), ended));
  }

  JobWorld remove(PoolId pool, boolean left) {
    return tell(new JobCommand.NodeRemoved(pool.node(), left));
  }

  JobWorld pass(long nanos) {
    now += nanos;
    return tell(new JobCommand.Tick());
  }

  /** Reads everything that has been committed and was not read before. */
  List<OutcomeRecord> read() {
    effects.clear();
    tell(new JobCommand.Fetch(cursor));
    List<OutcomeRecord> read = new ArrayList<>();
    for (JobEffect.Deliver deliver : all(JobEffect.Deliver.class)) {
      read.addAll(deliver.batch().outcomes());
    }
    cursor += read.size();
    return read;
  }

  <T> List<T> all(Class<T> type) {
    return effects.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** What was sent to a pool, of one type. */
  <T extends PoolMessage> List<T> sent(PoolId to, Class<T> type) {
    return all(JobEffect.Send.class).stream()
        .filter(send -> send.to().equals(to.node()) && type.isInstance(send.message()))
        .map(send -> type.cast(send.message()))
        .toList();
  }

  /** The numbers of leases that were granted to a pool. */
  long[] leased(PoolId to) {
    return sent(to, PoolMessage.Leases.class).stream()
        .flatMapToLong(leases -> LongStream.of(leases.lease()))
        .toArray();
  }

  /** The tasks that were granted to a pool. */
  long[] tasksAt(PoolId to) {
    return sent(to, PoolMessage.Leases.class).stream()
        .flatMapToLong(leases -> LongStream.of(leases.task()))
        .toArray();
  }

  TaskEntry.Place place(long task) {
    TaskEntry entry = state.task(task);
    return entry == null ? TaskEntry.Place.ENDED : entry.place;
  }

  static String failureText(OutcomeRecord outcome) throws WireException {
    return WireCodec.decodeFailure(outcome.body()).kind()
        + ": "
        + WireCodec.decodeFailure(outcome.body()).message();
  }

  private static final Charset UTF_8 = StandardCharsets.UTF_8;
}
