package dev.furrow;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A change of what is kept for one key: plain data that knows how to run, best a record. It travels
 * as CBOR, like a {@link Task}.
 *
 * <p>It runs once for each update that is acknowledged, one at a time in a partition, and may run
 * again if its node ends before that. It is interrupted after {@code furrow.partitions.run-timeout}
 * and must not wait for other calls on the same state.
 *
 * @param <V> what is kept
 * @param <R> what it replies
 */
public interface Update<V, R extends @Nullable Object> {

  /**
   * Computes the change. What it throws fails this call alone, with {@link
   * UpdateRejectedException}, and changes nothing.
   *
   * @param current a private copy of what is kept; empty if nothing is
   * @return what to keep from now on, and the reply
   */
  Change<V, R> apply(Optional<V> current);
}
