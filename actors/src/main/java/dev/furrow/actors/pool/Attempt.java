package dev.furrow.actors.pool;

import dev.furrow.Furrow;
import dev.furrow.TaskContext;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One try at running a task, as the task sees it. */
final class Attempt implements TaskContext {

  private static final int NOTE = 200;

  private final HeldLease lease;
  private final String node;
  private final Nesting nesting;

  private volatile boolean cancelled;
  private volatile String progress = "";
  private volatile @Nullable Furrow nested;

  Attempt(HeldLease lease, String node, Nesting nesting) {
    this.lease = lease;
    this.node = node;
    this.nesting = nesting;
  }

  @Override
  public String jobId() {
    return lease.tenant.job.id();
  }

  @Override
  public long taskId() {
    return lease.task;
  }

  @Override
  public int attempt() {
    return lease.attempt;
  }

  @Override
  public String node() {
    return node;
  }

  @Override
  public boolean cancelled() {
    return cancelled;
  }

  @Override
  public void progress(double fraction, String note) {
    double clipped = Double.isNaN(fraction) ? 0 : Math.max(0, Math.min(1, fraction));
    String text = note.length() > NOTE ? note.substring(0, NOTE) : note;
    progress = String.format(Locale.ROOT, "%.0f %% %s", clipped * 100, text).strip();
  }

  @Override
  public synchronized Furrow furrow() {
    Furrow mine = nested;
    if (mine == null) {
      mine = nesting.open(this);
      nested = mine;
      if (cancelled) {
        end(false);
      }
    }
    return mine;
  }

  /** Its slot is gone, and what it submitted is not wanted any more. */
  void cancel() {
    cancelled = true;
    end(false);
  }

  /** What it last said of its progress; empty if nothing. */
  String progress() {
    return progress;
  }

  /** It has ended; what it submitted is kept only if it succeeded. */
  void end(boolean succeeded) {
    Furrow mine = nested;
    if (mine != null) {
      nesting.end(mine, succeeded);
    }
  }

  HeldLease lease() {
    return lease;
  }
}
