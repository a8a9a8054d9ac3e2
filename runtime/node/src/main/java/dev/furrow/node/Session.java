package dev.furrow.node;

import dev.furrow.FurrowException;
import dev.furrow.TaskCancelledException;
import dev.furrow.actors.job.JobSnapshot;
import dev.furrow.actors.job.OutcomeRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where the outcomes of single tasks go: each to its ref, which is forgotten with it. */
final class Session implements OutcomeSink {

  /** A table of more refs than this is not kept when it is empty. */
  private static final int KEPT = 10_000;

  private final Vault vault;
  private Map<Long, RefHandle<?>> open = new HashMap<>();
  private int mostOpen;

  Session(Vault vault) {
    this.vault = vault;
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
    Vault.Kept kept;
    try {
      kept = vault.keep(outcome, ref);
    } catch (FurrowException full) {
      ref.fail(
          new FurrowException(
              ref + " has ended, and its result is lost: " + full.getMessage(), full));
      return;
    }
    ref.complete(kept);
  }

  @Override
  public boolean hasRoom() {
    return true;
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
