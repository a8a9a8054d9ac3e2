package dev.furrow.actors.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.furrow.actors.wire.Caution;
import dev.furrow.actors.wire.LeaseTerms;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class LeaseQueueTest {

  private static final long AGEING = 100;

  private final Tenant tenant = new Tenant(PoolWorld.job(1), PoolWorld.LIMITS, 0);
  private final Capacity capacity = new Capacity(1, Map.of());
  private final LeaseQueue queue = new LeaseQueue(AGEING);
  private long next;

  private HeldLease add(LeaseTerms terms, long at) {
    HeldLease lease =
        new HeldLease(tenant, next, next, 1, "Type", terms, Caution.NONE, new byte[0], at);
    next++;
    queue.add(queue.lane(terms, Caution.NONE), lease);
    return lease;
  }

  private List<HeldLease> take(int most) {
    Lane lane = queue.first(capacity);
    assertThat(lane).isNotNull();
    List<HeldLease> taken = queue.take(lane, most);
    taken.forEach(lease -> lease.place = HeldLease.Place.IN_RUN);
    return taken;
  }

  @Test
  void shouldLetAPriorityOvertakeWhatCameUpToItsAgeingEarlier() {
    HeldLease old = add(LeaseTerms.NONE, 0);
    HeldLease recent = add(LeaseTerms.NONE, 250);
    HeldLease urgent = add(PoolWorld.urgent(2), 300);

    assertThat(take(1)).containsExactly(old);
    assertThat(take(1)).containsExactly(urgent);
    assertThat(queue.last()).isSameAs(recent);
  }

  @Test
  void shouldPassOverWhatDoesNotFit() {
    HeldLease gpu = add(PoolWorld.requiring("gpu", 1), 0);
    HeldLease plain = add(LeaseTerms.NONE, 1);

    assertThat(take(5)).containsExactly(plain);
    assertThat(queue.first(capacity)).isNull();
    assertThat(queue.last()).isSameAs(gpu);
  }

  @Test
  void shouldPutBackWhatWasTakenToWhereItWas() {
    for (int i = 0; i < 9; i++) {
      add(LeaseTerms.NONE, i);
    }
    List<HeldLease> first = take(3);
    List<HeldLease> second = take(3);
    queue.putBack(second.subList(1, 3));
    queue.putBack(first.subList(1, 3));

    assertThat(take(7))
        .extracting(lease -> lease.number)
        .containsExactly(1L, 2L, 4L, 5L, 6L, 7L, 8L);
    assertThat(queue.isEmpty()).isTrue();
  }

  @Test
  void shouldMergeWhatIsPutBackBetweenWhatWaits() {
    for (int i = 0; i < 6; i++) {
      add(LeaseTerms.NONE, i);
    }
    List<HeldLease> all = take(6);
    queue.putBack(List.of(all.get(1), all.get(3)));
    queue.putBack(List.of(all.get(0), all.get(2), all.get(5)));

    assertThat(take(6)).extracting(lease -> lease.number).containsExactly(0L, 1L, 2L, 3L, 5L);
  }

  @Test
  void shouldAgreeWithASortedSetWhateverIsDone() {
    for (int seed = 0; seed < 300; seed++) {
      new Comparison(seed).run();
    }
  }

  /** Random steps, beside a set that is sorted by the definition. */
  private final class Comparison {
    private final SplittableRandom random;
    private final LeaseQueue lanes = new LeaseQueue(AGEING);
    private final TreeSet<HeldLease> sorted =
        new TreeSet<>(
            Comparator.<HeldLease>comparingDouble(
                    lease -> lease.arrivedAt - (double) lease.terms.priority() * AGEING)
                .thenComparingLong(lease -> lease.arrival));
    private final List<List<HeldLease>> runs = new ArrayList<>();
    private long now;

    Comparison(long seed) {
      this.random = new SplittableRandom(seed);
    }

    void run() {
      for (int step = 0; step < 200; step++) {
        switch (random.nextInt(6)) {
          case 0, 1, 2 -> add();
          case 3 -> take();
          case 4 -> putBack();
          default -> remove();
        }
        assertThat(lanes.size()).isEqualTo(sorted.size());
        assertThat(lanes.all()).containsExactlyInAnyOrderElementsOf(sorted);
        assertThat(lanes.last()).isSameAs(sorted.isEmpty() ? null : sorted.last());
        Lane first = lanes.first(capacity);
        assertThat(first == null ? null : first.first())
            .isSameAs(sorted.isEmpty() ? null : sorted.first());
      }
    }

    private void add() {
      LeaseTerms terms = PoolWorld.urgent(random.nextInt(3));
      now += random.nextInt(60);
      HeldLease lease =
          new HeldLease(tenant, 0, 0, 1, "Type", terms, Caution.NONE, new byte[0], now);
      lanes.add(lanes.lane(terms, Caution.NONE), lease);
      sorted.add(lease);
    }

    private void take() {
      Lane lane = lanes.first(capacity);
      if (lane != null) {
        List<HeldLease> run = lanes.take(lane, 1 + random.nextInt(4));
        run.forEach(lease -> lease.place = HeldLease.Place.IN_RUN);
        run.forEach(sorted::remove);
        runs.add(run);
      }
    }

    private void putBack() {
      if (!runs.isEmpty()) {
        List<HeldLease> run = runs.remove(random.nextInt(runs.size()));
        List<HeldLease> back = run.subList(random.nextInt(run.size()), run.size());
        lanes.putBack(back);
        sorted.addAll(back);
      }
    }

    private void remove() {
      if (!sorted.isEmpty()) {
        List<HeldLease> all = List.copyOf(sorted);
        HeldLease one = all.get(random.nextInt(all.size()));
        sorted.remove(one);
        lanes.remove(one);
      }
    }
  }
}
