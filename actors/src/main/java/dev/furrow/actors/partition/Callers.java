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

  /** Whether a message was done. */
  enum Look {
    NEW,
    REPEATED,
    /** A later one has come: nobody waits for this one. */
    OLD,
    FORGOTTEN
  }

  private record Last(long sequence, List<@Nullable Reply> replies) {}

  private final Map<CallerId, Last> last = new LinkedHashMap<>(16, 0.75f, true);
  private long forgotten = Long.MIN_VALUE;

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
    last.put(caller, new Last(sequence, replies));
    Iterator<CallerId> oldest = last.keySet().iterator();
    while (last.size() > MOST) {
      forgotten = Math.max(forgotten, oldest.next().born());
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
