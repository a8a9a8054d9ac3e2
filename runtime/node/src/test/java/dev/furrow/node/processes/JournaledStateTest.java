package dev.furrow.node.processes;

import static dev.furrow.node.processes.Counting.get;
import static dev.furrow.node.processes.Counting.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.furrow.Durability;
import dev.furrow.Furrow;
import dev.furrow.FurrowException;
import dev.furrow.Partitioned;
import dev.furrow.PartitionedOptions;
import dev.furrow.node.cli.Cli;
import dev.furrow.node.processes.Counting.Add;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** State that is kept in PostgreSQL by several processes. */
class JournaledStateTest {

  @TempDir static Path folder;
  private static Postgres database;

  @BeforeAll
  static void start() throws Exception {
    database = new Postgres(folder.resolve("postgres"));
  }

  @AfterAll
  static void stop() throws Exception {
    database.close();
  }

  private static Partitioned<String, Long> counts(Furrow furrow, String name) {
    return furrow.partitioned(
        name,
        String.class,
        Long.class,
        PartitionedOptions.defaults().partitions(12).durability(Durability.JOURNALED));
  }

  @Test
  void shouldLoseNothingWhenAnOwnerIsPausedUntilItIsReplacedAndWhenAllHaveEnded() throws Exception {
    String[] options = Postgres.options(database.port());
    try (HoldingProxy proxy = new HoldingProxy(database.port());
        Cluster cluster = Cluster.of(2, 1, options)) {
      Jvm paused = cluster.node(1, Postgres.options(proxy.port()));
      Furrow driver = cluster.driver(database.settings());
      Cluster.awaitWorkers(driver, 3);
      Partitioned<String, Long> counts = counts(driver, "killed");
      try (Counting counting = new Counting(counts)) {
        counting.awaitAllKeys();
        Counting.awaitSomeAt(counts, paused.pid());
        // It has written and not committed, which would hold back whoever goes on after it.
        proxy.holdAnswersTo("insert into");
        Cluster.await(
            () ->
                database.number(
                        "SELECT COUNT(*) FROM pg_stat_activity WHERE state = 'idle in transaction'"
                            + " AND state_change < now() - interval '1 second'")
                    > 0,
            () -> "nothing is written");
        paused.signal("STOP");
        Cluster.awaitWorkers(driver, 2);
        counting.awaitAllKeys();
        proxy.release();
        paused.signal("CONT");
        assertThat(paused.awaitExit(Cluster.PATIENCE)).isNotZero();
        counting.awaitMore(100);
        counting.verify(counts);
      }
    }
    try (Cluster cluster = Cluster.of(1, 1, options)) {
      Partitioned<String, Long> counts =
          cluster.driver(database.settings()).partitioned("killed", String.class, Long.class);
      assertThat(get(counts.size())).isEqualTo(Counting.KEYS);
    }
  }

  @Test
  void shouldApplyOnceWhatWasWrittenByANodeThatDiedBeforeItReplied() throws Exception {
    try (HoldingProxy proxy = new HoldingProxy(database.port());
        Cluster cluster = Cluster.of(2, 1, Postgres.options(database.port()))) {
      Jvm victim = cluster.node(1, Postgres.options(proxy.port()));
      Furrow driver = cluster.driver(database.settings());
      Cluster.awaitWorkers(driver, 3);
      Partitioned<String, Long> counts = counts(driver, "point");
      Counting.awaitSomeAt(counts, victim.pid());
      String key = key(Counting.at(counts, victim.pid()));
      get(counts.update(key, new Add(1)));
      String events =
          "SELECT COUNT(*) FROM furrow_journal WHERE event_ser_manifest = 'changed-1'"
              + " AND persistence_id LIKE '%point%'";

      long before = database.number(events);
      proxy.holdAnswersTo("COMMIT");
      CompletableFuture<Long> second = counts.update(key, new Add(1)).toCompletableFuture();
      Cluster.await(() -> database.number(events) > before, () -> "nothing was written");
      assertThat(second).isNotDone();
      victim.signal("KILL");

      assertThat(get(second)).isEqualTo(2);
      assertThat(get(counts.get(key))).contains(2L);
    }
  }

  @Test
  void shouldShareAFileWithForkedWorkersAndHaveItsStateAgain() throws Exception {
    String file = folder.resolve("h2").toString();
    try (Furrow furrow =
        Furrow.builder().workers(2).slots(1).set("furrow.journal.h2.directory", file).start()) {
      Partitioned<String, Long> counts = counts(furrow, "forked");
      for (int n = 0; n < Counting.KEYS; n++) {
        assertThat(get(counts.update(key(n), new Add(1)))).isEqualTo(1);
      }
    }
    try (Furrow furrow = Furrow.builder().set("furrow.journal.h2.directory", file).start()) {
      Partitioned<String, Long> counts = counts(furrow, "forked");
      for (int n = 0; n < Counting.KEYS; n++) {
        assertThat(get(counts.update(key(n), new Add(1)))).isEqualTo(2);
      }
    }
  }

  @Test
  void shouldRefuseWhileTheDatabaseIsDownAndGoOnWhenItIsBack() throws Exception {
    Path files = folder.resolve("other");
    try (Postgres other = new Postgres(files);
        Furrow furrow = furrow(other, "2s")) {
      Partitioned<String, Long> counts = counts(furrow, "down");
      try (Counting counting = new Counting(counts)) {
        counting.awaitAllKeys();
        other.stop();
        Cluster.await(() -> isRefusedClearly(counts), () -> "no call fails for the journal");
        long before = counting.acknowledged();
        assertThat(Counting.failure(counts.update(key(1), new Add(0)))).isNotNull();
        assertThat(counting.acknowledged()).isEqualTo(before);

        other.startAgain();
        counting.awaitAllKeys();
        counting.verify(counts);
      }
    }
  }

  @Test
  void shouldSlowDownWithTheDatabaseAndRefuseWhenItIsTooSlow() throws Exception {
    try (Furrow furrow = furrow(database, "5s")) {
      Partitioned<String, Long> counts = counts(furrow, "slow");
      assertThat(get(counts.update("alone", new Add(1)))).isEqualTo(1);

      CompletableFuture<Long> slow;
      try (Postgres.Lock held = database.lockJournal()) {
        slow = counts.update("alone", new Add(1)).toCompletableFuture();
        held.awaitWaiting();
        assertThat(slow).isNotDone();
      }
      assertThat(get(slow)).isEqualTo(2);

      try (Counting counting = new Counting(counts)) {
        counting.awaitAllKeys();
        try (Postgres.Lock held = database.lockJournal()) {
          held.awaitWaiting();
          long before = counting.acknowledged();
          Cluster.await(() -> isRefusedClearly(counts), () -> "no call fails for the journal");
          assertThat(counting.acknowledged()).isBetween(before, before + Counting.THREADS);
        }
        counting.awaitAllKeys();
        counting.verify(counts);
      }
    }
  }

  @Test
  void shouldBeReachableForTheDoctor() {
    List<String> line = new ArrayList<>(List.of("doctor"));
    database.settings().forEach((path, value) -> line.add("--set=" + path + "=" + value));
    StringWriter out = new StringWriter();
    int code =
        Cli.execute(
            "1",
            config -> {},
            new PrintWriter(out),
            new PrintWriter(out),
            line.toArray(String[]::new));
    assertThat(code).as(out.toString()).isZero();
    assertThat(out.toString()).contains("ok    journal: ", "as postgres: PostgreSQL ");
  }

  private static Furrow furrow(Postgres database, String timeout) {
    Furrow.Builder builder =
        Furrow.builder()
            .set("furrow.partitions.call-timeout", timeout)
            .set("furrow.journal.timeout", timeout);
    database.settings().forEach(builder::set);
    return builder.start();
  }

  private static boolean isRefusedClearly(Partitioned<String, Long> counts) {
    FurrowException failure = Counting.failure(counts.update(key(0), new Add(0)));
    return failure.getMessage().contains("journal");
  }
}
