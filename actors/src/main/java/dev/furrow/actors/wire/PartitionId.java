package dev.furrow.actors.wire;

/**
 * One of the partitions of a state that is kept by key.
 *
 * @param state the state's name
 * @param index from 0
 * @param of how many there are; the same for all that know the state
 */
public record PartitionId(String state, int index, int of) {}
