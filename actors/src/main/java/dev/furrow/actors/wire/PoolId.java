package dev.furrow.actors.wire;

/**
 * One life of one node's pool. A pool that restarts has lost its leases, which its higher
 * incarnation tells.
 *
 * @param node the pool's node
 * @param incarnation counts the pool's lives on that node, from 1
 */
public record PoolId(NodeId node, long incarnation) {}
