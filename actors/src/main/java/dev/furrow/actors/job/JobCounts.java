package dev.furrow.actors.job;

/**
 * A job at one moment, as what the counters of its node take in of it.
 *
 * @param waiting tasks that have not ended and are in no slot
 * @param running tasks in a slot, as far as is known
 * @param succeeded tasks that succeeded
 * @param failed tasks that failed
 * @param timedOut tasks that took longer than their limit
 * @param cancelled tasks that were cancelled
 * @param retried attempts made again after a failure
 * @param lost attempts lost with their nodes
 */
record JobCounts(
    long waiting,
    long running,
    long succeeded,
    long failed,
    long timedOut,
    long cancelled,
    long retried,
    long lost) {

  static final JobCounts NONE = new JobCounts(0, 0, 0, 0, 0, 0, 0, 0);

  /** What stays of it when its supervisor has ended. */
  JobCounts past() {
    return new JobCounts(0, 0, succeeded, failed, timedOut, cancelled, retried, lost);
  }
}
