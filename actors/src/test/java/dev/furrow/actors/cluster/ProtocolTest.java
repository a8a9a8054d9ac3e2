package dev.furrow.actors.cluster;

import static dev.furrow.ClusterView.State.LEAVING;
import static dev.furrow.ClusterView.State.UP;
import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.furrow.ClusterView;
import dev.furrow.Task;
import dev.furrow.TaskContext;
import dev.furrow.TaskOptions;
import dev.furrow.actors.job.Intake;
import dev.furrow.actors.job.JobSpec;
import dev.furrow.actors.job.JobSupervisor;
import dev.furrow.actors.job.NewTask;
import dev.furrow.actors.job.OutcomeCursor;
import dev.furrow.actors.job.OutcomeRecord;
import dev.furrow.actors.job.TaskTerms;
import dev.furrow.actors.journal.Journal;
import dev.furrow.actors.link.Link;
import dev.furrow.actors.link.LocalLink;
import dev.furrow.actors.partition.Partitions;
import dev.furrow.actors.partition.Placement;
import dev.furrow.actors.pool.NoNesting;
import dev.furrow.actors.pool.WorkPool;
import dev.furrow.actors.wire.EncodedTask;
import dev.furrow.actors.wire.JobKey;
import dev.furrow.actors.wire.JobMessage;
import dev.furrow.actors.wire.NodeCard;
import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.PoolId;
import dev.furrow.actors.wire.PoolMessage;
import dev.furrow.actors.wire.TaskCodec;
import dev.furrow.actors.wire.WireMessage;
import dev.furrow.config.FurrowConfig;
import dev.furrow.config.NodeSettings;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.Done;
import org.apache.pekko.actor.UnhandledMessage;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.FishingOutcomes;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.eventstream.EventStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The actors of one node, spoken to as their peers do. */
class ProtocolTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final NodeId SELF = new NodeId("local", 7);
  private static final NodeId OTHER = new NodeId("10.0.0.2:7000", 8);
  private static final Config CONFIG =
      FurrowConfig.forSystem(FurrowConfig.load("local", Map.of("furrow.node.slots", 2)));
  private static final NodeSettings SETTINGS = NodeSettings.from(CONFIG);
  private static final ActorTestKit KIT =
      ActorTestKit.create("protocol", CONFIG.withFallback(ConfigFactory.load("reference.conf")));
  private static final TaskCodec CODEC =
      new TaskCodec(List.of(), 1 << 20, 1 << 20, ProtocolTest.class.getClassLoader());

  record Twice(int n) implements Task<Integer> {
    @Override
    public Integer run(TaskContext context) {
      return 2 * n;
    }
  }

  @AfterAll
  static void stop() {
    KIT.shutdownTestKit();
  }

  private final AtomicReference<ClusterView> view = new AtomicReference<>(List::of);

  private ActorRef<NodeGuardian.Command> guardian() {
    Link.Listener listener = NodeGuardian.listener();
    NodeCard card = new NodeCard(SELF, "127.0.0.1", 0, 2, Map.of(), WireMessage.VERSION, "test");
    Link link = new LocalLink(SELF, listener);
    Partitions partitions = new Partitions(link, CODEC.state(), SETTINGS, System::nanoTime);
    return KIT.spawn(
        NodeGuardian.create(
            new NodeGuardian.Setting(
                card,
                List.of(),
                link,
                CODEC,
                new NoNesting(),
                partitions,
                new Placement(KIT.system(), partitions, new Journal(SETTINGS, false), SELF, false),
                SETTINGS,
                NodeCounters.create(),
                false,
                view::set),
            listener));
  }

  @Test
  void shouldRunAJobFromItsIntakeToItsLastOutcome() throws Exception {
    ActorRef<NodeGuardian.Command> guardian = guardian();
    TestProbe<JobSupervisor.Reply> driver = KIT.createTestProbe();
    Intake intake = new Intake(100, 1 << 20);
    for (int i = 0; i < 50; i++) {
      EncodedTask task = CODEC.encode(new Twice(i));
      NewTask one = new NewTask(task.type(), task.payload(), TaskTerms.of(TaskOptions.defaults()));
      assertThat(intake.offer(one, index -> {}, 0)).isEqualTo(Intake.Answer.ACCEPTED);
    }
    JobSpec spec = new JobSpec(new JobKey("a-job", 1, SELF), "a job", false, false);
    guardian.tell(new NodeGuardian.StartJob(spec, intake, driver.getRef()));
    ActorRef<JobSupervisor.Command> supervisor =
        driver.expectMessageClass(JobSupervisor.Ready.class, PATIENCE).supervisor();
    supervisor.tell(new JobSupervisor.EndSource(null));

    OutcomeCursor cursor = new OutcomeCursor();
    List<OutcomeRecord> seen = new ArrayList<>();
    while (!cursor.isAtEnd()) {
      supervisor.tell(new JobSupervisor.Fetch(cursor.next()));
      JobSupervisor.Delivery delivery =
          (JobSupervisor.Delivery)
              driver
                  .fishForMessage(
                      PATIENCE,
                      reply ->
                          reply instanceof JobSupervisor.Delivery
                              ? FishingOutcomes.complete()
                              : FishingOutcomes.continueAndIgnore())
                  .get(0);
      seen.addAll(cursor.accept(delivery.batch()));
    }
    assertThat(seen).hasSize(50).allMatch(one -> one.kind() == OutcomeRecord.Kind.SUCCEEDED);
    for (OutcomeRecord one : seen) {
      assertThat(CODEC.decodeResult(Twice.class, one.body())).isEqualTo(2 * (int) one.task());
    }
    supervisor.tell(new JobSupervisor.Fetch(cursor.next()));
    driver.expectTerminated(supervisor, PATIENCE);
    KIT.stop(guardian);
  }

  @Test
  void shouldShowItselfAsTheOnlyMemberAndThatItLeaves() {
    ActorRef<NodeGuardian.Command> guardian = guardian();
    TestProbe<Done> probe = KIT.createTestProbe();
    guardian.tell(new NodeGuardian.Ping(probe.getRef()));
    probe.expectMessage(PATIENCE, Done.getInstance());
    assertThat(view.get().nodes()).extracting(ClusterView.Node::state).containsExactly(UP);
    assertThat(view.get().slots()).isEqualTo(2);
    guardian.tell(new NodeGuardian.Drain(Duration.ofSeconds(1), probe.getRef()));
    probe.expectMessage(PATIENCE, Done.getInstance());
    assertThat(view.get().nodes()).extracting(ClusterView.Node::state).containsExactly(LEAVING);
    assertThat(view.get().slots()).isZero();
    KIT.stop(guardian);
  }

  @Test
  void shouldLeaveNoCommandUnhandled() throws Exception {
    TestProbe<UnhandledMessage> unhandled = KIT.createTestProbe();
    KIT.system()
        .eventStream()
        .tell(new EventStream.Subscribe<>(UnhandledMessage.class, unhandled.getRef()));
    TestProbe<JobSupervisor.Reply> driver = KIT.createTestProbe();
    TestProbe<Done> done = KIT.createTestProbe();
    JobKey job = new JobKey("strange", 1, SELF);
    PoolId pool = new PoolId(OTHER, 1);
    JobMessage fromPool = new JobMessage.Returned(job, pool, new long[] {1});
    PoolMessage fromJob = new PoolMessage.Announce(new JobKey("elsewhere", 1, OTHER));

    ActorRef<NodeGuardian.Command> guardian = guardian();
    Intake intake = new Intake(1, 1);
    guardian.tell(
        new NodeGuardian.StartJob(
            new JobSpec(job, "strange", false, false), intake, driver.getRef()));
    ActorRef<JobSupervisor.Command> supervisor =
        driver.expectMessageClass(JobSupervisor.Ready.class, PATIENCE).supervisor();
    List<JobSupervisor.Command> toSupervisor =
        List.of(
            new JobSupervisor.EndSource(null),
            new JobSupervisor.CancelTask(3),
            new JobSupervisor.NodeConnected(OTHER),
            new JobSupervisor.FromPool(fromPool),
            new JobSupervisor.NodeClosed(OTHER, true),
            new JobSupervisor.NodeRemoved(OTHER, false),
            new JobSupervisor.CancelJob(),
            new JobSupervisor.Fetch(0));
    toSupervisor.forEach(supervisor::tell);
    assertCovers(JobSupervisor.Command.class, toSupervisor);

    ActorRef<WorkPool.Command> workPool =
        KIT.spawn(
            WorkPool.create(
                new WorkPool.Setting(
                    new PoolId(SELF, 9),
                    1,
                    Map.of(),
                    new LocalLink(SELF, NodeGuardian.listener()),
                    CODEC,
                    new NoNesting(),
                    SETTINGS,
                    NodeCounters.create().pool(),
                    System::nanoTime)));
    List<WorkPool.Command> toPool =
        List.of(
            new WorkPool.FromJob(fromJob),
            new WorkPool.NodeConnected(OTHER),
            new WorkPool.NodeRemoved(OTHER),
            new WorkPool.Drain(Duration.ofMillis(1), done.getRef()));
    toPool.forEach(workPool::tell);
    assertCovers(WorkPool.Command.class, toPool);
    done.expectMessage(PATIENCE, Done.getInstance());

    NodeCard card = new NodeCard(OTHER, "10.0.0.2", 1, 1, Map.of(), 1, "test");
    List<NodeGuardian.Command> toGuardian =
        List.of(
            new NodeGuardian.StartJob(
                new JobSpec(new JobKey("b", 1, SELF), "b", false, false), intake, driver.getRef()),
            new NodeGuardian.Connected(OTHER),
            new NodeGuardian.Card(card, false),
            new NodeGuardian.Closed(OTHER, true),
            new NodeGuardian.ProcessEnded("nobody"),
            new NodeGuardian.Leave(OTHER),
            new NodeGuardian.Leaves(OTHER),
            NodeGuardian.UsePartitions.USE,
            new NodeGuardian.Ping(done.getRef()),
            new NodeGuardian.Drain(Duration.ofMillis(1), done.getRef()),
            NodeGuardian.Stop.STOP);
    assertCovers(NodeGuardian.Command.class, toGuardian);
    toGuardian.subList(0, toGuardian.size() - 1).forEach(guardian::tell);
    done.expectMessage(PATIENCE, Done.getInstance());
    done.expectMessage(PATIENCE, Done.getInstance());
    guardian.tell(NodeGuardian.Stop.STOP);
    driver.expectTerminated(guardian, PATIENCE);

    unhandled.expectNoMessage(Duration.ofMillis(100));
  }

  /** Fails when a command that others can send is not among those that were sent. */
  private static void assertCovers(Class<?> protocol, List<?> sent) {
    List<Class<?>> open =
        Arrays.stream(protocol.getPermittedSubclasses())
            .filter(type -> Modifier.isPublic(type.getModifiers()))
            .<Class<?>>map(type -> type)
            .toList();
    assertThat(sent.stream().<Class<?>>map(Object::getClass).toList()).containsAll(open);
  }

  @Test
  void shouldNotWaitWhenTheIntakeIsClosed() throws Exception {
    Intake intake = new Intake(1, 10);
    NewTask task = new NewTask("T", new byte[4], TaskTerms.of(TaskOptions.defaults()));
    assertThat(intake.offer(task, index -> {}, 0)).isEqualTo(Intake.Answer.ACCEPTED);
    assertThat(intake.offer(task, index -> {}, TimeUnit.MILLISECONDS.toNanos(1)))
        .isEqualTo(Intake.Answer.FULL);
    intake.close();
    assertThat(intake.offer(task, index -> {}, Long.MAX_VALUE)).isEqualTo(Intake.Answer.CLOSED);
  }
}
