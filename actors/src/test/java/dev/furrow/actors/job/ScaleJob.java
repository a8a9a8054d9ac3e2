package dev.furrow.actors.job;

import dev.furrow.actors.wire.JobMessage;
import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.PoolMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A job's state as its supervisor drives it, in turns that take all commands of a moment, with a
 * meter around each: what the scale simulation needs of this package.
 */
public final class ScaleJob {

  /** What the supervisor is busy with. */
  public enum Work {
    NODE_CONNECTED,
    NODE_CLOSED,
    NODE_REMOVED,
    ACCEPT,
    END_SOURCE,
    DEMAND,
    REPORTS,
    STARTED,
    RETURNED,
    HOLDING,
    FETCH,
    TICK,
    DISPATCH,
    PROGRESS
  }

  /** Measures pieces of work. */
  public interface Meter {

    void begin();

    /** The nanoseconds since {@link #begin()}, for all that was done. */
    long end(List<Work> what);
  }

  /** What the state wants done, and the moment at which the supervisor gets to it. */
  public interface Shell {

    /** A message goes to a pool. */
    void send(NodeId to, PoolMessage message, long at);

    /** Outcomes go to the driver. */
    void deliver(OutcomeBatch batch, long at);

    /** There is room for as many more tasks. */
    void release(int tasks, long at);
  }

  private final JobState state;
  private final Meter meter;
  private final Shell shell;
  private final List<JobCommand> waiting = new ArrayList<>();
  private final List<Work> kinds = new ArrayList<>();

  /** A running job. */
  public ScaleJob(
      JobSpec spec, JobLimits limits, RandomGenerator random, long now, Meter meter, Shell shell) {
    this.state = new JobState(spec, limits, random, now);
    this.meter = meter;
    this.shell = shell;
  }

  /** The driver hands over tasks. Answers, as all that follow, whether a turn must be called. */
  public boolean accept(List<NewTask> tasks) {
    return keep(Work.ACCEPT, new JobCommand.Accept(tasks));
  }

  /** The source has no more tasks. */
  public boolean endSource() {
    return keep(Work.END_SOURCE, new JobCommand.EndSource(null));
  }

  /** A pool speaks. */
  public boolean hear(JobMessage message) {
    return keep(work(message), new JobCommand.FromPool(message));
  }

  /** A node can be reached. */
  public boolean connected(NodeId node) {
    return keep(Work.NODE_CONNECTED, new JobCommand.NodeConnected(node));
  }

  /** A node's process ended. */
  public boolean closed(NodeId node) {
    return keep(Work.NODE_CLOSED, new JobCommand.NodeClosed(node, true));
  }

  /** A node is no longer a member. */
  public boolean removed(NodeId node) {
    return keep(Work.NODE_REMOVED, new JobCommand.NodeRemoved(node, false));
  }

  /** The driver reads. */
  public boolean fetch(long cursor) {
    return keep(Work.FETCH, new JobCommand.Fetch(cursor));
  }

  private boolean keep(Work work, JobCommand command) {
    waiting.add(command);
    kinds.add(work);
    return waiting.size() == 1;
  }

  /** Works off what was told since the last turn. Answers the nanoseconds that it took. */
  public long turn(long now) {
    if (waiting.isEmpty()) {
      return 0;
    }
    List<JobCommand> commands = List.copyOf(waiting);
    List<Work> what = List.copyOf(kinds);
    waiting.clear();
    kinds.clear();
    return run(what, commands, now);
  }

  /** Time passes. Answers the nanoseconds that it took. */
  public long tick(long now) {
    long cost = turn(now);
    return cost + run(List.of(Work.TICK), List.of(new JobCommand.Tick()), now + cost);
  }

  /** The driver is told how far the job is. Answers the nanoseconds that it took. */
  public long progress(long now) {
    meter.begin();
    state.snapshot(now);
    return meter.end(List.of(Work.PROGRESS));
  }

  /** Whether the job can be forgotten. */
  public boolean isFinished() {
    return state.isFinished();
  }

  /** Checks what must always hold; slow. */
  public void check() {
    state.check();
  }

  private static Work work(JobMessage message) {
    if (message instanceof JobMessage.Reports) {
      return Work.REPORTS;
    } else if (message instanceof JobMessage.Demand) {
      return Work.DEMAND;
    } else if (message instanceof JobMessage.Started) {
      return Work.STARTED;
    }
    return message instanceof JobMessage.Holding ? Work.HOLDING : Work.RETURNED;
  }

  /** Commands, and the grants that they make possible, as the actor around the state does it. */
  private long run(List<Work> what, List<JobCommand> commands, long now) {
    long cost = step(what, commands, now, now);
    if (state.hasWaiting()) {
      cost += step(List.of(Work.DISPATCH), List.of(new JobCommand.Dispatch()), now, now + cost);
    }
    return cost;
  }

  private long step(List<Work> what, List<JobCommand> commands, long now, long from) {
    meter.begin();
    List<JobEffect> effects = state.apply(state.decide(commands, now));
    long cost = meter.end(what);
    for (JobEffect effect : effects) {
      if (effect instanceof JobEffect.Send send) {
        shell.send(send.to(), send.message(), from + cost);
      } else if (effect instanceof JobEffect.Deliver deliver) {
        shell.deliver(deliver.batch(), from + cost);
      } else if (effect instanceof JobEffect.Release release) {
        shell.release(release.tasks(), from + cost);
      }
    }
    return cost;
  }
}
