package dev.furrow.node;

import dev.furrow.JobProgress;
import dev.furrow.actors.job.JobSnapshot;

/** A job's counts, made from a snapshot. */
record Progress(JobSnapshot snapshot) implements JobProgress {

  @Override
  public String toString() {
    return done()
        + " done, "
        + failed()
        + " failed, "
        + cancelled()
        + " cancelled, "
        + running()
        + " running, "
        + queued()
        + " queued of "
        + (total() < 0 ? "more" : total());
  }

  @Override
  public long total() {
    return snapshot.sourceOpen() ? -1 : snapshot.accepted();
  }

  @Override
  public long done() {
    return snapshot.succeeded();
  }

  @Override
  public long failed() {
    return snapshot.failed();
  }

  @Override
  public long cancelled() {
    return snapshot.cancelled();
  }

  @Override
  public long running() {
    return snapshot.running();
  }

  @Override
  public long queued() {
    return snapshot.accepted() - done() - failed() - cancelled() - running();
  }
}
