package dev.furrow.node;

import dev.furrow.ClusterView;
import dev.furrow.Furrow;
import dev.furrow.actors.cluster.NodeCounters;
import dev.furrow.actors.job.JobCounters;
import dev.furrow.actors.partition.Partitions;
import dev.furrow.actors.pool.PoolCounters;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * What a node measures, for a registry of Micrometer's: that of its own {@code /metrics}, or that
 * of a service which embeds Furrow ({@code FurrowMetrics.of(furrow).bindTo(registry)}). To measure
 * costs tasks nothing that can be noticed: pools and jobs count once a turn, and are read when
 * somebody asks.
 *
 * <p>Meters count from the node's start, through restarts of its pool and ends of its jobs. Those
 * of a node that is closed stay as they were last.
 *
 * <table>
 * <caption>Meters</caption>
 * <tr><th>name</th><th>kind</th><th>what</th></tr>
 * <tr><td>{@code furrow.slots}</td><td>gauge</td><td>slots of this node</td></tr>
 * <tr><td>{@code furrow.slots.used}</td><td>gauge</td><td>those in which a task runs</td></tr>
 * <tr><td>{@code furrow.leases.waiting}</td><td>gauge</td>
 *     <td>leases here that wait for a slot</td></tr>
 * <tr><td>{@code furrow.threads.abandoned}</td><td>gauge</td>
 *     <td>threads whose task was stopped and has not ended yet</td></tr>
 * <tr><td>{@code furrow.task.duration}</td><td>timer</td>
 *     <td>attempts that ended on this node and their time in user code; by {@code outcome}: {@code
 *     succeeded}, {@code failed}, {@code timed_out}, {@code cancelled}</td></tr>
 * <tr><td>{@code furrow.jobs.open}</td><td>gauge</td><td>jobs submitted here that are open; all
 *     that {@code submit} was given is one</td></tr>
 * <tr><td>{@code furrow.tasks.waiting}</td><td>gauge</td>
 *     <td>tasks of theirs that have not ended and are in no slot</td></tr>
 * <tr><td>{@code furrow.tasks.running}</td><td>gauge</td>
 *     <td>tasks of theirs in a slot, on any node, as far as is known</td></tr>
 * <tr><td>{@code furrow.tasks.ended}</td><td>counter</td>
 *     <td>tasks submitted here that have ended; by {@code outcome}, as above</td></tr>
 * <tr><td>{@code furrow.tasks.retried}</td><td>counter</td>
 *     <td>attempts made again after a failure</td></tr>
 * <tr><td>{@code furrow.leases.lost}</td><td>counter</td>
 *     <td>attempts lost with their nodes</td></tr>
 * <tr><td>{@code furrow.partitions}</td><td>gauge</td>
 *     <td>partitions of state kept by key that are open on this node</td></tr>
 * <tr><td>{@code furrow.nodes}</td><td>gauge</td>
 *     <td>members as this node sees them; by {@code state}: {@code joining}, {@code up}, {@code
 *     unreachable}, {@code leaving}</td></tr>
 * <tr><td>{@code furrow.link.pending}</td><td>gauge, bytes</td>
 *     <td>what waits to be sent to other nodes</td></tr>
 * </table>
 */
public final class FurrowMetrics implements MeterBinder {

  private final int slots;
  private final NodeCounters counters;
  private final Partitions partitions;
  private final LongSupplier pending;
  private final Supplier<ClusterView> view;

  FurrowMetrics(
      int slots,
      NodeCounters counters,
      Partitions partitions,
      LongSupplier pending,
      Supplier<ClusterView> view) {
    this.slots = slots;
    this.counters = counters;
    this.partitions = partitions;
    this.pending = pending;
    this.view = view;
  }

  /**
   * What a node measures. A registry takes the meters of one node only, as they have no tag that
   * would tell nodes apart.
   *
   * @param furrow as it was started, or from {@link FurrowNode#on}
   * @throws IllegalArgumentException it is that of a task, which is no node
   */
  public static FurrowMetrics of(Furrow furrow) {
    if (furrow instanceof FurrowNode node) {
      return node.metrics();
    }
    throw new IllegalArgumentException(
        "only the Furrow of a node has metrics (this is a "
            + furrow.getClass().getSimpleName()
            + "): use the one that was started");
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    gauge(registry, "furrow.slots", "slots of this node", it -> it.slots);
    gauge(registry, "furrow.slots.used", "slots in which a task runs", it -> it.pool().used());
    gauge(
        registry,
        "furrow.leases.waiting",
        "leases on this node that wait for a slot",
        it -> it.pool().waiting());
    gauge(
        registry,
        "furrow.threads.abandoned",
        "threads whose task was stopped and has not ended yet",
        it -> it.pool().abandoned());
    for (PoolCounters.Ending ending : PoolCounters.Ending.values()) {
      FunctionTimer.builder(
              "furrow.task.duration",
              this,
              it -> it.pool().attempts(ending),
              it -> it.pool().nanos(ending),
              TimeUnit.NANOSECONDS)
          .tag("outcome", lower(ending))
          .description("attempts that ended on this node, and their time in user code")
          .register(registry);
    }
    jobs(registry);
    gauge(
        registry,
        "furrow.partitions",
        "partitions of state kept by key that are open on this node",
        it -> it.partitions.open());
    for (ClusterView.State state : ClusterView.State.values()) {
      Gauge.builder("furrow.nodes", this, it -> it.nodes(state))
          .tag("state", lower(state))
          .description("members of the cluster as this node sees them")
          .register(registry);
    }
    Gauge.builder("furrow.link.pending", this, it -> it.pending.getAsLong())
        .baseUnit(BaseUnits.BYTES)
        .description("what waits to be sent to other nodes")
        .register(registry);
  }

  private void jobs(MeterRegistry registry) {
    gauge(registry, "furrow.jobs.open", "jobs submitted here", it -> it.jobs().open());
    gauge(
        registry,
        "furrow.tasks.waiting",
        "tasks submitted here that have not ended and are in no slot",
        it -> it.jobs().waiting());
    gauge(
        registry,
        "furrow.tasks.running",
        "tasks submitted here that are in a slot of any node",
        it -> it.jobs().running());
    ended(registry, PoolCounters.Ending.SUCCEEDED, JobCounters::succeeded);
    ended(registry, PoolCounters.Ending.FAILED, JobCounters::failed);
    ended(registry, PoolCounters.Ending.TIMED_OUT, JobCounters::timedOut);
    ended(registry, PoolCounters.Ending.CANCELLED, JobCounters::cancelled);
    FunctionCounter.builder("furrow.tasks.retried", this, it -> it.jobs().retried())
        .description("attempts made again after a failure")
        .register(registry);
    FunctionCounter.builder("furrow.leases.lost", this, it -> it.jobs().lost())
        .description("attempts lost with their nodes")
        .register(registry);
  }

  private void ended(
      MeterRegistry registry, PoolCounters.Ending ending, ToDoubleFunction<JobCounters> count) {
    FunctionCounter.builder("furrow.tasks.ended", this, it -> count.applyAsDouble(it.jobs()))
        .tag("outcome", lower(ending))
        .description("tasks submitted here that have ended")
        .register(registry);
  }

  private void gauge(
      MeterRegistry registry, String name, String text, ToDoubleFunction<FurrowMetrics> value) {
    Gauge.builder(name, this, value).description(text).register(registry);
  }

  private PoolCounters pool() {
    return counters.pool();
  }

  private JobCounters jobs() {
    return counters.jobs();
  }

  private long nodes(ClusterView.State state) {
    return view.get().nodes().stream().filter(node -> node.state() == state).count();
  }

  private static String lower(Enum<?> of) {
    return of.name().toLowerCase(Locale.ROOT);
  }
}
