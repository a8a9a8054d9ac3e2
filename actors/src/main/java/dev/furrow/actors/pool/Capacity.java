package dev.furrow.actors.pool;

import dev.furrow.actors.wire.Caution;
import java.util.HashMap;
import java.util.Map;

/**
 * What a node offers and how much of it is taken.
 *
 * <p>Invariants: runs that hold a slot never exceed the slots; resources taken never exceed those
 * offered; at most one suspect task holds a slot. One that waits for other work does not hold one:
 * it may wait for another suspect.
 */
final class Capacity {

  final int slots;
  final Map<String, Long> offered;
  private final Map<String, Long> taken = new HashMap<>();
  private int busy;
  private int alone;

  Capacity(int slots, Map<String, Long> offered) {
    this.slots = slots;
    this.offered = offered;
  }

  int free() {
    return slots - busy;
  }

  /** Whether a lease of such a kind may start, if a slot is free. */
  boolean fits(Lane.Kind kind) {
    if (kind.caution() == Caution.ALONE && alone > 0) {
      return false;
    }
    for (Map.Entry<String, Long> need : kind.requires().entrySet()) {
      long free = offered.getOrDefault(need.getKey(), 0L) - taken.getOrDefault(need.getKey(), 0L);
      if (free < need.getValue()) {
        return false;
      }
    }
    return true;
  }

  /** Whether a run that has waited may go on, if a slot is free. */
  boolean mayResume(ActiveRun run) {
    return run.kind.caution() != Caution.ALONE || alone == 0;
  }

  /** A run takes a slot and what it requires. */
  void enter(ActiveRun run) {
    run.kind.requires().forEach((name, n) -> taken.merge(name, n, Long::sum));
    occupy(run);
  }

  /** A run gives back its slot, if it has one, and what it has taken. */
  void leave(ActiveRun run) {
    run.kind.requires().forEach((name, n) -> taken.merge(name, -n, Long::sum));
    if (run.parked) {
      run.tenant.parked--;
    } else {
      vacate(run);
    }
  }

  /** A run gives back its slot alone, to wait. */
  void park(ActiveRun run) {
    run.parked = true;
    run.tenant.parked++;
    vacate(run);
  }

  /** A run that has waited takes a slot again. */
  void resume(ActiveRun run) {
    run.parked = false;
    run.tenant.parked--;
    occupy(run);
  }

  private void occupy(ActiveRun run) {
    busy++;
    run.tenant.running++;
    alone += run.kind.caution() == Caution.ALONE ? 1 : 0;
  }

  private void vacate(ActiveRun run) {
    busy--;
    run.tenant.running--;
    alone -= run.kind.caution() == Caution.ALONE ? 1 : 0;
  }

  /** Whether no resource is taken. */
  boolean isIdle() {
    return taken.values().stream().allMatch(n -> n == 0);
  }

  /** Checks what must always hold, given how many runs hold a slot; for tests. */
  void check(long holding) {
    require(holding == busy && busy <= slots, "slots are off: " + busy + " of " + slots);
    require(alone == 0 || alone == 1, "suspect tasks run side by side: " + alone);
    taken.forEach(
        (name, n) -> require(n >= 0 && n <= offered.getOrDefault(name, 0L), name + " is off"));
  }

  static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException(otherwise);
    }
  }
}
