package dev.furrow.actors.sim.scale;

import dev.furrow.actors.wire.JobMessage;
import dev.furrow.actors.wire.PoolMessage;
import dev.furrow.actors.wire.WireMessage;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Counts what crosses the network. */
final class Mail {

  private final Map<String, Integer> kinds = new TreeMap<>();
  private long toPools;
  private long toJob;

  void count(WireMessage message) {
    kinds.merge(message.getClass().getSimpleName(), 1, Integer::sum);
    if (message instanceof PoolMessage) {
      toPools++;
    } else if (message instanceof JobMessage) {
      toJob++;
    }
  }

  long toPools() {
    return toPools;
  }

  long toJob() {
    return toJob;
  }

  /** Each kind with its number a task. */
  String perTask(long tasks) {
    StringBuilder text = new StringBuilder();
    kinds.forEach(
        (kind, n) ->
            text.append(
                String.format(
                    Locale.ROOT, "%s %.4f  ", kind, tasks == 0 ? Double.NaN : n / (double) tasks)));
    return text.toString().strip();
  }

  @Override
  public String toString() {
    return kinds.toString();
  }
}
