package dev.furrow.actors.job;

import dev.furrow.JobStatus;
import dev.furrow.TaskFailure;
import dev.furrow.actors.wire.FailureRecord;
import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.WireCodec;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a task whose attempts are over: it is tried again or it ends, and with the last
 * of the tasks the job.
 *
 * <p>The commit rule: the first success of any lease issued in this epoch, for a task that has not
 * ended, is its result. Whatever comes later finds the task ended and changes nothing. This makes
 * it safe to run a task again on mere suspicion.
 *
 * <p>Invariant: each task that has ended has one outcome.
 */
final class Completion {

  private static final int CRASHES_OF_POISON = 2;

  private static final byte[] NOTHING = {};

  private final JobSpec spec;
  private final JobLimits limits;
  private final OpenTasks tasks;
  private final OutcomeLog outcomes;
  private final Fleet fleet;
  private final PoolMail mail;
  private final JobTally tally;
  private boolean sourceOpen = true;
  private @Nullable FailureRecord sourceFailure;
  private JobStatus status = JobStatus.RUNNING;
  private boolean cancelling;
  private long endedAt;

  Completion(
      JobSpec spec,
      JobLimits limits,
      OpenTasks tasks,
      OutcomeLog outcomes,
      Fleet fleet,
      PoolMail mail,
      JobTally tally) {
    this.spec = spec;
    this.limits = limits;
    this.tasks = tasks;
    this.outcomes = outcomes;
    this.fleet = fleet;
    this.mail = mail;
    this.tally = tally;
  }

  /** Whether the job has ended. */
  boolean isOver() {
    return endedAt != 0;
  }

  /** Whether what has not ended is not wanted any more. */
  boolean isCancelling() {
    return cancelling;
  }

  /** The job as numbers, of which so many tasks run. */
  JobSnapshot snapshot(int running, long at) {
    return tally.snapshot(status, sourceOpen, running, endedAt == 0 ? at : endedAt, sourceFailure);
  }

  // ------------------------------------------------------ after an attempt

  /** An attempt succeeded. */
  void succeed(TaskEntry task, byte[] result, long at) {
    end(task, OutcomeRecord.Kind.SUCCEEDED, result, at);
  }

  /** An attempt failed. Attempts beside one another count as one failure, the gravest of theirs. */
  void fail(TaskEntry task, Lease lease, TaskEntry.Failure failure, long at) {
    if (!lease.counted) {
      if (task.failure == null) {
        task.failures++;
      }
      if (task.failure == null || task.failure.retryable()) {
        task.failure = failure;
      }
    }
    settle(task, at);
  }

  /** Decides where a task goes that may have lost its last live lease. */
  void settle(TaskEntry task, long at) {
    if (task.place == TaskEntry.Place.ENDED || task.hasLiveLease()) {
      return;
    }
    TaskEntry.Failure failure = task.failure;
    if (failure != null) {
      afterFailure(task, failure, at);
    } else if (task.place == TaskEntry.Place.DELAYED) {
      return;
    } else if (task.killed().size() >= CRASHES_OF_POISON) {
      failWith(task, TaskFailure.Kind.POISON, LossTexts.poison(task), at);
    } else if (task.lost > limits.maxLost()) {
      failWith(task, TaskFailure.Kind.LOST, LossTexts.lost(task, limits.maxLost()), at);
    } else if (task.suspects() >= CRASHES_OF_POISON) {
      tasks.hold(task);
    } else if (task.place != TaskEntry.Place.QUEUED) {
      tasks.requeue(task);
    }
  }

  private void afterFailure(TaskEntry task, TaskEntry.Failure failure, long at) {
    TaskTerms terms = task.task.terms();
    if (failure.retryable() && task.failures <= terms.retries()) {
      double wait = terms.backoffNanos() * Math.pow(2, Math.min(40, task.failures - 1));
      double most = Math.min(wait, (double) limits.backoffCap());
      task.failure = null;
      task.leases().forEach(beside -> beside.counted = true);
      tally.retried++;
      tasks.delay(task, at + (long) (failure.jitter() * most));
    } else if (!task.hasLease()) {
      end(task, failure.kind(), failure.body(), at);
    } else {
      // A suspect pool may still succeed; no further attempt is allowed.
      tasks.lease(task);
    }
  }

  private void failWith(TaskEntry task, TaskFailure.Kind kind, String text, long at) {
    String node = task.killed().stream().map(NodeId::name).reduce((first, last) -> last).orElse("");
    FailureRecord failure = FailureRecord.of(kind, kind.name(), text, node);
    end(task, OutcomeRecord.Kind.FAILED, WireCodec.encodeFailure(failure), at);
  }

  /** Tasks whose retry is due wait for a pool again. */
  void retryDue(long at) {
    for (TaskEntry due = tasks.queueDue(at); due != null; due = tasks.queueDue(at)) {
      settle(due, at);
    }
  }

  // --------------------------------------------------------------- the end

  /** Commits a task's one outcome. */
  private void end(TaskEntry task, OutcomeRecord.Kind kind, byte[] body, long at) {
    if (!tasks.close(task)) {
      return;
    }
    for (Lease sibling : task.leases()) {
      mail.cancel(sibling.pool, sibling.number);
    }
    long limit = task.task.terms().lease().timeoutMillis();
    outcomes.add(new OutcomeRecord(task.index, task.task.type(), kind, body, task.attempts, limit));
    switch (kind) {
      case SUCCEEDED -> tally.succeeded++;
      case CANCELLED -> tally.cancelled++;
      case FAILED, TIMED_OUT -> {
        tally.failed++;
        tally.timedOut += kind == OutcomeRecord.Kind.TIMED_OUT ? 1 : 0;
        if (spec.failFast()) {
          sourceOpen = false;
          cancelAll(at);
        }
      }
    }
    finishIfDone(at);
  }

  /** One task is not wanted any more. */
  void cancel(long index, long at) {
    TaskEntry task = tasks.get(index);
    if (task != null) {
      end(task, OutcomeRecord.Kind.CANCELLED, NOTHING, at);
    }
  }

  /** The job is not wanted any more. */
  void cancelJob(long at) {
    if (status.isTerminal()) {
      return;
    }
    sourceOpen = false;
    cancelAll(at);
    status = JobStatus.CANCELLED;
    finishIfDone(at);
  }

  /** No more tasks will come. */
  void endSource(@Nullable FailureRecord failure, long at) {
    if (!sourceOpen) {
      return;
    }
    sourceOpen = false;
    sourceFailure = failure;
    if (failure != null) {
      cancelAll(at);
    }
    finishIfDone(at);
  }

  private void cancelAll(long at) {
    if (cancelling) {
      return;
    }
    cancelling = true;
    for (TaskEntry task : tasks.all().values()) {
      end(task, OutcomeRecord.Kind.CANCELLED, NOTHING, at);
    }
  }

  private void finishIfDone(long at) {
    if (sourceOpen || tasks.size() > 0 || endedAt != 0) {
      return;
    }
    endedAt = at;
    if (status != JobStatus.CANCELLED) {
      boolean failed = tally.failed > 0 || sourceFailure != null;
      JobStatus well = tally.cancelled > 0 ? JobStatus.CANCELLED : JobStatus.SUCCEEDED;
      status = failed ? JobStatus.FAILED : well;
    }
    for (PoolView pool : fleet.all()) {
      if (pool.incarnation > 0) {
        mail.gone(pool);
      }
    }
  }

  /** Checks what must always hold; for tests. */
  void check() {
    OpenTasks.require(tally.accepted == tally.ended() + tasks.size(), "tasks are not conserved");
    OpenTasks.require(outcomes.end() == tally.ended(), "outcomes are not conserved");
  }
}
