package dev.furrow.actors.job;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Says in a sentence why tasks wait, where waiting alone will not help. */
final class WhyWaiting {

  private final Collection<PoolView> pools;

  WhyWaiting(Collection<PoolView> pools) {
    this.pools = pools;
  }

  /** The sentence; empty if every waiting task can be expected to have its turn. */
  Optional<String> explain(Lanes lanes) {
    if (lanes.size() == 0) {
      return Optional.empty();
    }
    List<PoolView> open =
        pools.stream().filter(pool -> pool.slots > 0 && !pool.suspect && !pool.leaving).toList();
    if (open.isEmpty()) {
      return Optional.of(
          lanes.size() + " tasks wait because no node takes work: start a node with slots");
    }
    List<String> reasons = new ArrayList<>();
    for (TaskTerms terms : lanes.terms()) {
      Map<String, Long> requires = terms.lease().requires();
      if (open.stream().noneMatch(pool -> pool.couldOffer(requires))) {
        List<String> offers =
            open.stream()
                .map(pool -> pool.node.name() + " " + new TreeMap<>(pool.resources))
                .toList();
        reasons.add(
            lanes.waiting(terms)
                + " tasks wait for "
                + new TreeMap<>(requires)
                + ", which no node has in all (nodes offer "
                + String.join(", ", offers)
                + "): start a node with furrow.node.resources that has them");
      }
    }
    return reasons.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", reasons));
  }
}
