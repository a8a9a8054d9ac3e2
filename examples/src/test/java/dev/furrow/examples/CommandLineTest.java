package dev.furrow.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CommandLineTest {

  private static CommandLine first(String... words) {
    CommandLine line = new CommandLine(words);
    assertThat(line.next()).isTrue();
    return line;
  }

  @Test
  void shouldReadNamesAndNumbersInTurn() {
    CommandLine line = first("--one", "1", "--two");
    assertThat(line.name()).isEqualTo("--one");
    assertThat(line.number(0, 9)).isEqualTo(1);
    assertThat(line.next()).isTrue();
    assertThat(line.name()).isEqualTo("--two");
    assertThat(line.next()).isFalse();
  }

  @Test
  void shouldRefuseNumberOutOfRange() {
    assertThatThrownBy(() -> first("--one", "10").number(0, 9))
        .hasMessage("--one must be a whole number from 0 to 9 (was 10)");
    assertThatThrownBy(() -> first("--one", "ten").number(0, 9))
        .hasMessage("--one must be a whole number from 0 to 9 (was 'ten')");
  }

  @Test
  void shouldRefuseNameWithoutItsValue() {
    assertThatThrownBy(() -> first("--one").value("a word"))
        .hasMessage("--one needs a word after it");
  }
}
