package dev.furrow.actors.partition;

import dev.furrow.actors.wire.PartitionChange;

/** Where what a partition's turns have changed is kept. */
interface Store {

  /** What is run when a change is kept. */
  interface Kept {

    /** Applies it and answers; false if the partition was given up, and it was not applied. */
    boolean apply();
  }

  /**
   * Keeps a change, which is not empty, one at a time. Where that fails, or nobody can say whether
   * it did, {@code kept} is never run: whoever opened the partition gives it up and opens it anew.
   *
   * @param kept is run when the change is kept as durably as was promised
   */
  void keep(PartitionChange change, Kept kept);

  /** The partition is closed in order: its state is nobody's any more. */
  void leave(PartitionState state);
}
