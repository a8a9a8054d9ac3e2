package dev.furrow.actors.cluster;

import dev.furrow.ClusterView;
import dev.furrow.actors.job.Intake;
import dev.furrow.actors.job.JobLimits;
import dev.furrow.actors.job.JobSpec;
import dev.furrow.actors.job.JobSupervisor;
import dev.furrow.actors.link.Link;
import dev.furrow.actors.link.TcpLink;
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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.apache.pekko.Done;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
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
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.UniqueAddress;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Down;
import org.apache.pekko.cluster.typed.Subscribe;
import org.jspecify.annotations.Nullable;

/**
 * The parent of a node's actors. Owns what the node knows of the members: exchanges cards with
 * them, has the link connect to them, and tells supervisors and the pool who came, broke off and
 * went. Spawns a supervisor for each job, and the pool; a pool that crashes gets another life.
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
   * A member is to leave its cluster: it hands over what it has before it does. To any guardian,
   * any number of times.
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
  private final NodeId self;
  private final Map<NodeId, Peer> peers = new LinkedHashMap<>();

  /** Cards of nodes that this one has not yet heard are members. */
  private final Map<NodeId, NodeCard> early = new HashMap<>();

  /** Likewise, those that have connected. */
  private final Set<NodeId> strangers = new HashSet<>();

  private final Map<ActorRef<JobSupervisor.Command>, JobKey> jobs = new HashMap<>();
  private @Nullable ActorRef<WorkPool.Command> pool;
  private long incarnations;
  private boolean draining;

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
    this.self = setting.card().node();
    router.wire(setting, context.getSelf());
    setting.placement().whenUsed(() -> context.getSelf().tell(UsePartitions.USE));
    Peer me = new Peer(self, setting.roles());
    me.card = setting.card();
    me.connected = true;
    peers.put(self, me);
    if (setting.clustered()) {
      ActorRef<ClusterEvent.ClusterDomainEvent> events =
          context.messageAdapter(ClusterEvent.ClusterDomainEvent.class, Membership::new);
      Cluster.get(context.getSystem())
          .subscriptions()
          .tell(Subscribe.create(events, ClusterEvent.ClusterDomainEvent.class));
      timers.startTimerWithFixedDelay(Greet.GREET, GREETING);
    }
    startPool();
    publish();
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(StartJob.class, this::onStartJob)
        .onMessage(Connected.class, this::onConnected)
        .onMessage(Closed.class, this::onClosed)
        .onMessage(Card.class, this::onCard)
        .onMessage(Membership.class, this::onMembership)
        .onMessage(Greet.class, greet -> onGreet())
        .onMessage(UsePartitions.class, use -> onUsePartitions())
        .onMessage(TickPartitions.class, tick -> onTickPartitions())
        .onMessage(ProcessEnded.class, this::onProcessEnded)
        .onMessage(Drain.class, this::onDrain)
        .onMessage(Leave.class, this::onLeave)
        .onMessage(Leaves.class, this::onLeaves)
        .onMessage(Ping.class, this::onPing)
        .onMessage(Stop.class, stop -> Behaviors.stopped())
        .onSignal(Terminated.class, this::onTerminated)
        .build();
  }

  // ------------------------------------------------------------ children

  private void startPool() {
    if (setting.card().slots() == 0 || draining) {
      return;
    }
    incarnations++;
    WorkPool.Setting of =
        new WorkPool.Setting(
            new PoolId(self, incarnations),
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
    for (Peer peer : peers.values()) {
      if (offersWork(peer)) {
        supervisor.tell(new JobSupervisor.NodeConnected(peer.id));
      }
    }
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
    draining = true;
    onLeaves(new Leaves(self));
    onGreet();
    ActorRef<WorkPool.Command> current = pool;
    if (current == null) {
      drain.done().tell(Done.getInstance());
    } else {
      current.tell(new WorkPool.Drain(drain.within(), drain.done()));
    }
    return this;
  }

  private Behavior<Command> onLeave(Leave leave) {
    Peer peer = peers.get(leave.node());
    if (leave.node().equals(self)) {
      // Not by way of the cluster: whoever is marked as leaving there may no longer decide where
      // partitions go, and another would have to begin first.
      CoordinatedShutdown.get(getContext().getSystem())
          .run(CoordinatedShutdown.clusterLeavingReason());
    } else if (peer != null && !peer.leaves()) {
      peer.toldToLeave = true;
      tellToLeave(peer);
    }
    return this;
  }

  /** One without a Furrow, or that cannot be reached, is marked as leaving. */
  private void tellToLeave(Peer peer) {
    if (peer.works()) {
      guardianOf(address(peer.id)).tell(new Leave(peer.id));
    } else {
      Cluster.get(getContext().getSystem())
          .manager()
          .tell(org.apache.pekko.cluster.typed.Leave.create(address(peer.id)));
    }
  }

  private Behavior<Command> onLeaves(Leaves message) {
    Peer peer = peers.get(message.node());
    if (peer != null && !peer.drains) {
      peer.drains = true;
      publish();
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

  // ------------------------------------------------------------- members

  /**
   * Its slots; 0 for one that leaves. Before its card has come, its role says whether it has any.
   */
  private static int slots(Peer peer) {
    NodeCard card = peer.card;
    int known = peer.roles.contains(NodeSettings.WORKER_ROLE) ? 1 : 0;
    return peer.leaves() ? 0 : card == null ? known : card.slots();
  }

  private static boolean offersWork(Peer peer) {
    NodeCard card = peer.card;
    return peer.connected && card != null && card.slots() > 0;
  }

  private Behavior<Command> onCard(Card message) {
    NodeCard card = message.card();
    Peer peer = peers.get(card.node());
    if (peer == null) {
      // Its card may come before this node has heard that it is a member.
      if (early.size() < 10_000) {
        early.put(card.node(), card);
      }
    } else if (peer.card == null) {
      accept(peer, card);
    }
    if (message.answer() && setting.clustered()) {
      guardianOf(address(card.node())).tell(new Card(setting.card(), false));
    }
    return this;
  }

  private void accept(Peer peer, NodeCard card) {
    peer.card = card;
    if (setting.link() instanceof TcpLink tcp) {
      tcp.peer(card.node(), card.linkHost(), card.linkPort());
    }
    if (offersWork(peer)) {
      tellSupervisors(new JobSupervisor.NodeConnected(peer.id));
    }
    publish();
  }

  private Behavior<Command> onConnected(Connected up) {
    Peer peer = peers.get(up.peer());
    if (peer == null) {
      strangers.add(up.peer());
      return this;
    }
    peer.connected = true;
    peer.drains = peer.id.equals(self) && draining; // it may have a new Furrow
    setting.placement().connected(peer.id);
    if (offersWork(peer)) {
      tellSupervisors(new JobSupervisor.NodeConnected(peer.id));
    }
    tellPool(new WorkPool.NodeConnected(peer.id));
    publish();
    return this;
  }

  private Behavior<Command> onClosed(Closed down) {
    strangers.remove(down.peer());
    Peer peer = peers.get(down.peer());
    if (peer != null) {
      peer.connected = false;
      setting.partitions().lost(peer.id);
      tellSupervisors(new JobSupervisor.NodeClosed(peer.id, down.ended()));
      publish();
    }
    return this;
  }

  private Behavior<Command> onMembership(Membership membership) {
    ClusterEvent.ClusterDomainEvent event = membership.event();
    if (event instanceof ClusterEvent.MemberUp up) {
      memberUp(up.member());
    } else if (event instanceof ClusterEvent.MemberWeaklyUp up) {
      memberUp(up.member());
    } else if (event instanceof ClusterEvent.MemberLeft left) {
      memberUp(left.member());
      change(left.member(), peer -> peer.leaving = true);
    } else if (event instanceof ClusterEvent.MemberExited exited) {
      memberUp(exited.member());
      change(exited.member(), peer -> peer.leaving = true);
    } else if (event instanceof ClusterEvent.MemberRemoved removed) {
      boolean left = removed.previousStatus().equals(MemberStatus.exiting());
      memberRemoved(nodeId(removed.member().uniqueAddress()), left);
    } else if (event instanceof ClusterEvent.UnreachableMember unreachable) {
      change(unreachable.member(), peer -> peer.reachable = false);
    } else if (event instanceof ClusterEvent.ReachableMember reachable) {
      change(reachable.member(), peer -> peer.reachable = true);
    }
    return this;
  }

  private void change(Member member, Consumer<Peer> how) {
    Peer peer = peers.get(nodeId(member.uniqueAddress()));
    if (peer != null) {
      how.accept(peer);
      publish();
    }
  }

  private void memberUp(Member member) {
    NodeId id = nodeId(member.uniqueAddress());
    if (peers.containsKey(id)) {
      return;
    }
    Peer peer = new Peer(id, roles(member));
    peer.connected = strangers.remove(id);
    peers.put(id, peer);
    NodeCard card = early.remove(id);
    if (card != null) {
      accept(peer, card);
    }
    guardianOf(member.address()).tell(new Card(setting.card(), peer.card == null));
    publish();
  }

  private void memberRemoved(NodeId id, boolean left) {
    early.remove(id);
    strangers.remove(id);
    if (id.equals(self) || peers.remove(id) == null) {
      return;
    }
    if (setting.link() instanceof TcpLink tcp) {
      tcp.forget(id);
    }
    tellSupervisors(new JobSupervisor.NodeRemoved(id, left));
    tellPool(new WorkPool.NodeRemoved(id));
    publish();
  }

  /** What was said may be lost: cards are asked for until they are there, and so on. */
  private Behavior<Command> onGreet() {
    for (Peer peer : peers.values()) {
      if (peer.card == null || !peer.connected) {
        guardianOf(address(peer.id)).tell(new Card(setting.card(), peer.card == null));
      }
      if (peer.toldToLeave && !peer.leaves()) {
        tellToLeave(peer);
      }
      if (draining && !peer.id.equals(self)) {
        guardianOf(address(peer.id)).tell(new Leaves(self));
      }
    }
    return this;
  }

  private Behavior<Command> onProcessEnded(ProcessEnded ended) {
    if (!setting.clustered()) {
      return this;
    }
    Cluster cluster = Cluster.get(getContext().getSystem());
    for (Member member : cluster.state().getMembers()) {
      if (member.hasRole(ended.role())) {
        cluster.manager().tell(new Down(member.address()));
      }
    }
    return this;
  }

  private ActorRef<Command> guardianOf(Address address) {
    return ActorRefResolver.get(getContext().getSystem())
        .resolveActorRef(address + "/system/" + NAME);
  }

  private Address address(NodeId node) {
    Address own = Cluster.get(getContext().getSystem()).selfMember().address();
    int colon = node.name().lastIndexOf(':');
    return new Address(
        own.protocol(),
        own.system(),
        node.name().substring(0, colon),
        Integer.parseInt(node.name().substring(colon + 1)));
  }

  /** A member's roles in order, without that of its data centre, which Pekko adds. */
  public static List<String> roles(Member member) {
    return member.getRoles().stream().filter(role -> !role.startsWith("dc-")).sorted().toList();
  }

  /** The identity of a member. */
  public static NodeId nodeId(UniqueAddress member) {
    return new NodeId(member.address().hostPort().replaceFirst("^.*@", ""), member.longUid());
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

  private void publish() {
    List<ClusterView.Node> nodes = new ArrayList<>();
    peers.values().forEach(peer -> nodes.add(peer.seen(peer.id.equals(self))));
    nodes.sort(Comparator.comparing(ClusterView.Node::name));
    Map<NodeId, Integer> slots = new HashMap<>();
    peers.values().forEach(peer -> slots.put(peer.id, slots(peer)));
    setting.placement().members(slots);
    setting.view().accept(new Peer.Seen(List.copyOf(nodes)));
  }
}
