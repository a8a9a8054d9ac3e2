package dev.furrow;

/**
 * A computation over all entries of a {@link Partitioned}: plain data that knows how to add up,
 * best a record. It travels as CBOR, like a {@link Task}, and so do its sums.
 *
 * <p>Each partition starts from {@link #zero} and adds its entries, in no particular order; the
 * sums of the partitions are merged where the call was made. It is interrupted after {@code
 * furrow.partitions.run-timeout} in a partition. What it throws fails the call, and changes
 * nothing.
 *
 * @param <K> what a key is
 * @param <V> what is kept for a key
 * @param <A> a sum
 */
public interface Aggregation<K, V, A> {

  /** {@return the sum of nothing} */
  A zero();

  /**
   * Adds an entry.
   *
   * @param sum so far; may be changed and returned
   * @param key a private copy
   * @param value a private copy
   * @return the new sum
   */
  A add(A sum, K key, V value);

  /**
   * Merges the sums of two sets of entries.
   *
   * @param left may be changed and returned
   * @param right may be changed and returned
   * @return the sum of both
   */
  A merge(A left, A right);
}
