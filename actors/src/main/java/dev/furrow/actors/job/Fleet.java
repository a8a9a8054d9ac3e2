package dev.furrow.actors.job;

import dev.furrow.actors.wire.NodeId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The pools of a job, sorted by what a supervisor asks of them, so that no message costs a walk
 * over all nodes. Whoever changes a pool says so with {@link #changed}.
 */
final class Fleet {

  /** In a cluster of so many pools all are told that there is work; in a larger one, a sample. */
  private static final int TELL_ALL = 64;

  private static final int SAMPLE = 8;

  private final Map<NodeId, PoolView> pools = new LinkedHashMap<>();

  /** How many pools want leases and have none that wait. */
  private int clear;

  /** Pools that may be granted more. */
  private final Set<PoolView> hungry = new LinkedHashSet<>();

  /** Those of them that have changed since work was last granted. */
  private final Set<PoolView> stirred = new LinkedHashSet<>();

  private final Set<PoolView> suspects = new LinkedHashSet<>();

  /** Pools without an idle slot that have leases which may wait there. */
  private final Set<PoolView> stocked = new LinkedHashSet<>();

  /** Pools that ask for nothing: those that were not told of work, and those that were, by time. */
  private final List<PoolView> untold = new ArrayList<>();

  private final Deque<Told> told = new ArrayDeque<>();
  private final SplittableRandom random;
  private int slots;
  private int occupied;
  private int idle;
  private int running;
  private int open;
  private int waitingForAnswer;

  Fleet(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** Where a pool that asks for nothing is noted. */
  enum Silence {
    NONE,
    UNTOLD,
    TOLD
  }

  private record Told(PoolView pool, long at) {}

  Collection<PoolView> all() {
    return pools.values();
  }

  @Nullable PoolView get(NodeId node) {
    return pools.get(node);
  }

  PoolView meet(NodeId node) {
    return pools.computeIfAbsent(node, PoolView::new);
  }

  /** Forgets a node's pool, which has no leases any more. */
  void forget(PoolView pool) {
    pools.remove(pool.node);
    pool.connected = false;
    pool.suspect = false;
    changed(pool);
    untold.remove(pool);
    told.removeIf(one -> one.pool() == pool);
  }

  /** Slots of the pools that take work. */
  int slots() {
    return slots;
  }

  /** Those of these slots that a lease is there for. */
  int occupied() {
    return occupied;
  }

  /** Leases that run, as far as can be known; others are queued with their pools. */
  int running() {
    return running;
  }

  /** Slots with nothing to do that would take work. */
  int idle() {
    return idle;
  }

  Collection<PoolView> hungry() {
    return hungry;
  }

  /** Whether there is a pool that wants leases and has none that wait, and one that has some. */
  boolean hasBored() {
    return !stocked.isEmpty() && clear > 0;
  }

  Collection<PoolView> stirred() {
    return stirred;
  }

  Collection<PoolView> suspects() {
    return suspects;
  }

  /** Notes what a change of a pool makes of it. */
  void changed(PoolView pool) {
    int counts = pool.open() ? pool.slots : 0;
    open += (counts > 0 ? 1 : 0) - (pool.countedSlots > 0 ? 1 : 0);
    slots += counts - pool.countedSlots;
    pool.countedSlots = counts;
    int busy = Math.min(counts, pool.held());
    occupied += busy - pool.countedBusy;
    pool.countedBusy = busy;
    int runs = pool.running();
    running += runs - pool.countedRunning;
    pool.countedRunning = runs;
    int bored = pool.idle();
    idle += bored - pool.countedIdle;
    pool.countedIdle = bored;
    boolean hungers = pool.credit() > 0;
    boolean isClear = hungers && pool.unstarted() == 0;
    clear += (isClear ? 1 : 0) - (pool.countedClear ? 1 : 0);
    pool.countedClear = isClear;
    if (hungers) {
      stirred.add(pool);
    }
    if (hungers != pool.hungry) {
      pool.hungry = hungers;
      if (hungers) {
        hungry.add(pool);
      } else {
        hungry.remove(pool);
        stirred.remove(pool);
      }
    }
    if (pool.suspect && pool.connected) {
      suspects.add(pool);
    } else if (!suspects.isEmpty()) {
      suspects.remove(pool);
    }
    boolean stocks = pool.stocks();
    if (stocks != pool.stocked) {
      pool.stocked = stocks;
      if (stocks) {
        stocked.add(pool);
      } else {
        stocked.remove(pool);
      }
    }
    noteSilence(pool);
  }

  private void noteSilence(PoolView pool) {
    boolean silent =
        pool.connected
            && !pool.leaving
            && (pool.incarnation == 0 || pool.most == 0 || pool.suspect);
    if (silent && pool.silence == Silence.NONE) {
      pool.silence = Silence.UNTOLD;
      untold.add(pool);
    } else if (!silent && pool.silence != Silence.NONE) {
      waitingForAnswer -= pool.silence == Silence.TOLD ? 1 : 0;
      pool.silence = Silence.NONE; // and leaves its list when it is found there
    }
  }

  /**
   * Pools to tell that there is work: so many, chosen at random, that what waits could fill their
   * slots, less those that were told and may still answer.
   */
  List<PoolView> herald(int waiting, long at, long resend) {
    for (Told first = told.peek(); first != null; first = told.peek()) {
      boolean current =
          first.pool().silence == Silence.TOLD && first.pool().announcedAt == first.at();
      if (current && at - first.at() <= resend) {
        break;
      }
      told.poll();
      if (current) {
        again(first.pool());
      }
    }
    List<PoolView> chosen = new ArrayList<>();
    int most = most(waiting) - waitingForAnswer;
    while (chosen.size() < most && !untold.isEmpty()) {
      PoolView pool = takeUntold();
      if (pool.silence == Silence.UNTOLD) {
        pool.silence = Silence.TOLD;
        pool.announcedAt = at;
        waitingForAnswer++;
        told.add(new Told(pool, at));
        chosen.add(pool);
      }
    }
    return chosen;
  }

  /** A pool that was told of work may not have heard it. */
  void again(PoolView pool) {
    if (pool.silence == Silence.TOLD) {
      waitingForAnswer--;
      pool.silence = Silence.UNTOLD;
      untold.add(pool);
    }
  }

  private int most(int waiting) {
    if (pools.size() <= TELL_ALL) {
      return TELL_ALL;
    }
    int each = open == 0 ? 1 : Math.max(1, slots / open);
    return SAMPLE + 2 * (waiting / each + 1);
  }

  private PoolView takeUntold() {
    int at = random.nextInt(untold.size());
    PoolView chosen = untold.get(at);
    PoolView last = untold.remove(untold.size() - 1);
    if (chosen != last) {
      untold.set(at, last);
    }
    return chosen;
  }

  /** Work was granted to all that could take it. */
  void settled() {
    stirred.clear();
  }

  /**
   * The fullest pool that has leases which may wait there, and was not just asked for some of them.
   * It alone knows whether they do: its slots may be busy with other jobs.
   *
   * @param pause for which a pool that has answered is not asked again
   * @param resend after which one that has not answered is
   */
  @Nullable PoolView fullest(long at, long pause, long resend) {
    PoolView fullest = null;
    for (PoolView pool : stocked) {
      boolean asked = at - pool.recalledAt < (pool.recalled ? resend : pause);
      if (!asked && (fullest == null || pool.load() > fullest.load())) {
        fullest = pool;
      }
    }
    return fullest;
  }

  /** Checks what must always hold; for tests. */
  void check() {
    int all = 0;
    int busy = 0;
    int bored = 0;
    for (PoolView pool : pools.values()) {
      all += pool.open() ? pool.slots : 0;
      busy += pool.open() ? Math.min(pool.slots, pool.held()) : 0;
      bored += pool.idle();
      if (hungry.contains(pool) != pool.credit() > 0) {
        throw new IllegalStateException("the hunger of " + pool.id() + " is off");
      }
      boolean stocks = pool.stocks();
      if (stocked.contains(pool) != stocks) {
        throw new IllegalStateException("the stock of " + pool.id() + " is off");
      }
    }
    if (all != slots || busy != occupied || bored != idle) {
      throw new IllegalStateException(
          "slots are off: " + slots + " of " + all + ", " + occupied + " of " + busy);
    }
  }
}
