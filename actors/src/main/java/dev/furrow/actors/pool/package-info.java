/**
 * Pools: what a node holds and runs ({@code PoolState}), the threads that run it, and the actor
 * around both.
 *
 * <p>The life of a lease on a node: queued → in a run → running → reported. A run is a few leases
 * that one thread works off without asking; it is long when tasks are tiny and one lease when they
 * are not.
 */
@NullMarked
package dev.furrow.actors.pool;

import org.jspecify.annotations.NullMarked;
