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
import java.util.concurrent.RejectedExecutionException;

/** Where the outcomes of single tasks go: each to its ref, which is forgotten with it. */
final class Session implements OutcomeSink {

  /** A table of more refs than this is not kept when it is empty. */
  private static final int KEPT = 10_000;

  private final Vault vault;
  private final Executor files;
  private final Runnable resume;
  private Map<Long, RefHandle<?>> open = new HashMap<>();
  private int mostOpen;
  private int spilling;

  /** Batches whose refs are not in the table any more, and are being completed. */
  private int completing;

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

  /** Waits until every ref has its outcome, or for so long. */
  synchronized boolean awaitQuiet(long nanos) throws InterruptedException {
    long until = System.nanoTime() + nanos;
    while (!open.isEmpty() || completing > 0 || spilling > 0) {
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
      }
      completing++;
    }
    for (int i = 0; i < refs.size(); i++) {
      RefHandle<?> ref = refs.get(i);
      if (ref != null) {
        complete(ref, outcomes.get(i));
      }
    }
    synchronized (this) {
      completing--;
      notifyAll();
    }
  }

  private void shrink() {
    if (mostOpen > KEPT) {
      open = new HashMap<>();
      mostOpen = 0;
    }
  }

  /** Whatever happens, the ref is completed: nobody else knows of it any more. */
  private void complete(RefHandle<?> ref, OutcomeRecord outcome) {
    try {
      Vault.Kept kept = vault.keep(outcome, ref);
      if (kept == null) {
        spillLater(ref, outcome);
      } else {
        ref.complete(kept);
      }
    } catch (RuntimeException | Error defect) {
      ref.fail(lost(ref, defect));
    }
  }

  private void spillLater(RefHandle<?> ref, OutcomeRecord outcome) {
    synchronized (this) {
      spilling++;
    }
    try {
      files.execute(() -> spill(ref, outcome));
    } catch (RuntimeException refused) {
      spilled();
      throw refused;
    }
  }

  private void spill(RefHandle<?> ref, OutcomeRecord outcome) {
    try {
      ref.complete(vault.spill(outcome, ref));
    } catch (RuntimeException | Error defect) {
      ref.fail(lost(ref, defect));
    } finally {
      spilled();
    }
  }

  private void spilled() {
    boolean last;
    synchronized (this) {
      spilling--;
      last = spilling == 0;
      notifyAll();
    }
    if (last) {
      resume.run();
    }
  }

  private static FurrowException lost(RefHandle<?> ref, Throwable why) {
    return new FurrowException(
        ref + " has ended, and its result is lost: " + why.getMessage(), why);
  }

  /** While files are written no more is fetched, so that what waits for them is bounded. */
  @Override
  public synchronized boolean hasRoom() {
    return spilling == 0;
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
    try {
      files.execute(vault::close);
    } catch (RejectedExecutionException ended) {
      vault.close();
    }
  }
}
