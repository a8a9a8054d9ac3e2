package dev.furrow;

/** Counts of a job's tasks. The five states are disjoint and sum to {@link #total()}. */
public interface JobProgress {

  /** {@return how many tasks there are, or −1 while the source is still being read} */
  long total();

  /** {@return how many tasks succeeded} */
  long done();

  /** {@return how many tasks failed or timed out for good} */
  long failed();

  /** {@return how many tasks were cancelled} */
  long cancelled();

  /** {@return how many tasks are with a node} */
  long running();

  /** {@return how many tasks wait: for a slot, or to be tried again} */
  long queued();
}
