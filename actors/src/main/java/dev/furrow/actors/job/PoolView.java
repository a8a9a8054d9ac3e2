package dev.furrow.actors.job;

import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.PoolId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a supervisor knows of one life of one node's pool. */
final class PoolView {

  final NodeId node;

  private final Map<String, Long> used = new HashMap<>();

  /** Leases that have not been answered, in the order of their issue; of ended tasks among them. */
  private @Nullable Lease head;

  private @Nullable Lease tail;
  private int held;
  private int started;
  private long heldBytes;

  /** 0 until the pool has spoken. */
  long incarnation;

  /** The newest demand and the newest holding that were heard. */
  long sequence = -1;

  long holding = -1;
  int most;
  int slots;

  /** Its slots less those that other jobs had when it last spoke of them. */
  int usable;

  Map<String, Long> resources = Map.of();
  boolean leaving;

  /** The connection is there. */
  boolean connected;

  /** The connection broke or the pool was silent: its tasks are given to others. */
  boolean suspect;

  /** Its process closed the connection. */
  boolean ended;

  long heardAt;

  /** When it was last told that there is work; the far past if it has answered since. */
  long announcedAt = Long.MIN_VALUE / 2;

  /** When it was last granted leases. */
  long grantedAt;

  /** When leases were last called back. */
  long recalledAt = Long.MIN_VALUE / 2;

  /** A recall has not been answered. */
  boolean recalled;

  // What Fleet has counted of it.
  boolean hungry;
  boolean stocked;
  int countedSlots;
  int countedBusy;
  int countedIdle;
  int countedRunning;
  boolean countedClear;
  Fleet.Silence silence = Fleet.Silence.NONE;

  PoolView(NodeId node) {
    this.node = node;
  }

  PoolId id() {
    return new PoolId(node, incarnation);
  }

  /** Whether it takes work. */
  boolean open() {
    return incarnation > 0 && most > 0 && !suspect && !leaving && connected;
  }

  /** Leases that it may still be granted. */
  int credit() {
    return open() ? Math.max(0, most - held) : 0;
  }

  /** Leases that it holds. */
  int held() {
    return held;
  }

  /** What the tasks of these leases weigh. */
  long heldBytes() {
    return heldBytes;
  }

  /** Leases that it holds and is not known to have started. */
  int unstarted() {
    return held - started;
  }

  /** Slots that have nothing to do for this job although they would. */
  int idle() {
    return Math.min(credit(), Math.max(0, usable - held));
  }

  /** Whether it has no idle slot, and leases that may wait there. */
  boolean stocks() {
    return open() && idle() == 0 && unstarted() > 0;
  }

  /** Leases that run: one a slot, and more where tasks wait inside for others. */
  int running() {
    return suspect ? 0 : Math.min(held, Math.max(slots, started));
  }

  /** How full it is: leases a slot, and slots of other jobs. */
  double load() {
    return (double) (held + slots - usable) / Math.max(1, slots);
  }

  /** Its leases as they are now. */
  List<Lease> leases() {
    List<Lease> all = new ArrayList<>(held);
    for (Lease lease = head; lease != null; lease = lease.after) {
      all.add(lease);
    }
    return all;
  }

  void add(Lease lease) {
    lease.before = tail;
    if (tail == null) {
      head = lease;
    } else {
      tail.after = lease;
    }
    tail = lease;
    held++;
    heldBytes += lease.task.task.payload().length;
    use(lease, 1);
  }

  /** Takes out a lease that is in. */
  void remove(Lease lease) {
    if (lease.before == null) {
      head = lease.after;
    } else {
      lease.before.after = lease.after;
    }
    if (lease.after == null) {
      tail = lease.before;
    } else {
      lease.after.before = lease.before;
    }
    lease.before = null;
    lease.after = null;
    held--;
    heldBytes -= lease.task.task.payload().length;
    started -= lease.started ? 1 : 0;
    use(lease, -1);
  }

  void start(Lease lease) {
    started += lease.started ? 0 : 1;
    lease.started = true;
  }

  private void use(Lease lease, long sign) {
    Map<String, Long> requires = lease.task.task.terms().lease().requires();
    if (!requires.isEmpty()) {
      requires.forEach((name, n) -> used.merge(name, sign * n, Long::sum));
    }
  }

  /** Whether so much is free, beyond what {@code more} will take. */
  boolean offers(Map<String, Long> requires, Map<String, Long> more) {
    if (requires.isEmpty()) {
      return true;
    }
    for (Map.Entry<String, Long> need : requires.entrySet()) {
      long free =
          resources.getOrDefault(need.getKey(), 0L)
              - used.getOrDefault(need.getKey(), 0L)
              - more.getOrDefault(need.getKey(), 0L);
      if (free < need.getValue()) {
        return false;
      }
    }
    return true;
  }

  /** Whether so much would be free if nothing ran. */
  boolean couldOffer(Map<String, Long> requires) {
    return requires.entrySet().stream()
        .allMatch(need -> resources.getOrDefault(need.getKey(), 0L) >= need.getValue());
  }
}
