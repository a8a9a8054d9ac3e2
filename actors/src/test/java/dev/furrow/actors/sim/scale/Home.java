package dev.furrow.actors.sim.scale;

import dev.furrow.actors.job.JobLimits;
import dev.furrow.actors.job.JobSpec;
import dev.furrow.actors.job.NewTask;
import dev.furrow.actors.job.OutcomeBatch;
import dev.furrow.actors.job.OutcomeCursor;
import dev.furrow.actors.job.ScaleJob;
import dev.furrow.actors.job.TaskTerms;
import dev.furrow.actors.wire.JobKey;
import dev.furrow.actors.wire.JobMessage;
import dev.furrow.actors.wire.LeaseTerms;
import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.PoolMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.LongUnaryOperator;

/** The node of the driver and of its job's supervisor, which is one server with a queue. */
final class Home {

  private static final long PROGRESS = 100_000_000;
  private static final int INTAKE_BATCH = 1024;

  /** From an actor to another of the same node. */
  private static final long HOP = 10_000;

  private static final TaskTerms TERMS = new TaskTerms(LeaseTerms.NONE, 0, 0);
  private static final byte[] PAYLOAD = new byte[16];

  final Server server;
  private final Trial trial;
  private final Timeline time;
  private final ScaleJob job;
  private final OutcomeCursor cursor = new OutcomeCursor();
  private int handed;
  private int open;
  private boolean awake;
  private boolean sourceEnded;

  Home(Trial trial, JobLimits limits, ScaleJob.Meter meter, SplittableRandom random) {
    this.trial = trial;
    this.time = trial.time;
    this.server = new Server(time);
    JobKey key = new JobKey("scale", 1, new NodeId("home", 0));
    this.job =
        new ScaleJob(
            new JobSpec(key, "scale", false, false), limits, random, 0, meter, new Shell());
  }

  /** The job begins: as its guardian starts it. */
  void start() {
    for (Host host : trial.hosts) {
      tell(() -> job.connected(host.id));
    }
    wake();
    fetch();
    time.at(PROGRESS, this::tick);
  }

  private void put(LongUnaryOperator work) {
    server.put(trial.ledger.isOver() ? now -> 0 : work);
  }

  /** Leaves a command, which waits for the turn that is called behind all that waits already. */
  private void tell(BooleanSupplier command) {
    put(
        now -> {
          if (command.getAsBoolean()) {
            put(job::turn);
          }
          return 0;
        });
  }

  private void tick() {
    put(job::tick);
    put(job::progress);
    time.at(time.now() + PROGRESS, this::tick);
  }

  /** A message arrives. */
  void hear(JobMessage message) {
    tell(() -> job.hear(message));
  }

  /** A node's connection is closed because its process ended. */
  void closed(NodeId node) {
    tell(() -> job.closed(node));
  }

  /** A node is removed from the cluster. */
  void removed(NodeId node) {
    tell(() -> job.removed(node));
  }

  boolean isFinished() {
    return job.isFinished();
  }

  void check() {
    job.check();
  }

  // ------------------------------------------------------------- the driver

  /** Tasks wait in the intake: as many as there is room for, since the source is never slow. */
  private void wake() {
    if (!awake && !sourceEnded) {
      awake = true;
      tell(this::intake);
    }
  }

  private boolean intake() {
    awake = false;
    int room = Math.min(trial.inFlight() - open, trial.scenario.tasks() - handed);
    int n = Math.min(INTAKE_BATCH, room);
    boolean first = n > 0 && job.accept(tasks(n));
    handed += n;
    open += n;
    if (n < room) {
      wake();
    }
    if (handed < trial.scenario.tasks() || sourceEnded) {
      return first;
    }
    sourceEnded = true;
    return job.endSource() || first;
  }

  private static List<NewTask> tasks(int n) {
    List<NewTask> tasks = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      tasks.add(new NewTask("dev.furrow.sim.Task", PAYLOAD, TERMS));
    }
    return tasks;
  }

  private void fetch() {
    tell(() -> job.fetch(cursor.next()));
  }

  private void take(OutcomeBatch batch) {
    cursor.accept(batch).forEach(trial.ledger::ended);
    if (cursor.isAtEnd()) {
      trial.ledger.allEnded(batch.snapshot());
    }
    time.at(time.now() + HOP, this::fetch);
  }

  private final class Shell implements ScaleJob.Shell {

    @Override
    public void send(NodeId to, PoolMessage message, long at) {
      trial.mail.count(message);
      if (message instanceof PoolMessage.Leases leases) {
        trial.ledger.leased(leases, at);
      }
      Host host = trial.host(to);
      host.toHere.carry(at, () -> host.hear(message));
    }

    @Override
    public void deliver(OutcomeBatch batch, long at) {
      time.at(at + HOP, () -> take(batch));
    }

    @Override
    public void release(int tasks, long at) {
      open -= tasks;
      if (handed < trial.scenario.tasks()) {
        time.at(at + HOP, Home.this::wake);
      }
    }
  }
}
