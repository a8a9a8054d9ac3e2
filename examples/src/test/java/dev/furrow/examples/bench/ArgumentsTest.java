package dev.furrow.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.furrow.examples.bench.kit.Kept;
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
        .isEqualTo(
            new Arguments(
                OURS,
                EnumSet.allOf(Row.class),
                3,
                false,
                false,
                EnumSet.of(Kept.MEMORY),
                1_000_000,
                1));
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
                "--durability",
                "journaled-h2,memory",
                "--entries",
                "10000000",
                "--heap",
                "4",
                "--help"))
        .isEqualTo(
            new Arguments(
                List.of(
                    Contender.POOL,
                    Contender.FURROW,
                    Contender.FURROW_JOURNALED_H2,
                    Contender.HAZELCAST),
                EnumSet.of(Row.SUBMIT_ALL, Row.KILL),
                5,
                true,
                true,
                EnumSet.of(Kept.MEMORY, Kept.JOURNALED_H2),
                10_000_000,
                4));
  }

  @Test
  void shouldRunOneRoundWhenQuickUnlessToldOtherwise() {
    assertThat(Arguments.parse("--quick").rounds()).isEqualTo(1);
    assertThat(Arguments.parse("--rounds", "2", "--quick").rounds()).isEqualTo(2);
  }

  @Test
  void shouldMakeFewEntriesWhenQuickUnlessToldOtherwise() {
    assertThat(Arguments.parse("--quick").entries()).isEqualTo(20_000);
    assertThat(Arguments.parse("--entries", "50", "--quick").entries()).isEqualTo(50);
  }

  @Test
  void shouldMeasureAProductOnceMoreForEachDurabilityAndOnlyItsState() {
    Arguments all =
        Arguments.parse("--durability", "memory,replicated", "--rivals", "hazelcast,ignite");
    assertThat(all.contenders())
        .containsExactly(
            Contender.FURROW,
            Contender.FURROW_REPLICATED,
            Contender.POOL,
            Contender.TCP,
            Contender.HAZELCAST,
            Contender.HAZELCAST_REPLICATED,
            Contender.IGNITE);
    assertThat(all.asksFor(Contender.FURROW, Row.UPDATES)).isTrue();
    assertThat(all.asksFor(Contender.FURROW_REPLICATED, Row.UPDATES)).isTrue();
    assertThat(all.asksFor(Contender.FURROW_REPLICATED, Row.SUBMIT)).isFalse();
    assertThat(all.asksFor(Contender.IGNITE, Row.UPDATES)).isFalse();
  }

  @Test
  void shouldLeaveOutStateInMemoryWhereOtherDurabilitiesAloneAreAskedFor() {
    Arguments journaled = Arguments.parse("--durability", "journaled-h2");
    assertThat(journaled.asksFor(Contender.FURROW, Row.UPDATES)).isFalse();
    assertThat(journaled.asksFor(Contender.FURROW, Row.SUBMIT)).isTrue();
    assertThat(journaled.asksFor(Contender.FURROW_JOURNALED_H2, Row.UPDATES)).isTrue();
    assertThat(journaled.asksFor(Contender.FURROW_JOURNALED_H2, Row.ENTRIES)).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--round 3|unknown argument '--round': --help lists those there are",
        "--rounds|--rounds needs a value after it",
        "--rounds 0|--rounds must be a whole number from 1 to 99 (was '0')",
        "--rounds many|--rounds must be a whole number from 1 to 99 (was 'many')",
        "--entries 0|--entries must be a whole number from 1 to 99999999 (was '0')",
        "--heap 1g|--heap must be a whole number from 1 to 99 (was '1g')",
        "--durability disk|there is no durability 'disk': choose from memory, replicated",
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
        .contains("--durability", "--entries", "--heap")
        .contains(Row.keys())
        .contains(Kept.keys());
  }
}
