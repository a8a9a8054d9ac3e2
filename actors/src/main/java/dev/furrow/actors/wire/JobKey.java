package dev.furrow.actors.wire;

/**
 * One life of one job's supervisor.
 *
 * @param id the job's globally unique id
 * @param epoch how often its supervisor has been recovered, from 1
 * @param node where the supervisor lives
 */
public record JobKey(String id, long epoch, NodeId node) {}
