package dev.furrow.config;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What may be told of a node's certificate.
 *
 * @param names that it carries, in lower case
 * @param from when it begins to be valid
 * @param until when it, or one of those above it in its file, ends to be
 * @param authoritiesUntil when the last of the authorities ends to be valid
 * @param refusal why a node with the same files would refuse it now; empty: it would not
 */
public record NodeCertificate(
    Set<String> names,
    Instant from,
    Instant until,
    Instant authoritiesUntil,
    Optional<String> refusal) {

  /** Copies the set. */
  public NodeCertificate {
    names = Set.copyOf(names);
  }
}
