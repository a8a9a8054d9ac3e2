package dev.furrow.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.furrow.Furrow;
import dev.furrow.Outcome;
import dev.furrow.Task;
import dev.furrow.TaskContext;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ResultsTest {

  record Half(int n) implements Task<Integer> {
    @Override
    public Integer run(TaskContext context) {
      if (n % 2 != 0) {
        throw new IllegalArgumentException(n + " is odd");
      }
      return n / 2;
    }
  }

  private static Outcome<Integer> outcome(Half task) {
    try (Furrow furrow = Furrow.local();
        Stream<Outcome<Integer>> outcomes = furrow.submitAll(List.of(task)).outcomes()) {
      return outcomes.findFirst().orElseThrow();
    }
  }

  @Test
  void shouldGiveTheResultOfATaskThatSucceeded() {
    assertThat(Results.value(outcome(new Half(6)), new Half(6))).isEqualTo(3);
  }

  @Test
  void shouldNameTheTaskAndItsFailureWhenItDidNotSucceed() {
    assertThatThrownBy(() -> Results.value(outcome(new Half(3)), new Half(3)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "task 0, Half[n=3], did not succeed: java.lang.IllegalArgumentException: 3 is odd"
                + " [THREW on local]");
  }

  @Test
  void shouldNameTheTaskWhenItWasCancelled() {
    assertThatThrownBy(() -> Results.value(new Outcome.Cancelled<>(7), new Half(3)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("task 7, Half[n=3], did not succeed: Cancelled");
  }
}
