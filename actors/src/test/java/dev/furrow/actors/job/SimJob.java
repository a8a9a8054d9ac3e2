package dev.furrow.actors.job;

import dev.furrow.actors.wire.FailureRecord;
import dev.furrow.actors.wire.JobMessage;
import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.PoolMessage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A job's state behind the shell that the simulator needs: what the actor around it does. */
public final class SimJob {

  /** What the state wants done. */
  public interface Shell {

    /** A message goes to a pool. */
    void send(NodeId to, PoolMessage message);

    /** Outcomes go to the driver. */
    void deliver(OutcomeBatch batch);

    /** Something that people should know. */
    void warn(String text);
  }

  private final JobState state;
  private final Shell shell;
  private final boolean checked;

  /**
   * A running job.
   *
   * @param commitCheck false to see what happens when every success is committed
   */
  public SimJob(
      JobSpec spec,
      JobLimits limits,
      RandomGenerator random,
      long now,
      Shell shell,
      boolean commitCheck) {
    long ageing = limits.ageing();
    OpenTasks tasks = commitCheck ? new OpenTasks(ageing) : new Gullible(ageing);
    this.state = new JobState(spec, limits, random, now, tasks);
    this.shell = shell;
    this.checked = commitCheck;
  }

  /** The driver hands over tasks. */
  public void accept(List<NewTask> tasks, long now) {
    turn(new JobCommand.Accept(tasks), now);
  }

  /** The source ends, with a failure or without. */
  public void endSource(@Nullable FailureRecord failure, long now) {
    turn(new JobCommand.EndSource(failure), now);
  }

  /** A task is not wanted. */
  public void cancelTask(long task, long now) {
    turn(new JobCommand.CancelTask(task), now);
  }

  /** The job is not wanted. */
  public void cancelJob(long now) {
    turn(new JobCommand.CancelJob(), now);
  }

  /** A pool speaks. */
  public void hear(JobMessage message, long now) {
    turn(new JobCommand.FromPool(message), now);
  }

  /** A node can be reached. */
  public void connected(NodeId node, long now) {
    turn(new JobCommand.NodeConnected(node), now);
  }

  /** A connection broke. */
  public void closed(NodeId node, boolean ended, long now) {
    turn(new JobCommand.NodeClosed(node, ended), now);
  }

  /** A node is no longer a member. */
  public void removed(NodeId node, boolean left, long now) {
    turn(new JobCommand.NodeRemoved(node, left), now);
  }

  /** The driver reads. */
  public void fetch(long cursor, long now) {
    turn(new JobCommand.Fetch(cursor), now);
  }

  /** Time passes. */
  public void tick(long now) {
    turn(new JobCommand.Tick(), now);
  }

  /** Whether the job can be forgotten. */
  public boolean isFinished() {
    return state.isFinished();
  }

  /** The job in numbers. */
  public JobSnapshot snapshot(long now) {
    return state.snapshot(now);
  }

  /** What is known of a task that has not ended; for messages of failed checks. */
  public String describe(long index) {
    TaskEntry task = state.task(index);
    if (task == null) {
      return "task " + index + " ended or was never accepted";
    }
    StringBuilder text = new StringBuilder("task " + index + " is " + task.place);
    text.append(" attempts=").append(task.attempts).append(" lost=").append(task.lost);
    text.append(" suspects=").append(task.suspects()).append(" killed=").append(task.killed());
    for (Lease lease : task.leases()) {
      text.append(" [lease ").append(lease.number).append(" at ").append(lease.pool.node);
      text.append(lease.started ? " started" : "").append(lease.pool.suspect ? " suspect" : "");
      text.append(lease.pool.connected ? " connected" : "").append(']');
    }
    return text.toString();
  }

  private void turn(JobCommand command, long now) {
    run(List.of(command), now);
    if (state.hasWaiting()) {
      run(List.of(new JobCommand.Dispatch()), now);
    }
    if (checked) {
      state.check();
    }
  }

  private void run(List<JobCommand> commands, long now) {
    List<JobEvent> events = state.decide(commands, now);
    List<JobEffect> effects = state.apply(events);
    for (JobEvent event : events) {
      if (event instanceof JobEvent.Granted granted) {
        checkDemand(granted);
      }
    }
    effects.forEach(this::perform);
  }

  private void checkDemand(JobEvent.Granted granted) {
    PoolView pool = state.pool(granted.pool().node());
    if (pool != null && pool.held() > pool.most) {
      throw new IllegalStateException(
          pool.id() + " holds " + pool.held() + " leases and asked for " + pool.most);
    }
  }

  private void perform(JobEffect effect) {
    if (effect instanceof JobEffect.Send send) {
      shell.send(send.to(), send.message());
    } else if (effect instanceof JobEffect.Deliver deliver) {
      shell.deliver(deliver.batch());
    } else if (effect instanceof JobEffect.Warn warn) {
      shell.warn(warn.text());
    }
  }

  /** Tasks without the commit check: a success is committed however often it is reported. */
  private static final class Gullible extends OpenTasks {

    private final Map<Long, TaskEntry> ended = new HashMap<>();

    Gullible(long ageing) {
      super(ageing);
    }

    @Override
    @Nullable TaskEntry reported(long index) {
      TaskEntry open = super.reported(index);
      return open == null ? ended.get(index) : open;
    }

    @Override
    boolean close(TaskEntry task) {
      super.close(task);
      ended.put(task.index, task);
      return true;
    }
  }
}
