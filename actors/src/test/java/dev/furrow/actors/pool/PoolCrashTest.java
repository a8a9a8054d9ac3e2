package dev.furrow.actors.pool;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.furrow.Task;
import dev.furrow.TaskContext;
import dev.furrow.TaskOptions;
import dev.furrow.actors.cluster.NodeCounters;
import dev.furrow.actors.cluster.NodeGuardian;
import dev.furrow.actors.job.Intake;
import dev.furrow.actors.job.JobSpec;
import dev.furrow.actors.job.JobSupervisor;
import dev.furrow.actors.job.NewTask;
import dev.furrow.actors.job.OutcomeBatch;
import dev.furrow.actors.job.OutcomeCursor;
import dev.furrow.actors.job.OutcomeRecord;
import dev.furrow.actors.job.TaskTerms;
import dev.furrow.actors.journal.Journal;
import dev.furrow.actors.link.Link;
import dev.furrow.actors.link.LocalLink;
import dev.furrow.actors.partition.Partitions;
import dev.furrow.actors.partition.Placement;
import dev.furrow.actors.wire.EncodedTask;
import dev.furrow.actors.wire.JobKey;
import dev.furrow.actors.wire.JobMessage;
import dev.furrow.actors.wire.NodeCard;
import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.TaskCodec;
import dev.furrow.actors.wire.WireMessage;
import dev.furrow.config.FurrowConfig;
import dev.furrow.config.NodeSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.FishingOutcomes;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A pool whose actor dies gets another life, which runs its work. */
class PoolCrashTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final NodeId SELF = new NodeId("local", 7);
  private static final Config CONFIG =
      FurrowConfig.forSystem(
          FurrowConfig.load(
              "local",
              Map.of(
                  "furrow.node.slots",
                  2,
                  "furrow.liveness.status-interval",
                  "50ms",
                  "furrow.liveness.pool-silence",
                  "300ms")));
  private static final ActorTestKit KIT =
      ActorTestKit.create("pool-crash", CONFIG.withFallback(ConfigFactory.load("reference.conf")));
  private static final TaskCodec CODEC =
      new TaskCodec(List.of(), 1 << 20, 1 << 20, PoolCrashTest.class.getClassLoader());

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

  /** A link that fails whoever sends the first reports. */
  private static final class Faulty implements Link {
    private final Link link;
    private final AtomicBoolean armed = new AtomicBoolean(true);

    /** Lives of pools whose reports went through. */
    private final Queue<Long> reported = new ConcurrentLinkedQueue<>();

    Faulty(Link link) {
      this.link = link;
    }

    @Override
    public NodeId self() {
      return link.self();
    }

    @Override
    public boolean send(NodeId to, WireMessage message) {
      if (message instanceof JobMessage.Reports reports) {
        if (armed.getAndSet(false)) {
          throw new IllegalStateException("this link fails once, for the test");
        }
        reported.add(reports.pool().incarnation());
      }
      return link.send(to, message);
    }
  }

  @Test
  void shouldRunItsWorkInAnotherLifeWhenThePoolsActorDies() throws Exception {
    Link.Listener listener = NodeGuardian.listener();
    Faulty link = new Faulty(new LocalLink(SELF, listener));
    NodeCard card = new NodeCard(SELF, "127.0.0.1", 0, 2, Map.of(), WireMessage.VERSION, "test");
    NodeSettings settings = NodeSettings.from(CONFIG);
    NodeCounters counters = NodeCounters.create();
    Partitions partitions = new Partitions(link, CODEC.state(), settings, System::nanoTime);
    ActorRef<NodeGuardian.Command> guardian =
        KIT.spawn(
            NodeGuardian.create(
                new NodeGuardian.Setting(
                    card,
                    List.of(),
                    link,
                    CODEC,
                    new NoNesting(),
                    partitions,
                    new Placement(
                        KIT.system(), partitions, new Journal(settings, false), SELF, false),
                    settings,
                    counters,
                    false,
                    view -> {}),
                listener));
    TestProbe<JobSupervisor.Reply> driver = KIT.createTestProbe();
    Intake intake = new Intake(100, 1 << 20);
    for (int i = 0; i < 20; i++) {
      EncodedTask task = CODEC.encode(new Twice(i));
      NewTask one = new NewTask(task.type(), task.payload(), TaskTerms.of(TaskOptions.defaults()));
      assertThat(intake.offer(one, index -> {}, 0)).isEqualTo(Intake.Answer.ACCEPTED);
    }
    JobSpec spec = new JobSpec(new JobKey("a-job", 1, SELF), "a job", false, false);
    guardian.tell(new NodeGuardian.StartJob(spec, intake, driver.getRef()));
    ActorRef<JobSupervisor.Command> supervisor =
        driver.expectMessageClass(JobSupervisor.Ready.class, PATIENCE).supervisor();
    supervisor.tell(new JobSupervisor.EndSource(null));

    List<OutcomeRecord> seen = outcomes(supervisor, driver);

    assertThat(seen).hasSize(20).allMatch(one -> one.kind() == OutcomeRecord.Kind.SUCCEEDED);
    for (OutcomeRecord one : seen) {
      assertThat(CODEC.decodeResult(Twice.class, one.body())).isEqualTo(2 * (int) one.task());
    }
    assertThat(link.reported).isNotEmpty().containsOnly(2L);
    assertThat(counters.jobs().succeeded()).isEqualTo(20);
    assertThat(counters.jobs().lost()).isPositive();
    assertThat(counters.pool().attempts(PoolCounters.Ending.SUCCEEDED))
        .as("those of both lives")
        .isGreaterThan(20);
    KIT.stop(guardian);
  }

  private static List<OutcomeRecord> outcomes(
      ActorRef<JobSupervisor.Command> supervisor, TestProbe<JobSupervisor.Reply> driver) {
    OutcomeCursor cursor = new OutcomeCursor();
    List<OutcomeRecord> seen = new ArrayList<>();
    while (!cursor.isAtEnd()) {
      supervisor.tell(new JobSupervisor.Fetch(cursor.next()));
      JobSupervisor.Reply reply =
          driver
              .fishForMessage(
                  PATIENCE,
                  one ->
                      one instanceof JobSupervisor.Delivery
                          ? FishingOutcomes.complete()
                          : FishingOutcomes.continueAndIgnore())
              .get(0);
      OutcomeBatch batch = ((JobSupervisor.Delivery) reply).batch();
      seen.addAll(cursor.accept(batch));
    }
    return seen;
  }
}
