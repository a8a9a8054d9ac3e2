/**
 * State that is kept by key. {@link dev.furrow.actors.partition.Partitions} is what a node has to
 * do with it: {@code Caller} makes calls, one {@code Outbox} a partition; {@code Partition} does
 * them in turns, and keeps what they change in a {@code PartitionState}.
 */
@NullMarked
package dev.furrow.actors.partition;

import org.jspecify.annotations.NullMarked;
