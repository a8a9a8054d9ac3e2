package dev.furrow.node;

import dev.furrow.FurrowException;
import dev.furrow.TaskCancelledException;
import dev.furrow.actors.job.JobSnapshot;
import dev.furrow.actors.job.OutcomeRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** Where the outcomes of single tasks go: each to its ref, which is forgotten with it. */
final class Session implements OutcomeSink {

  /** A table of more refs than this is not kept when it is empty. */
  private static final int KEPT = 10_000;

  private final Vault vault;
  private final Executor files;
  private final Runnable resume;
  private final AtomicInteger spilling = new AtomicInteger();
  private Map<Long, RefHandle<?>> open = new HashMap<>();
  private int mostOpen;

  /**
   * @param files where files may be written
   * @param resume is run when there is room again
   */
  Session(Vault vault, Executor files, Runnable resume) {
    this.vault = vault;
    this.files = files;
    this.resume = resume;
  }

  /** Notes who waits for a task, before its outcome can come. */
  synchronized void expect(long task, RefHandle<?> ref) {
    open.put(task, ref);
    mostOpen = Math.max(mostOpen, open.size());
  }

  /** Waits until every task has its outcome, or for so long. */
  synchronized boolean awaitQuiet(long nanos) throws InterruptedException {
    long until = System.nanoTime() + nanos;
    while (!open.isEmpty()) {
      long left = until - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      wait(left / 1_000_000 + 1);
    }
    return true;
  }

  @Override
  public void accept(List<OutcomeRecord> outcomes) {
    List<RefHandle<?>> refs = new ArrayList<>(outcomes.size());
    synchronized (this) {
      for (OutcomeRecord outcome : outcomes) {
        refs.add(open.remove(outcome.task()));
      }
      if (open.isEmpty()) {
        shrink();
        notifyAll();
      }
    }
    for (int i = 0; i < refs.size(); i++) {
      RefHandle<?> ref = refs.get(i);
      if (ref != null) {
        complete(ref, outcomes.get(i));
      }
    }
  }

  private void shrink() {
    if (mostOpen > KEPT) {
      open = new HashMap<>();
      mostOpen = 0;
    }
  }

  private void complete(RefHandle<?> ref, OutcomeRecord outcome) {
    Vault.Kept kept = vault.keep(outcome, ref);
    if (kept != null) {
      ref.complete(kept);
      return;
    }
    spilling.incrementAndGet();
    files.execute(
        () -> {
          spill(ref, outcome);
          if (spilling.decrementAndGet() == 0) {
            resume.run();
          }
        });
  }

  private void spill(RefHandle<?> ref, OutcomeRecord outcome) {
    try {
      ref.complete(vault.spill(outcome, ref));
    } catch (FurrowException full) {
      ref.fail(
          new FurrowException(
              ref + " has ended, and its result is lost: " + full.getMessage(), full));
    }
  }

  /** While files are written no more is fetched, so that what waits for them is bounded. */
  @Override
  public boolean hasRoom() {
    return spilling.get() == 0;
  }

  @Override
  public void ended(JobSnapshot snapshot) {
    failed(new TaskCancelledException("the task was cancelled: its Furrow is closed"));
  }

  @Override
  public void failed(FurrowException why) {
    List<RefHandle<?>> refs;
    synchronized (this) {
      refs = List.copyOf(open.values());
      open.clear();
      notifyAll();
    }
    refs.forEach(ref -> ref.fail(why));
    vault.close();
  }
}
