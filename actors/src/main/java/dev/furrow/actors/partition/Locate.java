package dev.furrow.actors.partition;

import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.PartitionId;

/**
 * Asks where a partition is, by way of sharding, which starts it if it is nowhere.
 *
 * @param partition that is looked for
 * @param asker the node that is to be told
 */
record Locate(PartitionId partition, NodeId asker) implements PartitionEntity.Command {}
