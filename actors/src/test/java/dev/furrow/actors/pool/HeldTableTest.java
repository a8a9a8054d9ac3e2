package dev.furrow.actors.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.furrow.actors.wire.Caution;
import dev.furrow.actors.wire.LeaseTerms;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeldTableTest {

  private final Tenant tenant = new Tenant(PoolWorld.job(1), PoolWorld.LIMITS, 0);
  private final HeldTable table = new HeldTable();

  private HeldLease lease(long number) {
    return new HeldLease(
        tenant, number, 0, 1, "Type", LeaseTerms.NONE, Caution.NONE, new byte[0], 0);
  }

  @Test
  void shouldHoldNothingAtFirst() {
    assertThat(table.isEmpty()).isTrue();
    assertThat(table.get(0)).isNull();
    table.remove(7);
    assertThat(table.size()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 4, 1024, 1L << 40, -3})
  void shouldFindWhatItHoldsWhateverTheStepOfTheNumbers(long step) {
    for (int i = 0; i < 5_000; i++) {
      table.add(lease(i * step));
    }
    for (int i = 0; i < 5_000; i += 2) {
      table.remove(i * step);
    }

    assertThat(table.size()).isEqualTo(2_500);
    for (int i = 0; i < 5_000; i++) {
      HeldLease found = table.get(i * step);
      assertThat(found != null && found.number == i * step).isEqualTo(i % 2 == 1);
    }
  }

  @Test
  void shouldAgreeWithAMapWhateverIsDone() {
    SplittableRandom random = new SplittableRandom(1);
    Map<Long, HeldLease> map = new HashMap<>();
    for (int step = 0; step < 200_000; step++) {
      long number = random.nextInt(300);
      HeldLease known = map.get(number);
      assertThat(table.get(number)).isSameAs(known);
      if (known == null) {
        HeldLease lease = lease(number);
        map.put(number, lease);
        table.add(lease);
      } else if (random.nextInt(3) > 0) {
        map.remove(number);
        table.remove(number);
      }
    }

    TreeSet<Long> seen = new TreeSet<>();
    table.forEach(lease -> seen.add(lease.number));
    assertThat(seen).containsExactlyElementsOf(new TreeSet<>(map.keySet()));
    assertThat(table.size()).isEqualTo(map.size());
  }
}
