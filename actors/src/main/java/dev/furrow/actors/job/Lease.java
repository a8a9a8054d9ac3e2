package dev.furrow.actors.job;

import dev.furrow.actors.wire.Caution;
import org.jspecify.annotations.Nullable;

/** A numbered record that an attempt is with a pool. */
final class Lease {

  final long number;
  final TaskEntry task;
  final PoolView pool;
  final long issuedAt;

  /** How carefully it is to be started. */
  final Caution caution;

  /** The pool said that it entered user code. */
  boolean started;

  /** Its task was given to another pool because this one was suspect. */
  boolean replaced;

  /** An attempt beside it may have ended its node: should this one's end too, it shows no more. */
  boolean excused;

  /** An attempt beside it has failed, and the task is to be retried: its failure adds nothing. */
  boolean counted;

  /** The pool did not name it when it last said what it holds. */
  boolean missed;

  /** The last holding of its pool that named it. */
  long heldIn = -1;

  /** The next lease of the same task. */
  @Nullable Lease sibling;

  /** Its neighbours in the list of its pool: for {@link PoolView} alone. */
  @Nullable Lease before;

  @Nullable Lease after;

  Lease(long number, TaskEntry task, PoolView pool, Caution caution, long issuedAt) {
    this.number = number;
    this.task = task;
    this.pool = pool;
    this.issuedAt = issuedAt;
    this.caution = caution;
  }

  /** Whether its pool's process has ended while it ran, and no attempt beside it did that. */
  boolean isSuspicious() {
    return started && pool.ended && !excused;
  }
}
