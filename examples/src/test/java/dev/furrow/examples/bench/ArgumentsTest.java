package dev.furrow.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.furrow.examples.bench.kit.Row;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {

  private static final List<Contender> OURS =
      List.of(Contender.FURROW, Contender.POOL, Contender.TCP);

  @Test
  void shouldMeasureAllRowsThreeTimesWithoutRivalsByDefault() {
    assertThat(Arguments.parse())
        .isEqualTo(new Arguments(OURS, EnumSet.allOf(Row.class), 3, false, false));
  }

  @Test
  void shouldTakeEveryArgument() {
    assertThat(
            Arguments.parse(
                "--contenders",
                "pool,furrow",
                "--rivals",
                "hazelcast",
                "--only",
                "kill,submit-all",
                "--rounds",
                "5",
                "--quick",
                "--help"))
        .isEqualTo(
            new Arguments(
                List.of(Contender.POOL, Contender.FURROW, Contender.HAZELCAST),
                EnumSet.of(Row.SUBMIT_ALL, Row.KILL),
                5,
                true,
                true));
  }

  @Test
  void shouldRunOneRoundWhenQuickUnlessToldOtherwise() {
    assertThat(Arguments.parse("--quick").rounds()).isEqualTo(1);
    assertThat(Arguments.parse("--rounds", "2", "--quick").rounds()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--round 3|unknown argument '--round': --help lists those there are",
        "--rounds|--rounds needs a value after it",
        "--rounds 0|--rounds must be a whole number from 1 to 99 (was '0')",
        "--rounds many|--rounds must be a whole number from 1 to 99 (was 'many')",
        "--only sleep|there is no row 'sleep': choose from",
        "--only kill,|there is no row '': choose from",
        "--only kill,kill|--only names one twice (was 'kill,kill')",
        "--rivals furrow|there is no rival 'furrow': choose from hazelcast",
        "--contenders hazelcast|there is no contender 'hazelcast': choose from furrow,pool,tcp"
      })
  void shouldRefuseWrongArgumentsAndSayWhy(String args, String message) {
    assertThatThrownBy(() -> Arguments.parse(args.split(" ")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void shouldListEveryArgumentInItsUsage() {
    assertThat(Arguments.USAGE)
        .contains("--rivals", "--only", "--contenders", "--rounds", "--quick", "--help")
        .contains(Row.keys());
  }
}
