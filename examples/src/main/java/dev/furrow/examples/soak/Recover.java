package dev.furrow.examples.soak;

import dev.furrow.Aggregation;
import dev.furrow.Change;
import dev.furrow.Durability;
import dev.furrow.Furrow;
import dev.furrow.Partitioned;
import dev.furrow.PartitionedOptions;
import dev.furrow.Update;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** So many keys in one journaled partition: how long it takes to have them again, in what heap. */
final class Recover {

  private static final int BATCH = 10_000;

  private Recover() {}

  record Add(long n) implements Update<Long, Long> {
    @Override
    public Change<Long, Long> apply(Optional<Long> now) {
      long sum = now.orElse(0L) + n;
      return Change.set(sum, sum);
    }
  }

  record Sum() implements Aggregation<String, Long, Long> {
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

  static boolean run(int count) throws IOException {
    Path folder = Files.createTempDirectory("furrow-recover");
    try {
      long start = System.nanoTime();
      try (Furrow furrow = furrow(folder)) {
        Partitioned<String, Long> state = state(furrow);
        for (int first = 0; first < count; first += BATCH) {
          state
              .updateAll(batch(first, Math.min(count, first + BATCH)))
              .toCompletableFuture()
              .join();
        }
      }
      note("%,d keys were written and the program closed after", count, start);
      System.out.printf("the journal takes %.1f MB%n", size(folder) / 1e6);
      return isThere(folder, count);
    } finally {
      delete(folder);
    }
  }

  private static boolean isThere(Path folder, int count) {
    try (Furrow furrow = furrow(folder)) {
      long start = System.nanoTime();
      Partitioned<String, Long> state = state(furrow);
      long keys = state.size().toCompletableFuture().join();
      note("%,d keys were there again after", keys, start);
      long sum = state.aggregate(new Sum()).toCompletableFuture().join();
      note("their sum is %,d after", sum, start);
      System.out.printf("heap in use: %.1f MB%n", Vitals.now().heap() / 1e6);
      return keys == count && sum == count;
    }
  }

  private static void note(String what, long number, long start) {
    System.out.printf(what + " %.1f s%n", number, (System.nanoTime() - start) / 1e9);
  }

  private static Furrow furrow(Path folder) {
    return Furrow.builder()
        .set("furrow.journal.kind", "h2")
        .set("furrow.journal.h2.directory", folder.toString())
        .set("furrow.partitions.call-timeout", "5m")
        .set("furrow.partitions.run-timeout", "1m")
        .start();
  }

  private static Partitioned<String, Long> state(Furrow furrow) {
    return furrow.partitioned(
        "recovered",
        String.class,
        Long.class,
        PartitionedOptions.defaults().partitions(1).durability(Durability.JOURNALED));
  }

  private static Map<String, Add> batch(int from, int to) {
    Map<String, Add> batch = new HashMap<>();
    for (int n = from; n < to; n++) {
      batch.put("key-" + n, new Add(1));
    }
    return batch;
  }

  private static long size(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    }
  }
}
