package dev.furrow.actors.wire;

import java.util.List;
import java.util.Map;

/**
 * What leases of one job share.
 *
 * @param timeoutMillis limit of one attempt; 0 for none
 * @param priority the higher, the sooner
 * @param requires resources taken for the time of the attempt
 * @param doNotRetry names of exception types whose throw is final
 */
public record LeaseTerms(
    long timeoutMillis, int priority, Map<String, Long> requires, List<String> doNotRetry) {

  /** No limit, priority 0, nothing required. */
  public static final LeaseTerms NONE = new LeaseTerms(0, 0, Map.of(), List.of());
}
