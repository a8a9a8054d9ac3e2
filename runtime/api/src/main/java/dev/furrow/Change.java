package dev.furrow;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link Update} makes of a key.
 *
 * @param value what to keep; empty keeps nothing. A value that is written like the present one is
 *     not written again
 * @param reply what the caller is given; may be null
 * @param <V> what is kept
 * @param <R> what is replied
 */
public record Change<V, R extends @Nullable Object>(Optional<V> value, R reply) {

  /**
   * Makes a change.
   *
   * @param value what to keep; not null
   * @param reply what the caller is given; may be null
   */
  public Change {
    Objects.requireNonNull(value, "value");
  }

  /**
   * Keeps a value.
   *
   * @param value not null
   * @param reply may be null
   * @param <V> what is kept
   * @param <R> what is replied
   * @return the change
   */
  public static <V, R extends @Nullable Object> Change<V, R> set(V value, R reply) {
    return new Change<>(Optional.of(value), reply);
  }

  /**
   * Removes the key.
   *
   * @param reply may be null
   * @param <V> what is kept
   * @param <R> what is replied
   * @return the change
   */
  public static <V, R extends @Nullable Object> Change<V, R> remove(R reply) {
    return new Change<>(Optional.empty(), reply);
  }
}
