package dev.furrow.node;

import dev.furrow.ClusterLostException;
import dev.furrow.ClusterView;
import dev.furrow.Furrow;
import dev.furrow.FurrowException;
import dev.furrow.Job;
import dev.furrow.JobOptions;
import dev.furrow.Partitioned;
import dev.furrow.PartitionedOptions;
import dev.furrow.Ref;
import dev.furrow.Task;
import dev.furrow.TaskContext;
import dev.furrow.TaskOptions;
import dev.furrow.TypeRef;
import dev.furrow.actors.cluster.NodeCounters;
import dev.furrow.actors.cluster.NodeGuardian;
import dev.furrow.actors.journal.Journal;
import dev.furrow.actors.link.FrameCodec;
import dev.furrow.actors.link.Link;
import dev.furrow.actors.link.LinkSettings;
import dev.furrow.actors.link.LocalLink;
import dev.furrow.actors.link.TcpLink;
import dev.furrow.actors.partition.Partitions;
import dev.furrow.actors.partition.Placement;
import dev.furrow.actors.pool.Nesting;
import dev.furrow.actors.wire.NodeCard;
import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.StateCodec;
import dev.furrow.actors.wire.TaskCodec;
import dev.furrow.actors.wire.WireMessage;
import dev.furrow.config.Exposure;
import dev.furrow.config.NodeSettings;
import dev.furrow.config.NodeTls;
import dev.furrow.node.http.HttpServer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.InvalidActorNameException;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.typed.Cluster;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Furrow on an actor system: one node of the cluster. Started by {@link Furrow#local} and by the
 * builder on an actor system of its own, or by {@link #on} on that of a service, which it never
 * ends.
 */
public final class FurrowNode implements Furrow {

  private static final Logger log = LoggerFactory.getLogger(FurrowNode.class);
  private static final SecureRandom UIDS = new SecureRandom();

  private final NodeParts parts;
  private final Link link;
  private final Scope scope;
  private final States states;
  private final Placement placement;
  private final Callbacks callbacks;
  private final Runnable whenClosed;
  private final AtomicReference<ClusterView> view;
  private final Object viewChanged = new Object();
  private final AtomicReference<@Nullable CompletionStage<Done>> draining = new AtomicReference<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final FurrowMetrics metrics;
  private final @Nullable HttpServer http;
  private volatile Runnable whenLost = () -> {};

  private FurrowNode(
      ActorSystem<?> system,
      NodeSettings settings,
      @Nullable Executor callbackExecutor,
      Runnable whenClosed) {
    boolean clustered =
        !"local".equals(system.settings().config().getString("pekko.actor.provider"));
    this.callbacks = new Callbacks(callbackExecutor);
    this.whenClosed = whenClosed;
    TaskCodec codec =
        new TaskCodec(
            settings.tasks().allow(),
            settings.tasks().maxBytes(),
            settings.tasks().maxResult(),
            classLoader());
    NodeId self =
        clustered
            ? NodeGuardian.nodeId(Cluster.get(system).selfMember().uniqueAddress())
            : new NodeId("local", UIDS.nextLong());
    if (clustered) {
      Exposure.checkSystem(host(self), settings.tls(), system.settings().config());
    }
    Link.Listener listener = NodeGuardian.listener();
    this.link =
        clustered
            ? TcpLink.bind(
                link(settings, host(self)),
                self,
                FrameCodec.wire(),
                listener,
                system.dispatchers().lookup(NodeGuardian.CONTROL),
                settings.tls().files().isPresent() ? NodeTls.of(Adapter.toClassic(system)) : null)
            : new LocalLink(self, listener);
    NodeCard card =
        new NodeCard(
            self,
            host(self),
            linkPort(),
            settings.node().slots(),
            settings.node().resources(),
            WireMessage.VERSION,
            Versions.FURROW);
    List<String> roles =
        clustered ? NodeGuardian.roles(Cluster.get(system).selfMember()) : settings.node().roles();
    this.view = new AtomicReference<>(List::of);
    StateCodec state = codec.state();
    Partitions partitions = new Partitions(link, state, settings, System::nanoTime);
    Journal journal = new Journal(settings, clustered);
    this.placement = new Placement(system, partitions, journal, self, clustered);
    NodeCounters counters = NodeCounters.create();
    this.metrics =
        new FurrowMetrics(
            settings.node().slots(),
            counters,
            partitions,
            () -> link instanceof TcpLink tcp ? tcp.pending() : 0,
            view::get);
    NodeGuardian.Setting setting =
        new NodeGuardian.Setting(
            card,
            roles,
            link,
            codec,
            new Nested(),
            partitions,
            placement,
            settings,
            counters,
            clustered,
            this::publish);
    ActorRef<NodeGuardian.Command> guardian = guardian(system, setting, listener);
    this.parts =
        new NodeParts(system, settings, self, codec, state, partitions, guardian, callbacks);
    this.states =
        new States(parts, journal, this::usePartitions, () -> WorkerCluster.working(view.get()));
    this.scope = new Scope(parts);
    this.http = settings.http().port().isPresent() ? listen(clustered) : null;
    watchForLoss(clustered);
    CoordinatedShutdown.get(Adapter.toClassic(system))
        .addTask(CoordinatedShutdown.PhaseServiceRequestsDone(), "furrow-drain", this::drain);
  }

  /**
   * Starts the guardian, of which a system has one; that of a closed Furrow takes a moment to end.
   */
  private ActorRef<NodeGuardian.Command> guardian(
      ActorSystem<?> system, NodeGuardian.Setting setting, Link.Listener listener) {
    long until = System.nanoTime() + Duration.ofSeconds(2).toNanos();
    while (true) {
      try {
        return system.systemActorOf(
            NodeGuardian.create(setting, listener), NodeGuardian.NAME, NodeGuardian.CONTROL);
      } catch (InvalidActorNameException taken) {
        if (System.nanoTime() - until > 0) {
          closeLink();
          callbacks.close();
          throw new IllegalStateException(
              "actor system " + system.name() + " has a Furrow already: use that one, or close it",
              taken);
        }
        LockSupport.parkNanos(1_000_000);
      }
    }
  }

  /** Opens the port of {@code furrow.http}; nothing of this node stays if that fails. */
  private HttpServer listen(boolean clustered) {
    NodeStatus status =
        new NodeStatus(
            parts, clustered, this::cluster, () -> closed.get() || draining.get() != null);
    try {
      return HttpServer.bind(parts.system(), parts.settings(), status, metrics);
    } catch (RuntimeException failed) {
      endActors();
      callbacks.close();
      throw failed;
    }
  }

  /**
   * Embeds Furrow in a service that has an actor system; one for each system. With provider {@code
   * cluster} the system is a node of Furrow's cluster as soon as it is a member of its own, with
   * {@code local} it is the whole cluster. Settings are those of the system's configuration under
   * {@code furrow}. Closing it, or losing the cluster, ends neither the system nor the JVM.
   *
   * <p>In a cluster, state that is kept by key needs a Furrow on every member: partitions ask each
   * of them what it has. A member whose Furrow was closed is not asked any more, and cannot have
   * such state again with another one. In clusters of up to five members partitions find a new
   * place only when all of them answer, one that starts or stands still included, unless the
   * systems of all have {@code pekko.cluster.sharding.distributed-data.majority-min-cap = 2}, as
   * Furrow's own do.
   *
   * @throws IllegalArgumentException a setting is wrong, or the system listens where other machines
   *     reach it and has no certificates; the message names the setting and its value
   * @throws IllegalStateException the system has a Furrow that is not closed
   * @throws FurrowException a port cannot be had
   */
  public static FurrowNode on(ActorSystem<?> system) {
    NodeSettings settings = NodeSettings.from(system.settings().config());
    Exposure.checkHttp(settings);
    PekkoVersions.check(Adapter.toClassic(system));
    return new FurrowNode(system, settings, null, () -> {});
  }

  /** On a system of Furrow's own; {@code whenClosed} ends what was started for it. */
  static FurrowNode own(
      ActorSystem<?> system,
      NodeSettings settings,
      @Nullable Executor callbacks,
      Runnable whenClosed) {
    return new FurrowNode(system, settings, callbacks, whenClosed);
  }

  private static ClassLoader classLoader() {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    return context == null ? FurrowNode.class.getClassLoader() : context;
  }

  private static String host(NodeId self) {
    int colon = self.name().lastIndexOf(':');
    return colon < 0 ? self.name() : self.name().substring(0, colon);
  }

  private static LinkSettings link(NodeSettings settings, String host) {
    NodeSettings.Link link = settings.link();
    return new LinkSettings(
        settings.cluster().name(),
        host,
        link.port(),
        link.maxFrame(),
        (int) Math.min(Integer.MAX_VALUE, link.maxPending()),
        link.connectTimeout(),
        link.minRedial(),
        link.maxRedial());
  }

  /** Ends everything open as soon as this node is no longer part of a cluster. */
  private void watchForLoss(boolean clustered) {
    String node = parts.self().name();
    if (clustered) {
      var cluster = org.apache.pekko.cluster.Cluster.get(Adapter.toClassic(parts.system()));
      cluster.registerOnMemberUp(() -> tell("is a member of its cluster"));
      cluster.registerOnMemberRemoved(() -> tell("has left its cluster, or was removed"));
      cluster.registerOnMemberRemoved(
          () ->
              lose(
                  "node "
                      + node
                      + " is no longer a member of its cluster: it left, was silent"
                      + " for too long, or was on the smaller side of a broken network. Its"
                      + " unfinished tasks may have run. Start another Furrow and submit them again"));
    }
    parts
        .system()
        .getWhenTerminated()
        .whenComplete(
            (done, failure) ->
                lose("the actor system of node " + node + " has ended: start another Furrow"));
  }

  private void lose(String text) {
    if (!closed.get()) {
      boolean exiting =
          OwnSystem.ending(parts.system())
              .filter(CoordinatedShutdown.jvmExitReason()::equals)
              .isPresent();
      scope.fail(
          new ClusterLostException(
              exiting ? "this program is told to end: what it had submitted is given up" : text));
      parts.partitions().fail(text);
      whenLost.run();
    }
  }

  /** Tells whoever reads the log of a service or a pod what this node does. */
  private void tell(String what) {
    if (link instanceof TcpLink) {
      log.info("node {} {}", parts.self().name(), what);
    }
  }

  /** Sets what is run when this node is no longer part of a cluster. */
  void whenLost(Runnable action) {
    whenLost = action;
    if (parts.system().whenTerminated().isCompleted()) {
      action.run();
    }
  }

  /**
   * Whether this node was told to leave its cluster, by itself or by another, and so was not lost.
   */
  boolean hasLeft() {
    return OwnSystem.ending(parts.system())
        .filter(CoordinatedShutdown.clusterLeavingReason()::equals)
        .isPresent();
  }

  /** The node, as {@code host:port}, or {@code local}. */
  String name() {
    return parts.self().name();
  }

  /** The port for leases and results; 0 where nothing listens. */
  int linkPort() {
    return link instanceof TcpLink tcp ? tcp.port() : 0;
  }

  /** The port of {@code furrow.http}; empty if it is off. */
  public OptionalInt httpPort() {
    return http == null ? OptionalInt.empty() : OptionalInt.of(http.port());
  }

  FurrowMetrics metrics() {
    return metrics;
  }

  private void publish(ClusterView seen) {
    ClusterView before = view.getAndSet(seen);
    if (seen.nodes().size() < before.nodes().size()) {
      callbacks.execute(() -> states.sayAgain());
    }
    synchronized (viewChanged) {
      viewChanged.notifyAll();
    }
  }

  /** Waits until the members are as wanted, or for so long. */
  boolean awaitView(Predicate<ClusterView> wanted, Duration limit) throws InterruptedException {
    long until = System.nanoTime() + limit.toNanos();
    synchronized (viewChanged) {
      while (!wanted.test(view.get())) {
        long left = until - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        viewChanged.wait(left / 1_000_000 + 1);
      }
      return true;
    }
  }

  ActorRef<NodeGuardian.Command> guardian() {
    return parts.guardian();
  }

  /** Finishes what runs here within the drain timeout and returns the rest; once. */
  private CompletionStage<Done> drain() {
    synchronized (draining) {
      CompletionStage<Done> begun = draining.get();
      if (begun == null) {
        Duration within = parts.settings().node().drainTimeout();
        begun =
            AskPattern.ask(
                parts.guardian(),
                done -> new NodeGuardian.Drain(within, done),
                within.plusSeconds(5),
                parts.system().scheduler());
        draining.set(begun);
        tell("leaves: it finishes or hands back what it has");
      }
      return begun;
    }
  }

  private void awaitDrain() throws InterruptedException {
    try {
      drain().toCompletableFuture().get();
    } catch (ExecutionException late) {
      parts.system().log().warn("not everything was handed back in time: {}", late.toString());
    }
  }

  // --------------------------------------------------------------- Furrow

  @Override
  public <R> Ref<R> submit(Task<R> task) {
    return scope.submit(task, TaskOptions.defaults());
  }

  @Override
  public <R> Ref<R> submit(Task<R> task, TaskOptions options) {
    return scope.submit(task, options);
  }

  @Override
  public <R> Job<R> submitAll(Iterable<? extends Task<R>> tasks) {
    return submitAll(UNNAMED, tasks);
  }

  @Override
  public <R> Job<R> submitAll(Stream<? extends Task<R>> tasks) {
    return submitAll(UNNAMED, tasks);
  }

  @Override
  public <R> Job<R> submitAll(JobOptions options, Iterable<? extends Task<R>> tasks) {
    return scope.submitAll(options, tasks::iterator, () -> {});
  }

  @Override
  public <R> Job<R> submitAll(JobOptions options, Stream<? extends Task<R>> tasks) {
    return scope.submitAll(options, tasks::iterator, tasks::close);
  }

  static final JobOptions UNNAMED = JobOptions.named("job");

  @Override
  public <K, V> Partitioned<K, V> partitioned(
      String name, TypeRef<K> key, TypeRef<V> value, PartitionedOptions options) {
    return states.open(name, key, value, options, () -> null);
  }

  States states() {
    return states;
  }

  /**
   * Opens what partitions need, before this node is a member: from then on they come here, and
   * their callers wait. Not on forked workers, whose journal is a file that appears when it is
   * used.
   */
  void prepare() {
    if (parts.settings().node().slots() > 0 && !parts.settings().profile().equals("workers")) {
      placement.prepare();
    }
  }

  private void usePartitions() {
    scope.requireOpen();
    placement.use();
    parts.guardian().tell(NodeGuardian.UsePartitions.USE);
  }

  private void leavePartitions() throws InterruptedException {
    try {
      placement.leave().toCompletableFuture().get();
    } catch (ExecutionException failed) {
      parts.system().log().warn("not all partitions were handed over", failed);
    }
  }

  @Override
  public ClusterView cluster() {
    return new Seen(view.get().nodes(), parts.partitions().hot());
  }

  private record Seen(List<ClusterView.Node> nodes, List<ClusterView.Partition> hotPartitions)
      implements ClusterView {

    @Override
    public String toString() {
      return nodes.toString();
    }
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    scope.refuse("this Furrow is closed: start another one");
    boolean interrupted = false;
    try {
      if (!scope.awaitQuiet(parts.settings().closeTimeout().toNanos())) {
        scope.cancel();
        scope.awaitQuiet(Duration.ofSeconds(2).toNanos());
      }
      awaitDrain();
      leavePartitions();
    } catch (InterruptedException stop) {
      interrupted = true;
      scope.cancel();
    }
    scope.fail(new FurrowException("this Furrow was closed before the task ended"));
    endActors();
    whenClosed.run();
    if (http != null) {
      http.close(); // so late, for it to say until the end that this node is not ready
    }
    callbacks.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void endActors() {
    parts.partitions().close();
    parts.guardian().tell(NodeGuardian.Stop.STOP);
    closeLink();
  }

  private void closeLink() {
    if (link instanceof TcpLink tcp) {
      tcp.close();
    }
  }

  // --------------------------------------------------------------- nesting

  /** Gives each attempt that asks for one a Furrow of its own. */
  private final class Nested implements Nesting {

    @Override
    public Furrow open(TaskContext attempt) {
      return new TaskFurrow(new Scope(parts), FurrowNode.this, new CallOrigins(attempt));
    }

    @Override
    public void end(Furrow nested, boolean succeeded) {
      Scope of = ((TaskFurrow) nested).scope();
      if (succeeded) {
        of.finish();
      } else {
        of.refuse("the task that this Furrow belonged to has ended");
        of.cancel();
      }
    }
  }
}
