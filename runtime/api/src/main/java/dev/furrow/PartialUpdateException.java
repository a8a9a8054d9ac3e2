package dev.furrow;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Of the updates of one {@link Partitioned#updateAll} some were not applied, or may not have been.
 */
public final class PartialUpdateException extends FurrowException {

  private static final long serialVersionUID = 1L;

  private final transient Map<Object, Object> replies;
  private final transient Map<Object, FurrowException> failures;

  /**
   * Creates an exception.
   *
   * @param message how many failed and the first of them
   * @param replies those of updates that were applied, by key; values may be null
   * @param failures why others were not, by key
   */
  public PartialUpdateException(
      String message, Map<?, ?> replies, Map<?, ? extends FurrowException> failures) {
    super(message, failures.isEmpty() ? null : failures.values().iterator().next());
    this.replies = Collections.unmodifiableMap(new LinkedHashMap<>(replies));
    this.failures = Collections.unmodifiableMap(new LinkedHashMap<>(failures));
  }

  /** {@return the replies of the updates that were applied, by key} */
  public Map<Object, Object> replies() {
    return replies;
  }

  /**
   * {@return why others failed, by key: {@link UpdateRejectedException} where calling again is
   * safe, {@link UpdateUnknownException} where it may apply an update twice}
   */
  public Map<Object, FurrowException> failures() {
    return failures;
  }
}
