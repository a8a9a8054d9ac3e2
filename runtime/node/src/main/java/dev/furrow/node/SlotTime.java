package dev.furrow.node;

import dev.furrow.JobReport;
import dev.furrow.actors.job.JobSnapshot;

/** The shares of slot time. Tasks that wait inside for others run without a slot: hence the sum. */
record SlotTime(double running, double encoding, double transfer, double waiting)
    implements JobReport.SlotShares {

  static SlotTime of(JobSnapshot.SlotTime time) {
    long coded = time.running() + time.encoding();
    double transfer = Math.max(0, time.occupied() - coded);
    double waiting = Math.max(0, time.offered() - Math.max(time.occupied(), coded));
    double all = coded + transfer + waiting;
    if (all == 0) {
      return new SlotTime(0, 0, 0, 1);
    }
    return new SlotTime(time.running() / all, time.encoding() / all, transfer / all, waiting / all);
  }
}
