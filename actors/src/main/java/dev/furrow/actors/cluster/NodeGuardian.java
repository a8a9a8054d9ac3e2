package dev.furrow.actors.cluster;

import dev.furrow.ClusterView;
import dev.furrow.actors.job.Intake;
import dev.furrow.actors.job.JobLimits;
import dev.furrow.actors.job.JobSpec;
import dev.furrow.actors.job.JobSupervisor;
import dev.furrow.actors.link.Link;
import dev.furrow.actors.partition.Partitions;
import dev.furrow.actors.partition.Placement;
import dev.furrow.actors.pool.Nesting;
import dev.furrow.actors.pool.WorkPool;
import dev.furrow.actors.wire.JobKey;
import dev.furrow.actors.wire.NodeCard;
import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.PoolId;
import dev.furrow.actors.wire.TaskCodec;
import dev.furrow.config.NodeSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.Terminated;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.apache.pekko.cluster.ClusterEvent;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.UniqueAddress;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Subscribe;
import org.jspecify.annotations.Nullable;

/**
 * The parent of a node's actors. Spawns a supervisor for each job, and the pool; a pool that
 * crashes gets another life. Tells them which members came, broke off and went.
 */
public final class NodeGuardian extends AbstractBehavior<NodeGuardian.Command> {

  /** Under this name below {@code /system}. */
  public static final String NAME = "furrow";

  /** Where the guardian and the actors below it run. */
  public static final DispatcherSelector CONTROL =
      DispatcherSelector.fromConfig("furrow.dispatcher.control");

  private static final Duration GREETING = Duration.ofMillis(500);
  private static final Duration PARTITIONS_TICK = Duration.ofMillis(100);

  /** What a guardian can be told. */
  public sealed interface Command {}

  /** Starts a job whose tasks come through an intake. */
  public record StartJob(JobSpec spec, Intake intake, ActorRef<JobSupervisor.Reply> driver)
      implements Command {}

  /** What a member says of itself; {@code answer} if it wants to hear the same of this node. */
  public record Card(NodeCard card, boolean answer) implements Command {}

  /** Finish what runs within a time, return the rest, and say when that is done. */
  public record Drain(Duration within, ActorRef<Done> done) implements Command {}

  /**
   * A member, this node or another, is to leave its cluster: it hands over what it has before it
   * does. Any number of times.
   */
  public record Leave(NodeId node) implements Command {}

  /** Said by a member that has begun to leave, which may take a while: it wants nothing new. */
  public record Leaves(NodeId node) implements Command {}

  /** A process that this node started has ended: the member with its role is down. */
  public record ProcessEnded(String role) implements Command {}

  /** Answer, to show that this node can. */
  public record Ping(ActorRef<Done> answer) implements Command {}

  /** End, with everything below. */
  public enum Stop implements Command {
    STOP
  }

  /** The link has connected to a node. */
  record Connected(NodeId peer) implements Command {}

  /** The link to a node broke. */
  record Closed(NodeId peer, boolean ended) implements Command {}

  private record Membership(ClusterEvent.ClusterDomainEvent event) implements Command {}

  private enum Greet implements Command {
    GREET
  }

  /** Somebody on this node has to do with state that is kept by key: from now on time passes. */
  public enum UsePartitions implements Command {
    USE
  }

  private enum TickPartitions implements Command {
    TICK
  }

  /**
   * A node's surroundings.
   *
   * @param card what the node says of itself
   * @param roles its roles in the cluster
   * @param link reaches other nodes
   * @param codec reads tasks and writes results
   * @param nesting gives tasks a Furrow
   * @param partitions state that is kept by key
   * @param placement where its partitions are
   * @param settings the node's settings
   * @param counters what the node counts
   * @param clustered false where this JVM is the whole cluster
   * @param view is given the members whenever they change
   */
  public record Setting(
      NodeCard card,
      List<String> roles,
      Link link,
      TaskCodec codec,
      Nesting nesting,
      Partitions partitions,
      Placement placement,
      NodeSettings settings,
      NodeCounters counters,
      boolean clustered,
      Consumer<ClusterView> view) {}

  private final Setting setting;
  private final TimerScheduler<Command> timers;
  private final Router router;
  private final Members members;
  private final Map<ActorRef<JobSupervisor.Command>, JobKey> jobs = new HashMap<>();
  private @Nullable ActorRef<WorkPool.Command> pool;
  private long incarnations;

  /** A link listener that brings records to the actors of the guardian it is later given to. */
  public static Link.Listener listener() {
    return new Router();
  }

  /**
   * The guardian of a node.
   *
   * @param listener from {@link #listener()}, the one that the link was given
   */
  public static Behavior<Command> create(Setting setting, Link.Listener listener) {
    return Behaviors.setup(
        context ->
            Behaviors.withTimers(
                timers -> new NodeGuardian(context, timers, setting, (Router) listener)));
  }

  private NodeGuardian(
      ActorContext<Command> context,
      TimerScheduler<Command> timers,
      Setting setting,
      Router router) {
    super(context);
    context.setLoggerName(NodeGuardian.class);
    this.setting = setting;
    this.timers = timers;
    this.router = router;
    router.wire(setting, context.getSelf());
    setting.placement().whenUsed(() -> context.getSelf().tell(UsePartitions.USE));
    this.members = new Members(setting, context.getSystem(), new Told());
    if (setting.clustered()) {
      ActorRef<ClusterEvent.ClusterDomainEvent> events =
          context.messageAdapter(ClusterEvent.ClusterDomainEvent.class, Membership::new);
      Cluster.get(context.getSystem())
          .subscriptions()
          .tell(Subscribe.create(events, ClusterEvent.ClusterDomainEvent.class));
      timers.startTimerWithFixedDelay(Greet.GREET, GREETING);
    }
    startPool();
    members.publish();
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(StartJob.class, this::onStartJob)
        .onMessage(Connected.class, up -> run(() -> members.connected(up.peer())))
        .onMessage(Closed.class, down -> run(() -> members.closed(down.peer(), down.ended())))
        .onMessage(Card.class, card -> run(() -> members.introduced(card)))
        .onMessage(Membership.class, change -> run(() -> members.changed(change.event())))
        .onMessage(Greet.class, greet -> run(members::greet))
        .onMessage(UsePartitions.class, use -> onUsePartitions())
        .onMessage(TickPartitions.class, tick -> onTickPartitions())
        .onMessage(ProcessEnded.class, ended -> run(() -> members.down(ended.role())))
        .onMessage(Drain.class, this::onDrain)
        .onMessage(Leave.class, leave -> run(() -> members.leave(leave.node())))
        .onMessage(Leaves.class, leaves -> run(() -> members.leaves(leaves.node())))
        .onMessage(Ping.class, this::onPing)
        .onMessage(Stop.class, stop -> Behaviors.stopped())
        .onSignal(Terminated.class, this::onTerminated)
        .build();
  }

  private Behavior<Command> run(Runnable what) {
    what.run();
    return this;
  }

  // ------------------------------------------------------------ children

  private void startPool() {
    if (setting.card().slots() == 0 || members.drains()) {
      return;
    }
    incarnations++;
    WorkPool.Setting of =
        new WorkPool.Setting(
            new PoolId(setting.card().node(), incarnations),
            setting.card().slots(),
            setting.card().resources(),
            setting.link(),
            setting.codec(),
            setting.nesting(),
            setting.settings(),
            setting.counters().pool(),
            System::nanoTime);
    ActorRef<WorkPool.Command> started =
        getContext().spawn(WorkPool.create(of), "pool-" + incarnations, CONTROL);
    getContext().watch(started);
    pool = started;
    router.pool(started);
  }

  private Behavior<Command> onStartJob(StartJob start) {
    NodeSettings settings = setting.settings();
    long status = settings.liveness().statusInterval().toNanos();
    JobLimits limits =
        new JobLimits(
            settings.jobs().ageing().toNanos(),
            settings.jobs().backoffCap().toNanos(),
            settings.jobs().maxLost(),
            settings.jobs().batch(),
            settings.results().window(),
            settings.results().memory(),
            settings.liveness().poolSilence().toNanos(),
            settings.jobs().slowPercent() / 100.0,
            settings.jobs().slowAge().toNanos(),
            status);
    JobSupervisor.Setting of =
        new JobSupervisor.Setting(
            limits,
            setting.link(),
            System::nanoTime,
            new SplittableRandom(),
            settings.liveness().tick(),
            setting.counters().jobs());
    JobKey key = start.spec().key();
    ActorRef<JobSupervisor.Command> supervisor =
        getContext()
            .spawn(
                JobSupervisor.create(start.spec(), start.intake(), start.driver(), of),
                "job-" + key.id(),
                CONTROL);
    jobs.put(supervisor, key);
    getContext().watch(supervisor);
    router.add(key, supervisor);
    start.driver().tell(new JobSupervisor.Ready(supervisor));
    members.workers().forEach(node -> supervisor.tell(new JobSupervisor.NodeConnected(node)));
    return this;
  }

  private Behavior<Command> onTerminated(Terminated ended) {
    JobKey job = jobs.remove(ended.getRef().<JobSupervisor.Command>unsafeUpcast());
    if (job != null) {
      router.remove(job);
    } else {
      getContext().getLog().warn("the pool has crashed: another takes its place");
      startPool();
    }
    return this;
  }

  private Behavior<Command> onDrain(Drain drain) {
    members.leaves(setting.card().node());
    ActorRef<WorkPool.Command> current = pool;
    if (current == null) {
      drain.done().tell(Done.getInstance());
    } else {
      current.tell(new WorkPool.Drain(drain.within(), drain.done()));
    }
    return this;
  }

  private Behavior<Command> onPing(Ping ping) {
    ping.answer().tell(Done.getInstance());
    return this;
  }

  private Behavior<Command> onUsePartitions() {
    if (!timers.isTimerActive(TickPartitions.TICK)) {
      timers.startTimerWithFixedDelay(TickPartitions.TICK, TickPartitions.TICK, PARTITIONS_TICK);
    }
    return this;
  }

  private Behavior<Command> onTickPartitions() {
    setting.partitions().tick();
    return this;
  }

  /** A member's roles in order, without that of its data centre, which Pekko adds. */
  public static List<String> roles(Member member) {
    return member.getRoles().stream().filter(role -> !role.startsWith("dc-")).sorted().toList();
  }

  /** The identity of a member. */
  public static NodeId nodeId(UniqueAddress member) {
    return new NodeId(member.address().hostPort().replaceFirst("^.*@", ""), member.longUid());
  }

  /** Tells supervisors, the pool and partitions what becomes known of members. */
  private final class Told implements Members.Listener {

    @Override
    public void offersWork(NodeId node) {
      tellSupervisors(new JobSupervisor.NodeConnected(node));
    }

    @Override
    public void connected(NodeId node) {
      setting.placement().connected(node);
      tellPool(new WorkPool.NodeConnected(node));
    }

    @Override
    public void closed(NodeId node, boolean ended) {
      setting.partitions().lost(node);
      tellSupervisors(new JobSupervisor.NodeClosed(node, ended));
    }

    @Override
    public void removed(NodeId node, boolean left) {
      tellSupervisors(new JobSupervisor.NodeRemoved(node, left));
      tellPool(new WorkPool.NodeRemoved(node));
    }
  }

  private void tellSupervisors(JobSupervisor.Command command) {
    jobs.keySet().forEach(supervisor -> supervisor.tell(command));
  }

  private void tellPool(WorkPool.Command command) {
    ActorRef<WorkPool.Command> current = pool;
    if (current != null) {
      current.tell(command);
    }
  }
}
