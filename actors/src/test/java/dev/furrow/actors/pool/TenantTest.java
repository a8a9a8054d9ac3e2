package dev.furrow.actors.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.furrow.actors.wire.Caution;
import dev.furrow.actors.wire.JobMessage;
import dev.furrow.actors.wire.LeaseTerms;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TenantTest {

  private final Tenant tenant = new Tenant(PoolWorld.job(1));
  private final AtomicLong sequence = new AtomicLong();

  private void report(long number, int size) {
    HeldLease lease =
        new HeldLease(
            tenant, number, number, 1, "Type", LeaseTerms.NONE, Caution.NONE, new byte[0], 0, 1);
    tenant.report(lease, 0, 1, 0, new byte[size]);
  }

  private List<JobMessage.Reports> flush(int batch) {
    return tenant.flush(PoolWorld.ID, batch, sequence::incrementAndGet, 5);
  }

  @Test
  void shouldPackReportsIntoMessagesOfBoundedLength() {
    for (int i = 0; i < 5; i++) {
      report(i, 1);
    }

    assertThat(flush(2)).extracting(message -> message.lease().length).containsExactly(2, 2, 1);
    assertThat(tenant.hasReports()).isFalse();
    assertThat(tenant.unacknowledged).hasSize(3);
  }

  @Test
  void shouldSendALargeReportAlone() {
    report(1, 3 << 20);
    report(2, 3 << 20);

    assertThat(flush(100)).hasSize(2);
  }

  @Test
  void shouldFollowTheTimeOfItsTasks() {
    tenant.measured(1_000);
    for (int i = 0; i < 200; i++) {
      tenant.measured(5_000);
    }

    assertThat(tenant.meanNanos).isBetween(4_900.0, 5_000.0);
  }
}
