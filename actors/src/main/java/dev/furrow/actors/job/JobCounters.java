package dev.furrow.actors.job;

import java.util.concurrent.atomic.LongAdder;

/**
 * The jobs of a node's drivers together, those that have ended among them. Supervisors change it
 * once a turn; any thread may read it.
 */
public final class JobCounters {

  private final LongAdder open = new LongAdder();
  private final LongAdder waiting = new LongAdder();
  private final LongAdder running = new LongAdder();
  private final LongAdder succeeded = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder timedOut = new LongAdder();
  private final LongAdder cancelled = new LongAdder();
  private final LongAdder retried = new LongAdder();
  private final LongAdder lost = new LongAdder();

  /** {@return jobs that have a supervisor} */
  public long open() {
    return open.sum();
  }

  /** {@return tasks of theirs that have not ended and are in no slot} */
  public long waiting() {
    return waiting.sum();
  }

  /** {@return tasks of theirs that are in a slot, as far as is known} */
  public long running() {
    return running.sum();
  }

  /** {@return tasks that succeeded} */
  public long succeeded() {
    return succeeded.sum();
  }

  /** {@return tasks that failed} */
  public long failed() {
    return failed.sum();
  }

  /** {@return tasks that took longer than their limit} */
  public long timedOut() {
    return timedOut.sum();
  }

  /** {@return tasks that were cancelled} */
  public long cancelled() {
    return cancelled.sum();
  }

  /** {@return attempts made again after a failure} */
  public long retried() {
    return retried.sum();
  }

  /** {@return attempts lost with their nodes} */
  public long lost() {
    return lost.sum();
  }

  void opened() {
    open.increment();
  }

  void closed() {
    open.decrement();
  }

  /** A job has gone on. */
  void move(JobCounts from, JobCounts to) {
    add(waiting, to.waiting() - from.waiting());
    add(running, to.running() - from.running());
    add(succeeded, to.succeeded() - from.succeeded());
    add(failed, to.failed() - from.failed());
    add(timedOut, to.timedOut() - from.timedOut());
    add(cancelled, to.cancelled() - from.cancelled());
    add(retried, to.retried() - from.retried());
    add(lost, to.lost() - from.lost());
  }

  private static void add(LongAdder to, long more) {
    if (more != 0) {
      to.add(more);
    }
  }
}
