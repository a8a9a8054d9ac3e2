package dev.furrow.node;

import dev.furrow.Aggregation;
import dev.furrow.FurrowException;
import dev.furrow.FurrowFullException;
import dev.furrow.PartialUpdateException;
import dev.furrow.Partitioned;
import dev.furrow.Update;
import dev.furrow.actors.partition.Call;
import dev.furrow.actors.partition.DefineState;
import dev.furrow.actors.partition.KeyHash;
import dev.furrow.actors.partition.Partitions;
import dev.furrow.actors.wire.EncodedTask;
import dev.furrow.actors.wire.PartitionId;
import dev.furrow.actors.wire.StateCodec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** State that is kept by key, as a program or a task sees it: encodes calls and reads answers. */
final class StateHandle<K, V> implements Partitioned<K, V> {

  private final String name;
  private final DefineState.Kept kept;
  private final StateCodec codec;
  private final StateCodec.Entries entries;
  private final NodeParts parts;
  private final Supplier<Call.@Nullable Origin> origins;

  /**
   * A handle.
   *
   * @param kept how
   * @param origins says for each update where in which task it is made
   */
  StateHandle(
      String name,
      DefineState.Kept kept,
      StateCodec.Entries entries,
      NodeParts parts,
      Supplier<Call.@Nullable Origin> origins) {
    this.name = name;
    this.kept = kept;
    this.codec = parts.state();
    this.entries = entries;
    this.parts = parts;
    this.origins = origins;
  }

  // ------------------------------------------------------------------- keys

  @Override
  public CompletionStage<Optional<V>> get(K key) {
    byte[] encoded = entries.writeKey(key);
    Pending<Optional<V>> pending =
        pending("get", body -> Optional.of(value(body)), Optional.empty());
    make(of(encoded), List.of(Call.get(encoded, pending)), List.of(pending));
    return pending.future();
  }

  @SuppressWarnings("unchecked") // read by the type that the handle was made for
  private V value(byte[] body) throws Exception {
    return (V) entries.readValue(body);
  }

  @Override
  public <R> CompletionStage<R> update(K key, Update<V, R> update) {
    byte[] encoded = entries.writeKey(key);
    Pending<R> pending = reply(update);
    Call call = call(encoded, update, pending);
    make(of(encoded), List.of(call), List.of(pending));
    return pending.future();
  }

  private <R> Pending<R> reply(Update<V, R> update) {
    Objects.requireNonNull(update, "update must not be null");
    Class<?> type = update.getClass();
    return pending("update " + type.getName(), body -> reply(type, body), null);
  }

  @SuppressWarnings({
    "unchecked",
    "TypeParameterUnusedInFormals"
  }) // the update's class says what R is
  private <R> R reply(Class<?> update, byte[] body) throws Exception {
    return (R) codec.readReply(update, body);
  }

  private Call call(byte[] key, Update<V, ?> update, Pending<?> pending) {
    EncodedTask encoded = codec.encode(update);
    return Call.update(key, encoded.type(), encoded.payload(), origins.get(), pending);
  }

  @Override
  public <R> CompletionStage<Map<K, R>> updateAll(Map<K, ? extends Update<V, R>> updates) {
    Map<K, Pending<R>> pending = new LinkedHashMap<>();
    Map<PartitionId, List<Call>> calls = new LinkedHashMap<>();
    Map<PartitionId, List<Pending<?>>> waiting = new LinkedHashMap<>();
    for (Map.Entry<byte[], K> each : inOrder(updates.keySet())) {
      Update<V, R> update =
          Objects.requireNonNull(updates.get(each.getValue()), "update must not be null");
      Pending<R> one = reply(update);
      pending.put(each.getValue(), one);
      PartitionId at = of(each.getKey());
      calls.computeIfAbsent(at, id -> new ArrayList<>()).add(call(each.getKey(), update, one));
      waiting.computeIfAbsent(at, id -> new ArrayList<>()).add(one);
    }
    calls.forEach((at, some) -> make(at, some, waiting.getOrDefault(at, List.of())));
    CompletableFuture<?>[] all =
        pending.values().stream().map(Pending::future).toArray(CompletableFuture<?>[]::new);
    return CompletableFuture.allOf(all).handle((done, failed) -> replies(pending));
  }

  /**
   * Keys in the order of the bytes that they are written as: the same in every attempt at a task,
   * as that of a map need not be.
   */
  private List<Map.Entry<byte[], K>> inOrder(Set<K> keys) {
    List<Map.Entry<byte[], K>> all = new ArrayList<>(keys.size());
    keys.forEach(key -> all.add(Map.entry(entries.writeKey(key), key)));
    all.sort(Map.Entry.comparingByKey(Arrays::compareUnsigned));
    return all;
  }

  private <R> Map<K, R> replies(Map<K, Pending<R>> pending) {
    Map<K, R> replies = new LinkedHashMap<>();
    Map<K, FurrowException> failures = new LinkedHashMap<>();
    pending.forEach(
        (key, one) -> {
          FurrowException failure = one.failure();
          if (failure == null) {
            replies.put(key, one.future().join());
          } else {
            failures.put(key, failure);
          }
        });
    if (!failures.isEmpty()) {
      Map.Entry<K, FurrowException> first = failures.entrySet().iterator().next();
      throw new PartialUpdateException(
          failures.size()
              + " of "
              + pending.size()
              + " updates of '"
              + name
              + "' failed; the first, of key "
              + first.getKey()
              + ": "
              + first.getValue().getMessage(),
          replies,
          failures);
    }
    return replies;
  }

  // -------------------------------------------------------------------- all

  @Override
  public <A> CompletionStage<A> aggregate(Aggregation<K, V, A> aggregation) {
    EncodedTask encoded = codec.encode(aggregation);
    Class<?> type = aggregation.getClass();
    List<CompletableFuture<A>> sums = new ArrayList<>();
    for (int i = 0; i < kept.partitions(); i++) {
      Pending<A> sum = pending("aggregation " + type.getName(), body -> sum(type, body), null);
      sums.add(sum.future());
      make(
          partition(i),
          List.of(Call.aggregate(encoded.type(), encoded.payload(), sum)),
          List.of(sum));
    }
    return all(sums)
        .thenApply(
            done -> {
              A merged = sums.get(0).join();
              for (CompletableFuture<A> sum : sums.subList(1, sums.size())) {
                merged = aggregation.merge(merged, sum.join());
              }
              return merged;
            });
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // likewise A
  private <A> A sum(Class<?> aggregation, byte[] body) throws Exception {
    return (A) codec.readSum(aggregation, body);
  }

  @Override
  public CompletionStage<Long> size() {
    List<CompletableFuture<Long>> sizes = new ArrayList<>();
    for (int i = 0; i < kept.partitions(); i++) {
      Pending<Long> size = pending("size", body -> ByteBuffer.wrap(body).getLong(), 0L);
      sizes.add(size.future());
      make(partition(i), List.of(Call.size(size)), List.of(size));
    }
    return all(sizes).thenApply(done -> sizes.stream().mapToLong(CompletableFuture::join).sum());
  }

  private static CompletableFuture<Void> all(List<? extends CompletableFuture<?>> futures) {
    return CompletableFuture.allOf(futures.toArray(CompletableFuture<?>[]::new));
  }

  @Override
  public Stream<Map.Entry<K, V>> entries() {
    EntryReader<K, V> reader = new EntryReader<>(this, entries, kept.partitions());
    return StreamSupport.stream(
            Spliterators.spliteratorUnknownSize(reader, Spliterator.NONNULL | Spliterator.DISTINCT),
            false)
        .onClose(reader::close);
  }

  /** The encoded entries of a partition after a key. */
  CompletableFuture<byte[]> page(int partition, byte[] after) {
    Pending<byte[]> page = pending("reading of entries", body -> body, null);
    make(partition(partition), List.of(Call.scan(after, page)), List.of(page));
    return page.future();
  }

  // ------------------------------------------------------------------ calls

  private PartitionId of(byte[] key) {
    return partition(KeyHash.partition(key, kept.partitions()));
  }

  private PartitionId partition(int index) {
    return new PartitionId(name, index, kept.partitions(), kept.durability());
  }

  private <T> Pending<T> pending(String what, Pending.Reader<T> reader, @Nullable T ofNothing) {
    return new Pending<>(what + " on '" + name + "'", reader, ofNothing, parts.callbacks());
  }

  private void make(PartitionId at, List<Call> calls, List<? extends Pending<?>> pending) {
    Partitions partitions = parts.partitions();
    int made =
        partitions.hasRoom(calls.size())
            ? Waiting.briefly("room for a call", () -> partitions.call(at, calls))
            : Waiting.on("room for a call", () -> partitions.call(at, calls));
    for (Pending<?> full : pending.subList(made, calls.size())) {
      full.fail(
          new FurrowFullException(
              "no room for a call within "
                  + parts.settings().partitions().callTimeout()
                  + ": furrow.partitions.max-calls = "
                  + parts.settings().partitions().maxCalls()
                  + " or furrow.partitions.max-call-bytes = "
                  + parts.settings().partitions().maxCallBytes()
                  + " is reached by calls that have no answer. Wait for some of them, or raise the"
                  + " bound"));
    }
  }

  @Override
  public String toString() {
    return "Partitioned[" + name + ", " + kept.partitions() + " partitions]";
  }
}
