package dev.furrow.actors.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PagedTest {

  @Test
  void shouldHoldWhatAMapWouldHold() {
    SplittableRandom random = new SplittableRandom(11);
    Paged<String> paged = new Paged<>();
    Map<Long, String> map = new HashMap<>();
    long next = 0;
    for (int step = 0; step < 20_000; step++) {
      if (random.nextInt(100) < 52) {
        next += random.nextInt(1_000) == 0 ? 5_000 : 1;
        paged.put(next, "v" + next);
        map.put(next, "v" + next);
      } else {
        long number = random.nextInt(3) == 0 ? random.nextLong(next + 2) : next - random.nextInt(9);
        assertThat(paged.remove(number)).isEqualTo(map.remove(number));
      }
      assertThat(paged.size()).isEqualTo(map.size());
      long asked = random.nextLong(next + 3_000);
      assertThat(paged.get(asked)).isEqualTo(map.get(asked));
    }
    assertThat(paged.values()).containsExactlyInAnyOrderElementsOf(map.values());
  }

  @Test
  void shouldReplaceAValueWhenItsNumberIsSetAgain() {
    Paged<String> paged = new Paged<>();
    paged.put(3, "a");

    paged.put(3, "b");

    assertThat(paged.get(3)).isEqualTo("b");
    assertThat(paged.size()).isEqualTo(1);
  }

  @Test
  void shouldRefuseANumberFarBeforeTheLast() {
    Paged<String> paged = new Paged<>();
    paged.put(10_000, "a");

    assertThatIllegalArgumentException().isThrownBy(() -> paged.put(1, "b"));
  }
}
