package dev.furrow.actors.partition;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyHashTest {

  /** Vectors of MurmurHash3_x86_32 with seed 0, as other implementations give them. */
  @ParameterizedTest
  @CsvSource({
    "'', 0",
    "a, 3c2569b2",
    "aa, 371091a9",
    "abc, b3dd93fa",
    "abcd, 43ed676a",
    "'Hello, world!', c0363e43",
    "The quick brown fox jumps over the lazy dog, 2e4ff723",
  })
  void shouldHashAsOthersDo(String text, String expected) {
    int hash = KeyHash.of(text.getBytes(StandardCharsets.UTF_8));

    assertThat(Integer.toHexString(hash)).isEqualTo(expected);
  }

  @Test
  void shouldSpreadKeysEvenly() {
    int[] counts = new int[128];
    IntStream.range(0, 128_000)
        .forEach(
            n -> counts[KeyHash.partition(("key-" + n).getBytes(StandardCharsets.UTF_8), 128)]++);

    assertThat(IntStream.of(counts).boxed()).allMatch(count -> count > 850 && count < 1_150);
  }
}
