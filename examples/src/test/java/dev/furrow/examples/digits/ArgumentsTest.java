package dev.furrow.examples.digits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {

  @Test
  void shouldSearchFortyEightModelsOnThreeWorkersByDefault() {
    assertThat(Arguments.parse()).isEqualTo(new Arguments(3, 48, 3, 5, 1, false, false, false));
  }

  @Test
  void shouldTakeEveryArgument() {
    assertThat(
            Arguments.parse(
                "--workers",
                "2",
                "--configs",
                "60",
                "--folds",
                "4",
                "--epochs",
                "1",
                "--seed",
                "-7",
                "--kill",
                "--serial",
                "--help"))
        .isEqualTo(new Arguments(2, 60, 4, 1, -7, true, true, true));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--wokers 3|unknown argument '--wokers': --help lists those there are",
        "3|unknown argument '3': --help lists those there are",
        "--workers|--workers needs a number after it",
        "--workers 0|--workers must be a whole number from 1 to 64 (was 0)",
        "--configs 241|--configs must be a whole number from 1 to 240 (was 241)",
        "--folds 1|--folds must be a whole number from 2 to 20 (was 1)",
        "--epochs many|--epochs must be a whole number from 1 to 1000 (was 'many')",
        "--kill --workers 1|--kill needs at least 2 workers (was 1): one must be left to go on"
      })
  void shouldRefuseWrongArgumentsAndSayWhy(String args, String message) {
    assertThatThrownBy(() -> Arguments.parse(args.split(" ")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void shouldListEveryArgumentInItsUsage() {
    assertThat(Arguments.USAGE)
        .contains("--workers", "--configs", "--folds", "--epochs", "--seed", "--kill", "--serial")
        .contains("at most 240");
  }
}
