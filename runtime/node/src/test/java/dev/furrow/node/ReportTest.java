package dev.furrow.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.furrow.JobReport;
import dev.furrow.JobStatus;
import dev.furrow.actors.job.JobSnapshot;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {

  private static final long SECOND = 1_000_000_000;
  private static final JobSnapshot.Spread EVEN = new JobSnapshot.Spread(1_000, SECOND, SECOND);

  /** A job of ten seconds on four slots. */
  private static JobReport report(
      long tasks, JobSnapshot.SlotTime time, JobSnapshot.Spread spread, long speculated) {
    return new Report(
        "job",
        new JobSnapshot(
            JobStatus.SUCCEEDED,
            tasks,
            false,
            tasks,
            0,
            0,
            0,
            10 * SECOND,
            0,
            speculated,
            4,
            List.of(),
            time,
            spread,
            null));
  }

  private static JobSnapshot.SlotTime time(
      double offered, double occupied, double running, double encoding) {
    return new JobSnapshot.SlotTime(
        (long) (offered * SECOND),
        (long) (occupied * SECOND),
        (long) (running * SECOND),
        (long) (encoding * SECOND));
  }

  @Test
  void shouldShareOutTheTimeOfTheSlots() {
    JobReport.SlotShares shares = report(1_000, time(40, 36, 30, 2), EVEN, 0).slotShares();

    assertThat(shares.running()).isCloseTo(0.75, within(1e-9));
    assertThat(shares.encoding()).isCloseTo(0.05, within(1e-9));
    assertThat(shares.transfer()).isCloseTo(0.10, within(1e-9));
    assertThat(shares.waiting()).isCloseTo(0.10, within(1e-9));
  }

  @Test
  void shouldSumToOneWhenTasksRanWithoutASlot() {
    JobReport.SlotShares shares = report(10, time(40, 40, 90, 10), EVEN, 0).slotShares();

    assertThat(shares.running()).isCloseTo(0.9, within(1e-9));
    assertThat(shares.transfer() + shares.waiting()).isZero();
  }

  @Test
  void shouldAdviseToMergeTasksThatAreShorterThanTheirHandingOut() {
    JobSnapshot.Spread tiny = new JobSnapshot.Spread(100_000, 10_000, 50_000);

    JobReport report = report(100_000, time(40, 38, 2, 8), tiny, 0);

    assertThat(report.advice()).singleElement().asString().contains("Merge about 100", "10.0 µs");
    assertThat(report.toString()).contains("advice: tasks are short");
  }

  @Test
  void shouldAdviseToSplitATaskThatTheOthersWaitedFor() {
    JobSnapshot.Spread uneven = new JobSnapshot.Spread(100, SECOND / 100, 9 * SECOND);

    JobReport report = report(100, time(40, 12, 12, 0), uneven, 0);

    assertThat(report.advice()).singleElement().asString().contains("9.00 s of the job's 10.00 s");
  }

  @Test
  void shouldAdviseToSplitWhenThereAreFewerTasksThanSlots() {
    JobReport report =
        report(2, time(40, 20, 20, 0), new JobSnapshot.Spread(2, 10 * SECOND, 10 * SECOND), 0);

    assertThat(report.advice()).singleElement().asString().contains("2 tasks for 4 slots");
  }

  @Test
  void shouldSayThatTheSourceIsSlowWhenSlotsWaitedForNoOtherReason() {
    JobReport report = report(1_000, time(40, 10, 10, 0), EVEN, 0);

    assertThat(report.advice()).singleElement().asString().contains("waited for work for 75 %");
  }

  @Test
  void shouldAdviseNothingWhenTheSlotsWereBusy() {
    JobReport report = report(1_000, time(40, 39, 38, 0.1), EVEN, 3);

    assertThat(report.advice()).isEmpty();
    assertThat(report.toString()).contains("slot time: 95 % running", "3 attempts begun beside");
  }
}
