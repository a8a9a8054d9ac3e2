/**
 * Clusters of up to 10,000 nodes in one thread and virtual time: the real states of one job and of
 * all pools on a network that loses nothing. The supervisor's real CPU time is measured and delays
 * its answers, so that its limits show in what the cluster achieves.
 */
@NullMarked
package dev.furrow.actors.sim.scale;

import org.jspecify.annotations.NullMarked;
