package dev.furrow.actors.pool;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Leases by number: a hash table with open addressing, since a pool holds thousands of them and
 * looks each up a few times. At most half of the table is taken; removal moves up what had to stand
 * further back, so that no marks remain (Knuth, The Art of Computer Programming 6.4, algorithm R).
 */
final class HeldTable {

  /** 2^64 ÷ golden ratio: spreads numbers in any arithmetic progression (Knuth 6.4). */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private @Nullable HeldLease[] table = new HeldLease[16];
  private int shift = 60;
  private int size;

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  @Nullable HeldLease get(long number) {
    return table[find(number)];
  }

  /** Where a number is, or would be. */
  private int find(long number) {
    int i = home(number);
    HeldLease seen = table[i];
    while (seen != null && seen.number != number) {
      i = after(i);
      seen = table[i];
    }
    return i;
  }

  private int home(long number) {
    return (int) ((number * SPREAD) >>> shift);
  }

  private int after(int i) {
    return (i + 1) & (table.length - 1);
  }

  /** Adds a lease whose number is not there yet. */
  void add(HeldLease lease) {
    if (2 * (size + 1) > table.length) {
      grow();
    }
    table[find(lease.number)] = lease;
    size++;
  }

  private void grow() {
    @Nullable HeldLease[] old = table;
    table = new HeldLease[2 * old.length];
    shift--;
    for (HeldLease lease : old) {
      if (lease != null) {
        table[find(lease.number)] = lease;
      }
    }
  }

  /** Removes what has a number, if anything has. */
  void remove(long number) {
    int hole = find(number);
    if (table[hole] == null) {
      return;
    }
    size--;
    int i = after(hole);
    for (HeldLease next = table[i]; next != null; next = table[i]) {
      if (mayMove(home(next.number), hole, i)) {
        table[hole] = next;
        hole = i;
      }
      i = after(i);
    }
    table[hole] = null;
  }

  /** Whether a lease at {@code from} may stand at {@code hole}: not before its home. */
  private boolean mayMove(int home, int hole, int from) {
    int mask = table.length - 1;
    return ((from - home) & mask) >= ((from - hole) & mask);
  }

  /** Visits all, in no particular order. */
  void forEach(Consumer<HeldLease> visitor) {
    for (HeldLease lease : table) {
      if (lease != null) {
        visitor.accept(lease);
      }
    }
  }
}
