package dev.furrow.actors.pool;

import dev.furrow.actors.wire.JobMessage;
import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.PoolId;
import dev.furrow.actors.wire.PoolMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A pool's state behind the shell that the simulator needs: what the actor around it does. */
public final class SimPool {

  /** What the state wants done. */
  public interface Shell {

    /** A message goes to a supervisor. */
    void send(NodeId to, JobMessage message);

    /** A thread is to work off a run. */
    void start(SimRun run);

    /** A thread is interrupted in what it claimed. */
    void interrupt(SimRun run, int index);

    /** A thread that waited has a slot again. */
    void unpark(int run);

    /** The pool is empty after it was told to drain. */
    void drained();
  }

  /** What a pool may be told to bound itself by; see {@code PoolLimits}. */
  public record Limits(
      int batch,
      int prefetch,
      long ageing,
      long status,
      long resend,
      long silence,
      long idle,
      int maxAbandoned) {

    static Limits of(PoolLimits limits) {
      return new Limits(
          limits.batch(),
          limits.prefetch(),
          limits.ageing(),
          limits.status(),
          limits.resend(),
          limits.silence(),
          limits.idle(),
          limits.maxAbandoned());
    }

    PoolLimits ofPool() {
      return new PoolLimits(batch, prefetch, ageing, status, resend, silence, idle, maxAbandoned);
    }
  }

  /** How an entry of a run ended. */
  public record Ended(int index, int kind, long nanos, byte[] body) {}

  private final PoolId id;
  private final PoolState state;
  private final Shell shell;
  private final Map<Integer, SimRun> runs = new HashMap<>();

  /** An empty pool. */
  public SimPool(PoolId id, int slots, Map<String, Long> offered, Limits limits, Shell shell) {
    this.id = id;
    this.shell = shell;
    this.state = new PoolState(id, slots, offered, limits.ofPool());
  }

  /** Which life of the pool this is. */
  public PoolId id() {
    return id;
  }

  /** A supervisor speaks. */
  public void hear(PoolMessage message, long now) {
    turn(new PoolCommand.FromJob(message), now);
  }

  /** A thread has finished entries. */
  public void finished(int run, List<Ended> ended, boolean last, long now) {
    List<PoolCommand.Done> done =
        ended.stream()
            .map(e -> new PoolCommand.Done(e.index(), e.kind(), e.nanos(), 0, e.body()))
            .toList();
    turn(new PoolCommand.Finished(run, done, last), now);
    if (last) {
      runs.remove(run);
    }
  }

  /** A thread waits. */
  public void parked(int run, long now) {
    turn(new PoolCommand.Parked(run), now);
  }

  /** A thread has waited. */
  public void unparked(int run, long now) {
    turn(new PoolCommand.Unparked(run), now);
  }

  /** A node can be reached. */
  public void connected(NodeId node, long now) {
    turn(new PoolCommand.NodeConnected(node), now);
  }

  /** A node is no longer a member. */
  public void removed(NodeId node, long now) {
    turn(new PoolCommand.NodeRemoved(node), now);
  }

  /** The node leaves. */
  public void drain(long until, long now) {
    turn(new PoolCommand.Drain(until), now);
  }

  /** Time passes. */
  public void tick(long now) {
    turn(new PoolCommand.Tick(), now);
  }

  /** Whether nothing is held for anybody. */
  public boolean isIdle() {
    return state.isIdle();
  }

  private void turn(PoolCommand command, long now) {
    List<PoolCommand> commands = List.of(command);
    while (!commands.isEmpty()) {
      List<PoolCommand> answers = new ArrayList<>();
      for (PoolEffect effect : state.apply(commands, now)) {
        perform(effect, answers);
      }
      state.check();
      commands = answers;
    }
  }

  private void perform(PoolEffect effect, List<PoolCommand> answers) {
    if (effect instanceof PoolEffect.Send send) {
      shell.send(send.to(), send.message());
    } else if (effect instanceof PoolEffect.Start start) {
      SimRun run = new SimRun(start.run(), start.entries());
      runs.put(start.run(), run);
      shell.start(run);
    } else if (effect instanceof PoolEffect.Truncate truncate) {
      answers.add(
          new PoolCommand.Truncated(truncate.run(), runs.get(truncate.run()).run.truncate()));
    } else if (effect instanceof PoolEffect.Revoke revoke) {
      SimRun run = runs.get(revoke.run());
      boolean done = run.run.revoke(revoke.index());
      answers.add(new PoolCommand.Revoked(revoke.run(), revoke.index(), done));
      if (done) {
        shell.interrupt(run, revoke.index());
      }
    } else if (effect instanceof PoolEffect.Unpark unpark) {
      shell.unpark(unpark.run());
    } else if (effect instanceof PoolEffect.Drained) {
      shell.drained();
    }
  }
}
