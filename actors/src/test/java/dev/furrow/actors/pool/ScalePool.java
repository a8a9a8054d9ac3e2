package dev.furrow.actors.pool;

import dev.furrow.actors.wire.JobMessage;
import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.PoolId;
import dev.furrow.actors.wire.PoolMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A pool's state as its actor drives it, with slots that others work in virtual time: what the
 * scale simulation needs of this package.
 */
public final class ScalePool {

  /** The run is over. */
  public static final int GONE = -1;

  /** What the state wants done. */
  public interface Shell {

    /** A message goes to a supervisor. */
    void send(NodeId to, JobMessage message);

    /** A slot is to work off these tasks, one after the other. */
    void start(int run, long[] tasks);

    /** Takes back what is not begun. Answers how many tasks of the run stay, or {@link #GONE}. */
    int truncate(int run);
  }

  private final PoolState state;
  private final Shell shell;
  private final List<PoolCommand> inbox = new ArrayList<>();

  /** An empty pool. */
  public ScalePool(PoolId id, int slots, SimPool.Limits limits, Shell shell) {
    this.shell = shell;
    this.state = new PoolState(id, slots, Map.of(), limits.ofPool());
  }

  /** A supervisor speaks. */
  public void hear(PoolMessage message, long now) {
    turn(List.of(new PoolCommand.FromJob(message)), now);
  }

  /** A slot has finished tasks. Answers whether the pool must be woken to {@link #listen}. */
  public boolean finished(int run, List<SimPool.Ended> ended, boolean last) {
    List<PoolCommand.Done> done = new ArrayList<>(ended.size());
    for (SimPool.Ended one : ended) {
      done.add(new PoolCommand.Done(one.index(), one.kind(), one.nanos(), 0, one.body()));
    }
    inbox.add(new PoolCommand.Finished(run, done, last));
    return inbox.size() == 1;
  }

  /** Takes in what slots have said. */
  public void listen(long now) {
    List<PoolCommand> said = List.copyOf(inbox);
    inbox.clear();
    turn(said, now);
  }

  /** Time passes. */
  public void tick(long now) {
    turn(List.of(new PoolCommand.Tick()), now);
  }

  private void turn(List<PoolCommand> first, long now) {
    List<PoolCommand> commands = first;
    while (!commands.isEmpty()) {
      List<PoolCommand> answers = new ArrayList<>();
      for (PoolEffect effect : state.apply(commands, now)) {
        perform(effect, answers);
      }
      commands = answers;
    }
  }

  private void perform(PoolEffect effect, List<PoolCommand> answers) {
    if (effect instanceof PoolEffect.Send send) {
      shell.send(send.to(), send.message());
    } else if (effect instanceof PoolEffect.Start start) {
      shell.start(start.run(), start.entries().stream().mapToLong(one -> one.task).toArray());
    } else if (effect instanceof PoolEffect.Truncate truncate) {
      int kept = shell.truncate(truncate.run());
      if (kept != GONE) {
        answers.add(new PoolCommand.Truncated(truncate.run(), kept));
      }
    } else if (effect instanceof PoolEffect.Revoke revoke) {
      // Nobody cancels here: what is told to stop has finished, and the pool will hear so.
      answers.add(new PoolCommand.Revoked(revoke.run(), revoke.index(), false));
    }
  }
}
