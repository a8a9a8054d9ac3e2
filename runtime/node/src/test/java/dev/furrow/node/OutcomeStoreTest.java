package dev.furrow.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.furrow.actors.job.OutcomeRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Unread outcomes in memory and in a file. */
final class OutcomeStoreTest {

  @TempDir private Path directory;

  private static OutcomeRecord outcome(long task) {
    return new OutcomeRecord(
        task, "a.Täsk", OutcomeRecord.Kind.SUCCEEDED, new byte[(int) (task % 50)], 2, 7);
  }

  private OutcomeStore filled(long memory, int count) {
    OutcomeStore store = new OutcomeStore(memory, directory);
    LongStream.range(0, count).mapToObj(OutcomeStoreTest::outcome).forEach(store::add);
    return store;
  }

  @Test
  void shouldKeepWhatFitsInMemoryAndTheRestInAFile() {
    try (OutcomeStore none = filled(1 << 20, 100);
        OutcomeStore some = filled(1_000, 100);
        OutcomeStore all = filled(0, 100)) {
      assertThat(none.spilled()).isZero();
      assertThat(some.spilled()).isBetween(1L, 99L);
      assertThat(all.spilled()).isEqualTo(100);
      assertThat(List.of(none.size(), some.size(), all.size())).containsOnly(100L);
    }
  }

  @Test
  void shouldGiveOutcomesInTheirOrderWhereverTheyAre() {
    try (OutcomeStore store = filled(1_000, 100)) {
      for (long task = 0; task < 100; task++) {
        OutcomeRecord next = Objects.requireNonNull(store.poll());
        assertThat(next.task()).isEqualTo(task);
        assertThat(next.type()).isEqualTo("a.Täsk");
        assertThat(next.body()).hasSize((int) (task % 50));
        assertThat(next.attempts()).isEqualTo(2);
        assertThat(next.limitMillis()).isEqualTo(7);
      }
      assertThat(store.poll()).isNull();
      assertThat(store.spilled()).isZero();
    }
  }

  @Test
  void shouldKeepTheOrderWhenReadAndFilledByTurns() {
    try (OutcomeStore store = filled(500, 20)) {
      List<Long> read = new ArrayList<>();
      for (long task = 20; task < 200; task++) {
        read.add(Objects.requireNonNull(store.poll()).task());
        store.add(outcome(task));
      }
      for (OutcomeRecord next = store.poll(); next != null; next = store.poll()) {
        read.add(next.task());
      }
      assertThat(read).isEqualTo(LongStream.range(0, 200).boxed().toList());
    }
  }

  @Test
  void shouldFindOneOutcomeAndLeaveIt() {
    try (OutcomeStore store = filled(1_000, 50)) {
      assertThat(Objects.requireNonNull(store.find(49)).body()).hasSize(49);
      assertThat(Objects.requireNonNull(store.find(0)).task()).isZero();
      store.add(outcome(77));
      assertThat(Objects.requireNonNull(store.find(77)).body()).hasSize(27);
      assertThat(store.find(50)).isNull();
      List<Long> all = new ArrayList<>();
      store.forEach(one -> all.add(one.task()));
      assertThat(all).hasSize(51);
      assertThat(store.size()).isEqualTo(51);
    }
  }

  @Test
  void shouldLeaveNoFile() throws IOException {
    OutcomeStore store = filled(0, 50);
    store.clear();
    assertThat(store.size()).isZero();
    store.add(outcome(1));
    assertThat(Objects.requireNonNull(store.poll()).task()).isEqualTo(1);
    store.close();
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).isEmpty();
    }
  }
}
