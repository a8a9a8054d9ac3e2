package dev.furrow.node;

import dev.furrow.JobReport;
import dev.furrow.actors.job.JobSnapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a job's numbers say about the size of its tasks. */
final class Advice {

  /** Fewer tasks tell little. */
  private static final int MEASURED = 20;

  /** A share of slot time that is worth a word. */
  private static final double NOTABLE = 0.2;

  /** Tasks of this length hide what it costs to hand them out. */
  private static final long GOOD_NANOS = 1_000_000;

  private final JobSnapshot snapshot;
  private final JobReport.SlotShares shares;
  private final List<String> advice = new ArrayList<>();

  private Advice(JobSnapshot snapshot, JobReport.SlotShares shares) {
    this.snapshot = snapshot;
    this.shares = shares;
  }

  static List<String> of(JobSnapshot snapshot, JobReport.SlotShares shares) {
    Advice all = new Advice(snapshot, shares);
    all.merge();
    all.split();
    all.feed();
    return List.copyOf(all.advice);
  }

  private void merge() {
    long median = Math.max(1, snapshot.spread().median());
    double overhead = shares.encoding() + shares.transfer();
    if (snapshot.spread().count() >= MEASURED
        && median < GOOD_NANOS / 2
        && overhead > NOTABLE
        && overhead > shares.running()) {
      advice.add(
          String.format(
              Locale.ROOT,
              "tasks are short: half of them take %s or less, and handing them out takes %.0f %% of"
                  + " the slots' time. Merge about %,d of them into one",
              time(median),
              100 * overhead,
              (GOOD_NANOS + median - 1) / median));
    }
  }

  private void split() {
    long longest = snapshot.spread().longest();
    boolean few = snapshot.accepted() < snapshot.slots() && !snapshot.sourceOpen();
    if (few && shares.waiting() > NOTABLE) {
      advice.add(
          String.format(
              Locale.ROOT,
              "there are %,d tasks for %,d slots: split them to use all slots",
              snapshot.accepted(),
              snapshot.slots()));
    } else if (longest > snapshot.wallNanos() / 4
        && longest > 4 * snapshot.spread().median()
        && shares.waiting() > NOTABLE) {
      advice.add(
          String.format(
              Locale.ROOT,
              "slots waited for %.0f %% of their time, and one task took %s of the job's %s: split"
                  + " the longest tasks, or submit them first",
              100 * shares.waiting(),
              time(longest),
              time(snapshot.wallNanos())));
    }
  }

  private void feed() {
    if (advice.isEmpty()
        && snapshot.spread().count() >= MEASURED
        && snapshot.accepted() > 4L * snapshot.slots()
        && shares.waiting() > 2 * NOTABLE) {
      advice.add(
          String.format(
              Locale.ROOT,
              "slots waited for work for %.0f %% of their time: the source gave tasks more slowly"
                  + " than they were done, the reader of outcomes() lagged, or other jobs had the"
                  + " slots",
              100 * shares.waiting()));
    }
  }

  private static String time(long nanos) {
    Duration time = Duration.ofNanos(nanos);
    if (nanos < 1_000_000) {
      return String.format(Locale.ROOT, "%.1f µs", nanos / 1e3);
    }
    if (time.toSeconds() < 1) {
      return String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
    }
    return String.format(Locale.ROOT, "%.2f s", nanos / 1e9);
  }
}
