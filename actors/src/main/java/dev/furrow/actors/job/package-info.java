/**
 * Jobs: what a supervisor knows of its tasks, leases and pools ({@code JobState}), and the actor
 * around it.
 *
 * <p>The life of a task: accepted → queued → leased → ended. A lease is a numbered record that an
 * attempt is with a pool. It ends by a report, by the pool returning it, or by the loss of the
 * pool; a task may have several, and the first success of any of them is committed.
 */
@NullMarked
package dev.furrow.actors.job;

import org.jspecify.annotations.NullMarked;
