package dev.furrow.actors.partition;

import dev.furrow.ClusterView;
import java.util.Locale;

/** A partition as users see it. */
record SeenPartition(
    String state, int index, String node, double callsPerSecond, long entries, long bytes)
    implements ClusterView.Partition {

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "partition %d of '%s' at %s, %.1f calls/s, %d entries, %d bytes",
        index,
        state,
        node,
        callsPerSecond,
        entries,
        bytes);
  }
}
