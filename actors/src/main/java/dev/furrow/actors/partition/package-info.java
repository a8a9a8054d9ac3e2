/**
 * State that is kept by key. {@link dev.furrow.actors.partition.Partitions} is what a node has to
 * do with it: {@code Caller} makes calls, one {@code Outbox} a partition; {@code Partition} does
 * them in turns, and has what they change kept by a {@code Store} before it is applied to a {@code
 * PartitionState} and answered. Who keeps it, {@code PartitionEntity} decides by the durability:
 * {@code LeftKeeper}, {@code ReplicaKeeper} or {@code JournalKeeper}.
 */
@NullMarked
package dev.furrow.actors.partition;

import org.jspecify.annotations.NullMarked;
