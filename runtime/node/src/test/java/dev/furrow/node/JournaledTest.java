package dev.furrow.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.furrow.Change;
import dev.furrow.Durability;
import dev.furrow.Furrow;
import dev.furrow.FurrowException;
import dev.furrow.Partitioned;
import dev.furrow.PartitionedOptions;
import dev.furrow.Update;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** State that is kept in a file of H2, in one JVM. */
class JournaledTest {

  record Add(long n) implements Update<Long, Long> {
    @Override
    public Change<Long, Long> apply(Optional<Long> now) {
      long sum = now.orElse(0L) + n;
      return Change.set(sum, sum);
    }
  }

  record Put(byte[] value) implements Update<byte[], Boolean> {
    @Override
    public Change<byte[], Boolean> apply(Optional<byte[]> now) {
      return Change.set(value, true);
    }
  }

  record Remove() implements Update<Long, Boolean> {
    @Override
    public Change<Long, Boolean> apply(Optional<Long> now) {
      return Change.remove(now.isPresent());
    }
  }

  @TempDir Path folder;

  private Furrow furrow() {
    return furrow(Map.of());
  }

  private Furrow furrow(Map<String, Object> settings) {
    Furrow.Builder builder =
        Furrow.builder().set("furrow.journal.h2.directory", folder.resolve("data").toString());
    settings.forEach(builder::set);
    return builder.start();
  }

  private static <V> Partitioned<String, V> state(Furrow furrow, Class<V> type, int partitions) {
    return furrow.partitioned(
        "counts",
        String.class,
        type,
        PartitionedOptions.defaults().partitions(partitions).durability(Durability.JOURNALED));
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  @Test
  void shouldHaveAfterARestartWhatWasAcknowledged() {
    try (Furrow furrow = furrow()) {
      Partitioned<String, Long> counts = state(furrow, Long.class, 8);
      Map<String, Add> all =
          IntStream.range(0, 1_000)
              .boxed()
              .collect(Collectors.toMap(n -> "key-" + n, n -> new Add(n)));
      join(counts.updateAll(all));
      join(counts.update("key-7", new Add(100)));
      join(counts.update("key-8", new Remove()));
    }
    try (Furrow furrow = furrow()) {
      Partitioned<String, Long> counts = furrow.partitioned("counts", String.class, Long.class);

      assertThat(join(counts.size())).isEqualTo(999);
      assertThat(join(counts.get("key-7"))).contains(107L);
      assertThat(join(counts.get("key-8"))).isEmpty();
      assertThat(join(counts.get("key-999"))).contains(999L);
      assertThat(join(counts.update("key-999", new Add(1)))).isEqualTo(1_000);
    }
  }

  @Test
  void shouldKnowAfterARestartHowAStateIsKept() {
    try (Furrow furrow = furrow()) {
      join(state(furrow, Long.class, 8).update("a", new Add(1)));
    }
    try (Furrow furrow = furrow()) {
      assertThatThrownBy(() -> state(furrow, Long.class, 16))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("kept in 8 partitions with durability JOURNALED")
          .hasMessageContaining("asked for 16");
      assertThatThrownBy(
              () ->
                  furrow.partitioned(
                      "counts",
                      String.class,
                      Long.class,
                      PartitionedOptions.defaults().durability(Durability.MEMORY)))
          .hasMessageContaining("JOURNALED")
          .hasMessageContaining("MEMORY");
    }
  }

  @Test
  void shouldMakeNoFileBeforeStateIsJournaled() {
    try (Furrow furrow = furrow()) {
      join(furrow.partitioned("other", String.class, Long.class).update("a", new Add(1)));
      assertThat(folder.resolve("data")).doesNotExist();

      join(state(furrow, Long.class, 2).update("a", new Add(1)));
      assertThat(folder.resolve("data/furrow.mv.db")).exists();
    }
  }

  @Test
  void shouldSayWhatToDoWhereThereIsNoJournal() {
    try (Furrow furrow =
        furrow(Map.of("furrow.journal.kind", "none", "furrow.partitions.call-timeout", "300ms"))) {
      assertThatThrownBy(() -> state(furrow, Long.class, 2))
          .isInstanceOf(FurrowException.class)
          .hasMessageContaining("furrow.journal.kind = none")
          .hasMessageContaining("set it to h2 or postgresql");
      Partitioned<String, Long> other = furrow.partitioned("counts", String.class, Long.class);
      assertThat(join(other.update("a", new Add(1)))).isEqualTo(1);
    }
  }

  @Test
  void shouldKeepAFewTimesWhatThereIsHoweverOftenItWasChanged() {
    int keys = 20;
    int changes = 1_000;
    try (Furrow furrow = furrow()) {
      Partitioned<String, byte[]> values = state(furrow, byte[].class, 1);
      for (int n = 0; n < changes; n++) {
        byte[] value = new byte[2_000];
        value[0] = (byte) n;
        join(values.update("key-" + n % keys, new Put(value)));
      }
      // All changes together are 2 MB, what is kept 40 kB.
      Eventually.holds("old events deleted", () -> bytes() < 400_000);
    }
    try (Furrow furrow = furrow()) {
      Partitioned<String, byte[]> values = state(furrow, byte[].class, 1);
      for (int key = 0; key < keys; key++) {
        byte expected = (byte) (changes - keys + key);
        assertThat(join(values.get("key-" + key)).orElseThrow()[0]).isEqualTo(expected);
      }
    }
  }

  @Test
  void shouldLeaveMemoryWhenNobodyCallsAndComeBackWithWhatWasKept() {
    try (Furrow furrow = furrow(Map.of("furrow.partitions.passivate-after", "1s"))) {
      Partitioned<String, Long> counts = state(furrow, Long.class, 1);
      Eventually.holds(
          "a partition that is called is there",
          () -> {
            join(counts.update("called", new Add(1)));
            return furrow.cluster().hotPartitions().stream()
                .anyMatch(one -> one.state().equals("counts") && one.entries() == 1);
          });
      long sum = join(counts.get("called")).orElseThrow();

      Eventually.holds("it has left memory", () -> furrow.cluster().hotPartitions().isEmpty());

      assertThat(join(counts.update("called", new Add(1)))).isEqualTo(sum + 1);
      Eventually.holds(
          "it is back",
          () -> furrow.cluster().hotPartitions().stream().anyMatch(one -> one.entries() == 1));
    }
  }

  /** Each opening leaves a mark for ever: the plugin's own reading ends at a page of marks. */
  @Test
  void shouldReadWhatIsKeptBehindMoreMarksThanAPage() throws Exception {
    try (Furrow furrow = furrow()) {
      join(state(furrow, Long.class, 1).update("a", new Add(5)));
    }
    String marks =
        "INSERT INTO \"furrow_journal\" (\"persistence_id\", \"sequence_number\", \"writer\","
            + " \"write_timestamp\", \"adapter_manifest\", \"event_payload\", \"event_ser_id\","
            + " \"event_ser_manifest\") SELECT \"persistence_id\", X * 500, \"writer\","
            + " \"write_timestamp\", \"adapter_manifest\", \"event_payload\", \"event_ser_id\","
            + " \"event_ser_manifest\" FROM \"furrow_journal\", SYSTEM_RANGE(1, 250)"
            + " WHERE \"sequence_number\" = 1000001 AND \"persistence_id\" LIKE '%/counts/%'";
    change("UPDATE \"furrow_journal\" SET \"sequence_number\" = \"sequence_number\" + 1000000");
    assertThat(change(marks)).isEqualTo(250);

    try (Furrow furrow = furrow()) {
      assertThat(join(state(furrow, Long.class, 1).update("a", new Add(1)))).isEqualTo(6);
    }
  }

  private int change(String sql) throws SQLException {
    String url = "jdbc:h2:file:" + folder.resolve("data/furrow");
    try (Connection connection = DriverManager.getConnection(url, "furrow", "");
        Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql);
    }
  }

  private long bytes() {
    return query("SELECT SUM(LENGTH(\"event_payload\")) FROM \"furrow_journal\"");
  }

  private long query(String sql) {
    String url = "jdbc:h2:file:" + folder.resolve("data/furrow");
    try (Connection connection = DriverManager.getConnection(url, "furrow", "");
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getLong(1);
    } catch (SQLException failed) {
      throw new IllegalStateException(failed);
    }
  }
}
