package dev.furrow.actors.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.furrow.actors.wire.Caution;
import dev.furrow.actors.wire.JobMessage;
import dev.furrow.actors.wire.LeaseTerms;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReportLogTest {

  private final Tenant tenant = new Tenant(PoolWorld.job(1), PoolWorld.LIMITS, 0);
  private final AtomicLong sequence = new AtomicLong();

  private void report(ReportLog log, long number, int size) {
    HeldLease lease =
        new HeldLease(
            tenant, number, number, 1, "Type", LeaseTerms.NONE, Caution.NONE, new byte[0], 0);
    log.add(lease, 0, 10 * number, 1, new byte[size]);
  }

  private List<JobMessage.Reports> flush(ReportLog log, long now) {
    List<JobMessage.Reports> messages = new ArrayList<>();
    log.flush(PoolWorld.ID, sequence::incrementAndGet, now, messages::add);
    return messages;
  }

  @Test
  void shouldPackReportsIntoMessagesOfBoundedLength() {
    ReportLog log = new ReportLog(tenant.job, 2);
    for (int i = 0; i < 5; i++) {
      report(log, i, 1);
    }

    List<JobMessage.Reports> messages = flush(log, 5);

    assertThat(messages).extracting(JobMessage.Reports::sequence).containsExactly(1L, 2L, 3L);
    assertThat(messages.get(0).lease()).containsExactly(0, 1);
    assertThat(messages.get(1).runNanos()).containsExactly(20, 30);
    assertThat(messages.get(2).task()).containsExactly(4);
    assertThat(messages.get(2).codecNanos()).isEqualTo(1);
    assertThat(flush(log, 6)).isEmpty();
  }

  @Test
  void shouldSendALargeReportAlone() {
    ReportLog log = new ReportLog(tenant.job, 100);
    report(log, 1, 3 << 20);
    report(log, 2, 3 << 20);

    assertThat(flush(log, 5)).hasSize(2);
  }

  @Test
  void shouldPackMoreThanItHasRoomForAtFirst() {
    ReportLog log = new ReportLog(tenant.job, 1000);
    for (int i = 0; i < 100; i++) {
      report(log, i, 1);
    }

    JobMessage.Reports message = flush(log, 5).get(0);

    assertThat(message.lease()).hasSize(100).endsWith(98, 99);
    assertThat(message.body()).hasSize(100);
  }

  @Test
  void shouldSayAgainWhatWasNotAcknowledged() {
    ReportLog log = new ReportLog(tenant.job, 1);
    report(log, 1, 1);
    report(log, 2, 1);
    List<JobMessage.Reports> sent = flush(log, 5);
    List<JobMessage.Reports> again = new ArrayList<>();

    assertThat(log.acknowledged(1)).containsExactly(1);
    assertThat(log.acknowledged(1)).isNull();
    assertThat(log.isSettled()).isFalse();
    log.resend(10, 15, again::add);
    assertThat(again).isEmpty();
    log.resend(10, 16, again::add);
    assertThat(again).containsExactly(sent.get(1));
    assertThat(log.acknowledged(2)).containsExactly(2);
    assertThat(log.isSettled()).isTrue();
  }
}
