package dev.furrow.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.furrow.Aggregation;
import dev.furrow.Change;
import dev.furrow.ClusterView;
import dev.furrow.Durability;
import dev.furrow.Furrow;
import dev.furrow.PartialUpdateException;
import dev.furrow.Partitioned;
import dev.furrow.PartitionedOptions;
import dev.furrow.Task;
import dev.furrow.TaskContext;
import dev.furrow.TaskFailedException;
import dev.furrow.TypeRef;
import dev.furrow.Update;
import dev.furrow.UpdateRejectedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** State that is kept by key, where one JVM is the whole cluster. */
final class PartitionedTest {

  record Add(long n) implements Update<Long, Long> {
    @Override
    public Change<Long, Long> apply(Optional<Long> now) {
      long sum = now.orElse(0L) + n;
      return Change.set(sum, sum);
    }
  }

  record Remove() implements Update<Long, Boolean> {
    @Override
    public Change<Long, Boolean> apply(Optional<Long> now) {
      return Change.remove(now.isPresent());
    }
  }

  record Fail(String text) implements Update<Long, Long> {
    @Override
    public Change<Long, Long> apply(Optional<Long> now) {
      throw new IllegalStateException(text);
    }
  }

  record Overflow() implements Update<Long, Long> {
    @Override
    @SuppressWarnings("InfiniteRecursion") // on purpose
    public Change<Long, Long> apply(Optional<Long> now) {
      return apply(Optional.of(now.orElse(0L) + 1));
    }
  }

  /** Goes on until its thread is interrupted, or for ever. */
  record Loop(boolean deaf) implements Update<Long, Long> {
    @Override
    public Change<Long, Long> apply(Optional<Long> now) {
      while (deaf || !Thread.currentThread().isInterrupted()) {
        Thread.onSpinWait();
      }
      return Change.set(-1L, -1L);
    }
  }

  record Append(String text) implements Update<List<String>, Integer> {
    @Override
    public Change<List<String>, Integer> apply(Optional<List<String>> now) {
      List<String> all = new ArrayList<>(now.orElse(List.of()));
      all.add(text);
      return Change.set(all, all.size());
    }
  }

  record Total() implements Aggregation<String, Long, Long> {
    @Override
    public Long zero() {
      return 0L;
    }

    @Override
    public Long add(Long sum, String key, Long value) {
      return sum + value;
    }

    @Override
    public Long merge(Long left, Long right) {
      return left + right;
    }
  }

  /** Adds to a key, then throws in its first attempt. */
  record AddTwice(String name, String key) implements Task<Long> {
    @Override
    public Long run(TaskContext context) throws Exception {
      Partitioned<String, Long> state =
          context.furrow().partitioned(name, String.class, Long.class);
      long first = state.update(key, new Add(1)).toCompletableFuture().get();
      long second = state.update(key, new Add(10)).toCompletableFuture().get();
      if (context.attempt() == 1) {
        throw new IllegalStateException("once more");
      }
      return first * 1_000 + second;
    }
  }

  record Wide(String text) {}

  private static Furrow furrow;

  @BeforeAll
  static void start() {
    furrow =
        Furrow.builder()
            .slots(2)
            .set("furrow.partitions.run-timeout", Duration.ofMillis(500))
            .start();
  }

  @AfterAll
  static void stop() {
    furrow.close();
  }

  private static Partitioned<String, Long> longs(TestInfo test) {
    return furrow.partitioned(
        test.getDisplayName().replaceAll("\\W", ""), String.class, Long.class);
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    try {
      return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      throw (Exception) failed.getCause();
    }
  }

  @Test
  void shouldKeepWhatAnUpdateMakes(TestInfo test) throws Exception {
    Partitioned<String, Long> counts = longs(test);

    assertThat(get(counts.get("pear"))).isEmpty();
    assertThat(get(counts.update("pear", new Add(2)))).isEqualTo(2);
    assertThat(get(counts.update("pear", new Add(3)))).isEqualTo(5);
    assertThat(get(counts.get("pear"))).contains(5L);
    assertThat(get(counts.size())).isEqualTo(1);
    assertThat(get(counts.update("pear", new Remove()))).isTrue();
    assertThat(get(counts.get("pear"))).isEmpty();
    assertThat(get(counts.size())).isZero();
  }

  @Test
  void shouldReachTheSameStateByAnotherHandle(TestInfo test) throws Exception {
    get(longs(test).update("pear", new Add(1)));

    assertThat(get(longs(test).get("pear"))).contains(1L);
  }

  @Test
  void shouldApplyUpdatesOfOneKeyInOrder() throws Exception {
    Partitioned<String, List<String>> lists =
        furrow.partitioned(
            "lists",
            new TypeRef<String>() {},
            new TypeRef<List<String>>() {},
            PartitionedOptions.defaults());
    List<CompletableFuture<Integer>> sizes = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      sizes.add(lists.update("key", new Append("" + i)).toCompletableFuture());
    }
    List<Integer> seen = new ArrayList<>();
    for (CompletableFuture<Integer> size : sizes) {
      seen.add(get(size));
    }

    assertThat(seen).isEqualTo(Stream.iterate(1, n -> n + 1).limit(5_000).toList());
    assertThat(get(lists.get("key")).orElseThrow())
        .isEqualTo(Stream.iterate(0, n -> n + 1).limit(5_000).map(n -> "" + n).toList());
  }

  @Test
  void shouldUpdateManyKeysAndAddThemUp(TestInfo test) throws Exception {
    Partitioned<String, Long> counts = longs(test);
    Map<String, Add> updates = new LinkedHashMap<>();
    LongStream.range(0, 10_000).forEach(n -> updates.put("key-" + n, new Add(n)));

    Map<String, Long> replies = get(counts.updateAll(updates));

    assertThat(replies).hasSize(10_000).containsEntry("key-77", 77L);
    assertThat(get(counts.aggregate(new Total()))).isEqualTo(9_999L * 10_000 / 2);
    assertThat(get(counts.size())).isEqualTo(10_000);
    assertThat(get(counts.updateAll(Map.<String, Add>of()))).isEmpty();
  }

  @Test
  void shouldReadEachEntryOnce(TestInfo test) throws Exception {
    Partitioned<String, Long> counts = longs(test);
    Map<String, Add> updates = new LinkedHashMap<>();
    LongStream.range(0, 200_000).forEach(n -> updates.put("key-" + n, new Add(n)));
    get(counts.updateAll(updates));

    try (Stream<Map.Entry<String, Long>> entries = counts.entries()) {
      Map<String, Long> all =
          entries.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
      assertThat(all).hasSize(200_000).containsEntry("key-199999", 199_999L);
    }
    try (Stream<Map.Entry<String, Long>> entries = counts.entries()) {
      assertThat(entries.limit(10)).hasSize(10);
    }
  }

  @Test
  void shouldFailOnlyTheCallWhoseUpdateThrows(TestInfo test) throws Exception {
    Partitioned<String, Long> counts = longs(test);
    get(counts.update("pear", new Add(1)));

    assertThatThrownBy(() -> get(counts.update("pear", new Fail("no pears today"))))
        .isInstanceOf(UpdateRejectedException.class)
        .hasMessageContaining("no pears today")
        .hasMessageContaining("IllegalStateException");
    assertThatThrownBy(() -> get(counts.update("pear", new Overflow())))
        .isInstanceOf(UpdateRejectedException.class)
        .hasMessageContaining("StackOverflowError");

    assertThat(get(counts.update("pear", new Add(1)))).isEqualTo(2);
  }

  @Test
  void shouldGiveTheRepliesThereAreWhenSomeUpdatesFail() throws Exception {
    Partitioned<String, Long> mixed = furrow.partitioned("mixed", String.class, Long.class);
    Map<String, Update<Long, Long>> updates =
        Map.of("a", new Add(1), "b", new Fail("not b"), "c", new Add(3));

    assertThatThrownBy(() -> get(mixed.updateAll(updates)))
        .isInstanceOfSatisfying(
            PartialUpdateException.class,
            partial -> {
              assertThat(partial.replies()).isEqualTo(Map.of("a", 1L, "c", 3L));
              assertThat(partial.failures()).containsOnlyKeys("b");
              assertThat(partial.failures().get("b"))
                  .isInstanceOf(UpdateRejectedException.class)
                  .hasMessageContaining("not b");
              assertThat(partial).hasMessageContaining("1 of 3");
            });
  }

  @Test
  void shouldStopAnUpdateThatTakesTooLongAndHoldUpNoOtherPartition(TestInfo test) throws Exception {
    Partitioned<String, Long> counts = longs(test);
    get(counts.update("stuck", new Add(7)));
    List<CompletionStage<Long>> loops =
        Stream.of(false, true, false).map(deaf -> counts.update("stuck", new Loop(deaf))).toList();

    for (int n = 0; n < 500; n++) {
      get(counts.update("key-" + n, new Add(1)));
    }

    for (CompletionStage<Long> loop : loops) {
      assertThatThrownBy(() -> get(loop))
          .isInstanceOf(UpdateRejectedException.class)
          .hasMessageContaining("run-timeout");
    }
    assertThat(get(counts.update("stuck", new Add(1)))).isEqualTo(8);
  }

  @Test
  void shouldUpdateOnceWhenATaskRunsTwice(TestInfo test) throws Exception {
    String name = test.getDisplayName().replaceAll("\\W", "");
    Partitioned<String, Long> counts = longs(test);

    long seen =
        furrow
            .submit(
                new AddTwice(name, "pear"),
                dev.furrow.TaskOptions.defaults().retries(1).backoff(Duration.ofMillis(1)))
            .join();

    assertThat(seen).isEqualTo(1_011);
    assertThat(get(counts.get("pear"))).contains(11L);
  }

  @Test
  void shouldShowWhichPartitionsAreCalledMost(TestInfo test) throws Exception {
    Partitioned<String, Long> counts = longs(test);
    Map<String, Add> all = new LinkedHashMap<>();
    LongStream.range(0, 1_000).forEach(n -> all.put("key-" + n, new Add(n)));
    get(furrow.partitioned("cold", String.class, Long.class).updateAll(all));
    String name = test.getDisplayName().replaceAll("\\W", "");

    Eventually.holds(
        "the partition of a key that is called all the time is the busiest",
        () -> {
          counts.update("hot", new Add(1)).toCompletableFuture().join();
          List<ClusterView.Partition> hot = furrow.cluster().hotPartitions();
          return !hot.isEmpty() && hot.get(0).state().equals(name);
        });

    List<ClusterView.Partition> hot = furrow.cluster().hotPartitions();
    assertThat(hot)
        .hasSize(20)
        .isSortedAccordingTo(
            Comparator.comparingDouble(ClusterView.Partition::callsPerSecond).reversed())
        .allSatisfy(one -> assertThat(one.node()).isEqualTo("local"))
        .noneMatch(one -> one.state().startsWith("~"));
    assertThat(hot.get(0).entries()).isEqualTo(1);
    assertThat(hot.get(0).bytes()).isPositive();
    assertThat(hot.get(0).index()).isBetween(0, 127);
  }

  @Test
  void shouldServeStateWithCopiesWhereThereIsOneNode() {
    Partitioned<String, Long> counts =
        furrow.partitioned(
            "copied",
            String.class,
            Long.class,
            PartitionedOptions.defaults().partitions(4).durability(Durability.REPLICATED));

    for (long n = 1; n <= 100; n++) {
      assertThat(counts.update("key", new Add(1)).toCompletableFuture().join()).isEqualTo(n);
    }
    assertThat(counts.size().toCompletableFuture().join()).isEqualTo(1);
  }

  /** Keeps so many bytes and answers them too. */
  record Echo(int bytes) implements Update<byte[], byte[]> {
    @Override
    public Change<byte[], byte[]> apply(Optional<byte[]> now) {
      byte[] both = new byte[bytes];
      return Change.set(both, both);
    }
  }

  @Test
  void shouldRefuseAChangeThatGoesIntoNoMessage() throws Exception {
    try (Furrow small =
        Furrow.builder()
            .set("furrow.tasks.max-bytes", "50KiB")
            .set("furrow.tasks.max-result", "100KiB")
            .set("furrow.link.max-frame", "128KiB")
            .start()) {
      Partitioned<String, byte[]> state = small.partitioned("echo", String.class, byte[].class);
      assertThat(get(state.update("fits", new Echo(30_000)))).hasSize(30_000);
      assertThatThrownBy(() -> get(state.update("large", new Echo(40_000))))
          .cause()
          .isInstanceOf(TaskFailedException.class)
          .hasMessageContaining("too large together")
          .hasMessageContaining("furrow.link.max-frame");
      assertThat(get(state.get("large"))).isEmpty();
    }
  }

  @Test
  void shouldRefuseAnotherNumberOfPartitionsNamingBoth() {
    furrow.partitioned(
        "sixteen", String.class, Long.class, PartitionedOptions.defaults().partitions(16));

    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                furrow.partitioned(
                    "sixteen",
                    String.class,
                    Long.class,
                    PartitionedOptions.defaults().partitions(32)))
        .withMessageContaining("16")
        .withMessageContaining("32");
  }

  @Test
  void shouldRefuseTypesAndNamesAtOnce(TestInfo test) {
    Partitioned<String, Long> counts = longs(test);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> furrow.partitioned("a b", String.class, Long.class))
        .withMessageContaining("'a b'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> furrow.partitioned("objects", String.class, Object.class))
        .withMessageContaining("Object");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                furrow.partitioned(
                    "keys",
                    new TypeRef<Map<String, Long>>() {},
                    new TypeRef<Long>() {},
                    PartitionedOptions.defaults()))
        .withMessageContaining("key");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> counts.update("pear", now -> Change.set(1L, 1L)))
        .withMessageContaining("lambda");
    assertThatThrownBy(() -> counts.get(null))
        .isInstanceOf(NullPointerException.class)
        .hasMessageContaining("key");
  }
}
