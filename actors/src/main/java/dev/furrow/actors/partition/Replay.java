package dev.furrow.actors.partition;

import dev.furrow.actors.partition.PartitionEvent.Changed;
import dev.furrow.actors.partition.PartitionEvent.Renewed;
import dev.furrow.actors.partition.PartitionEvent.Taken;

/**
 * Makes a state of the events of a journal, and tells whether they were all there. Old marks stand
 * alone; from the first other event on each number follows the one before, unless an earlier writer
 * deletes while this is read.
 */
final class Replay {

  private final PartitionState state = new PartitionState();
  private final Renewal renewal = new Renewal();
  private long last;
  private boolean follows;
  private boolean gap;

  /** The next event, in the order of their numbers. */
  void read(PartitionEvent event, long sequence) {
    gap |= follows && sequence != last + 1;
    follows |= !(event instanceof Taken);
    last = sequence;
    if (event instanceof Changed changed) {
      state.apply(changed.change());
    } else if (event instanceof Renewed renewed) {
      state.apply(renewed.piece());
      renewal.written(renewed, sequence);
    }
  }

  /** Whether nothing was missing up to the highest number. */
  boolean isWhole(long highest) {
    return !gap && last == highest;
  }

  @Override
  public String toString() {
    return "read up to " + last + (gap ? ", not all" : "");
  }

  PartitionState state() {
    return state;
  }

  /** Where the round of renewal is that was going on. */
  Renewal renewal() {
    return renewal;
  }
}
