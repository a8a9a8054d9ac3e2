package dev.furrow.actors.wire;

import dev.furrow.Durability;

/**
 * One of the partitions of a state that is kept by key.
 *
 * @param state the state's name
 * @param index from 0
 * @param of how many there are; the same for all that know the state
 * @param durability what it survives; likewise
 */
public record PartitionId(String state, int index, int of, Durability durability) {

  @Override
  public String toString() {
    return "partition " + index + " of " + of + " of '" + state + "'";
  }
}
