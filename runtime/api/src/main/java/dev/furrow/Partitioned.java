package dev.furrow;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * Keyed state that is spread over the nodes in partitions, each of which is on one node at a time.
 * Updates run where their key is. Safe for use by many threads.
 *
 * <pre>{@code
 * record Add(long n) implements Update<Long, Long> {
 *   public Change<Long, Long> apply(Optional<Long> now) {
 *     long sum = now.orElse(0L) + n;
 *     return Change.set(sum, sum);
 *   }
 * }
 *
 * Partitioned<String, Long> counts = furrow.partitioned("counts", String.class, Long.class);
 * counts.update("pear", new Add(1)).toCompletableFuture().join();
 * }</pre>
 *
 * <p>A key is found by the bytes that it is written as (CBOR): its partition is the first 31 bits
 * of their 32-bit MurmurHash3 (seed 0), modulo the number of partitions. It may be text, a number,
 * an enum, a time, a UUID, or a record of these.
 *
 * <p><b>Failures.</b> A stage fails with {@link UpdateRejectedException} if the call was certainly
 * not applied: calling again is safe. It fails with {@link UpdateUnknownException} if it may have
 * been: no answer came within {@code furrow.partitions.call-timeout}. An update that was
 * acknowledged has been applied once, however often it was sent on the way.
 *
 * <p><b>Order.</b> Calls of one thread on one key are applied in the order in which they were made.
 *
 * <p><b>Threads.</b> Stages are completed on the callback executor. What waits for an answer is
 * bounded ({@code furrow.partitions.max-calls}, {@code max-call-bytes}): a call waits for room as
 * long as the call timeout, and then fails with {@link FurrowFullException}.
 *
 * @param <K> what a key is
 * @param <V> what is kept for a key
 */
public interface Partitioned<K, V> {

  /**
   * Reads what is kept for a key.
   *
   * @param key not null
   * @return a copy, as of a moment after all updates that were acknowledged before the call; empty
   *     if nothing is kept. Only a node that was paused or cut off, and does not know yet that
   *     another has taken over, may answer what was so until then; the same holds for {@link
   *     #aggregate}, {@link #entries} and {@link #size}. An update never sees such a value
   */
  CompletionStage<Optional<V>> get(K key);

  /**
   * Changes what is kept for a key, where it is kept.
   *
   * @param key not null
   * @param update plain data that knows how to change; it travels as CBOR
   * @param <R> what it replies
   * @return its reply, after the change is as durable as the options say
   */
  <R> CompletionStage<R> update(K key, Update<V, R> update);

  /**
   * Changes many keys. Each change is applied on its own: there is no transaction.
   *
   * @param updates what to do for each key; empty is allowed
   * @param <R> what they reply
   * @return the replies by key; fails with {@link PartialUpdateException}, which has the replies
   *     and the failures, if not all were applied
   */
  <R> CompletionStage<Map<K, R>> updateAll(Map<K, ? extends Update<V, R>> updates);

  /**
   * Computes over all entries, in each partition where it is. A partition is seen as of one moment;
   * different ones as of different moments.
   *
   * @param aggregation plain data that knows how to add up; it travels as CBOR
   * @param <A> what it computes
   * @return the sum over all partitions
   */
  <A> CompletionStage<A> aggregate(Aggregation<K, V, A> aggregation);

  /**
   * Reads all entries, some at a time. An entry that is there from the first to the last is seen
   * once; one that is written or removed meanwhile may be seen or not.
   *
   * @return to be closed, and read by one thread; reading throws what a call would fail with
   */
  Stream<Map.Entry<K, V>> entries();

  /** {@return how many keys there are, each partition counted as of a moment of its own} */
  CompletionStage<Long> size();
}
