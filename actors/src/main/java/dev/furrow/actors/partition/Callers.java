package dev.furrow.actors.partition;

import dev.furrow.actors.wire.CallerId;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which messages of callers were done, so that none is done twice. A caller has one message on its
 * way, so the last of each is enough (as a TCP receiver needs only what is next).
 *
 * <p>Those that called longest ago are forgotten. Whoever was forgotten was born no later than
 * {@link #forgotten}; so a caller that is not known and is younger has never been here, and an
 * older one may have been and must begin as another.
 */
final class Callers {

  /** So many are remembered. */
  static final int MOST = 1_000;

  /** What is remembered weighs at most so much, or is of one caller. */
  static final long MOST_WEIGHT = 16 << 20;

  /** Whether a message was done. */
  enum Look {
    NEW,
    REPEATED,
    /** A later one has come: nobody waits for this one. */
    OLD,
    FORGOTTEN
  }

  private record Last(long sequence, List<@Nullable Reply> replies) {

    long weight() {
      long sum = 100;
      for (Reply reply : replies) {
        sum += reply == null ? 8 : reply.weight();
      }
      return sum;
    }
  }

  private final Map<CallerId, Last> last = new LinkedHashMap<>();
  private long forgotten = Long.MIN_VALUE;
  private long weight;

  Look look(CallerId caller, long sequence) {
    Last known = last.get(caller);
    if (known == null) {
      return caller.born() <= forgotten ? Look.FORGOTTEN : Look.NEW;
    }
    if (sequence == known.sequence()) {
      return Look.REPEATED;
    }
    return sequence > known.sequence() ? Look.NEW : Look.OLD;
  }

  /** What was replied to the last message of a caller. */
  List<@Nullable Reply> replies(CallerId caller) {
    Last known = last.get(caller);
    return known == null ? List.of() : known.replies();
  }

  /**
   * Notes a message that was done.
   *
   * @param replies one a row; null where the call has only read, and may read again
   */
  void mark(CallerId caller, long sequence, List<@Nullable Reply> replies) {
    Last fresh = new Last(sequence, replies);
    // At the end of the order, as the one that called last.
    Last before = last.remove(caller);
    last.put(caller, fresh);
    weight += fresh.weight() - (before == null ? 0 : before.weight());
    Iterator<Map.Entry<CallerId, Last>> oldest = last.entrySet().iterator();
    while (last.size() > MOST || (weight > MOST_WEIGHT && last.size() > 1)) {
      Map.Entry<CallerId, Last> gone = oldest.next();
      forgotten = Math.max(forgotten, gone.getKey().born());
      weight -= gone.getValue().weight();
      oldest.remove();
    }
  }

  /** All callers that are forgotten were born until then. */
  long forgotten() {
    return forgotten;
  }

  /** Takes over that callers born until then are forgotten. */
  void forget(long born) {
    forgotten = Math.max(forgotten, born);
  }

  int size() {
    return last.size();
  }

  /** Is given what is remembered, those first that called longest ago. */
  interface Visitor {
    void visit(CallerId caller, long sequence, List<@Nullable Reply> replies);
  }

  void forEach(Visitor visitor) {
    last.forEach((caller, one) -> visitor.visit(caller, one.sequence(), one.replies()));
  }
}
