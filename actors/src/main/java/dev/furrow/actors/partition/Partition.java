package dev.furrow.actors.partition;

import dev.furrow.actors.wire.CallerId;
import dev.furrow.actors.wire.CallerMessage;
import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.PartitionChange;
import dev.furrow.actors.wire.PartitionId;
import dev.furrow.actors.wire.PartitionMessage.Calls;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A partition that is on this node: takes messages of calls, and does them in turns, one turn at a
 * time, on threads of its own. What a turn has changed is kept before its callers are answered.
 *
 * <p>Safe for use by many threads. Invariant: the state changes only between turns.
 */
final class Partition {

  /** Messages that wait, at most; further ones are left out, and their callers send them again. */
  static final int MOST_WAITING = 1_000;

  /** A turn takes messages until it has so many calls. */
  private static final int TURN = 4_096;

  /** What a partition needs of its node. */
  interface Surroundings {

    /** Says something to a caller. */
    void send(NodeId to, CallerMessage message);

    /** Where turns run. */
    Executor threads();

    /** Runs what users wrote. */
    UserCalls users();

    /** The node's name, for failures. */
    String node();

    /** What a turn may change in bytes before the rest is left to the next one. */
    default long mostChange() {
      return 4 << 20;
    }

    /** Calls that were given up and whose threads go on; {@code change} is added. */
    int abandoned(int change);
  }

  private record Heard(NodeId from, Calls calls) {}

  private record Numbered(CallerId caller, long sequence) {

    Numbered(Calls calls) {
      this(calls.caller(), calls.sequence());
    }
  }

  private final PartitionId id;
  private final PartitionState state;
  private final Store store;
  private final Surroundings surroundings;
  private final Deque<Heard> waiting = new ArrayDeque<>();

  /** What waits or runs: sent again, it is answered once. */
  private final Set<Numbered> present = new HashSet<>();

  private final CallRate rate = new CallRate();
  private final CompletableFuture<PartitionState> closed = new CompletableFuture<>();
  private @Nullable Turn turn;

  /** When the last turn ended, by the tick that came after it; 0 until that comes. */
  private long lastTurn;

  private boolean busy;
  private boolean closing;
  private boolean lost;

  /** The turn is over, and its change is on its way to the store. */
  private boolean keeping;

  Partition(PartitionId id, PartitionState state, Store store, Surroundings surroundings) {
    this.id = id;
    this.state = state;
    this.store = store;
    this.surroundings = surroundings;
  }

  /** Takes a message; one that comes after the close is to go elsewhere. */
  void offer(NodeId from, Calls calls) {
    Heard heard = new Heard(from, calls);
    if (!takes(heard)) {
      refuse(heard);
    }
  }

  /** Whether it is not closing. */
  private boolean takes(Heard heard) {
    synchronized (this) {
      if (closing) {
        return false;
      }
      boolean full = waiting.size() >= MOST_WAITING;
      if (full || !present.add(new Numbered(heard.calls()))) {
        return true;
      }
      waiting.add(heard);
      if (busy) {
        return true;
      }
      busy = true;
    }
    surroundings.threads().execute(this::begin);
    return true;
  }

  private void refuse(Heard heard) {
    Calls calls = heard.calls();
    surroundings.send(
        heard.from(), new CallerMessage.NotHere(id, calls.caller(), calls.sequence()));
  }

  // ------------------------------------------------------------------ turns

  /** Begins turns until nothing waits, on a thread of the partitions. */
  private void begin() {
    Turn next = next();
    if (next != null) {
      next.run();
    }
  }

  /** The next turn; null if nothing waits. What is to be said is said without the lock. */
  private @Nullable Turn next() {
    List<Runnable> said = new ArrayList<>();
    Turn begun = null;
    synchronized (this) {
      if (lost) {
        said.add(() -> store.leave(state));
      }
      if (closing) {
        waiting.forEach(heard -> said.add(() -> refuse(heard)));
        waiting.clear();
        present.clear();
      } else {
        begun = gather(said);
      }
      turn = begun;
      busy = begun != null;
      if (closing) {
        said.add(() -> closed.complete(state));
      }
    }
    said.forEach(Runnable::run);
    return begun;
  }

  private @Nullable Turn gather(List<Runnable> said) {
    List<Turn.Part> parts = new ArrayList<>();
    Map<String, Long> seen = new HashMap<>();
    int calls = 0;
    while (calls < TURN && !waiting.isEmpty()) {
      Heard heard = waiting.remove();
      Calls one = heard.calls();
      Turn.Part part =
          one.sequence() > seen.getOrDefault(one.caller().id(), Long.MIN_VALUE)
              ? part(heard, said)
              : null;
      if (part == null) {
        present.remove(new Numbered(one));
        continue;
      }
      seen.put(one.caller().id(), one.sequence());
      parts.add(part);
      calls += one.kind().length;
    }
    return parts.isEmpty() ? null : new Turn(parts, new Draft(state), surroundings, this::finish);
  }

  private Turn.@Nullable Part part(Heard heard, List<Runnable> said) {
    Calls calls = heard.calls();
    return switch (state.look(calls.caller(), calls.sequence())) {
      case NEW -> new Turn.Part(heard.from(), calls, List.of());
      case REPEATED -> new Turn.Part(heard.from(), calls, state.callers().replies(calls.caller()));
      case OLD -> null;
      case FORGOTTEN -> {
        CallerMessage forgotten =
            new CallerMessage.Forgotten(
                id, calls.caller(), calls.sequence(), state.callers().forgotten());
        said.add(() -> surroundings.send(heard.from(), forgotten));
        yield null;
      }
    };
  }

  private void finish() {
    Turn done;
    boolean given;
    synchronized (this) {
      done = turn;
      given = lost;
      keeping = !lost;
    }
    if (given) {
      store.leave(state);
    } else if (done != null) {
      PartitionChange change = done.change();
      if (Changes.isEmpty(change)) {
        kept(change);
      } else {
        store.keep(change, () -> kept(change));
      }
    }
  }

  /** Applies the change and answers; false if the partition was given up meanwhile. */
  private boolean kept(PartitionChange change) {
    List<Answer> answers = new ArrayList<>();
    synchronized (this) {
      Turn done = turn;
      if (done == null || lost) {
        return false;
      }
      keeping = false;
      lastTurn = 0;
      state.apply(change);
      for (int i = done.left().size(); i > 0; i--) {
        Turn.Part left = done.left().get(i - 1);
        waiting.addFirst(new Heard(left.from(), left.calls()));
      }
      for (int i = 0; i < done.done().size(); i++) {
        Turn.Part part = done.done().get(i);
        present.remove(new Numbered(part.calls()));
        answers.add(new Answer(part.from(), part.calls(), done.replies(i)));
        rate.add(done.replies(i).size());
      }
      turn = null;
    }
    answers.forEach(this::answer);
    Turn next = next();
    if (next != null) {
      surroundings.threads().execute(next);
    }
    return true;
  }

  private record Answer(NodeId to, Calls calls, List<Reply> replies) {}

  private void answer(Answer answer) {
    int[] status = new int[answer.replies().size()];
    List<byte[]> body = new ArrayList<>(status.length);
    for (int i = 0; i < status.length; i++) {
      status[i] = answer.replies().get(i).status().ordinal();
      body.add(answer.replies().get(i).body());
    }
    surroundings.send(
        answer.to(),
        new CallerMessage.Replies(
            id, answer.calls().caller(), answer.calls().sequence(), status, body));
  }

  // ------------------------------------------------------------------- time

  /** Gives up a call that takes too long. Answers for how long the present one has run. */
  long tick(long now, long limit) {
    Turn current;
    synchronized (this) {
      current = turn;
      rate.tick(now);
      if (lastTurn == 0 || busy) {
        lastTurn = now;
      }
    }
    if (current == null) {
      return 0;
    }
    current.expire(now, limit);
    return current.running(now);
  }

  /** For how long nobody has called, as far as ticks tell. */
  synchronized long idle(long now) {
    return lastTurn == 0 || busy ? 0 : now - lastTurn;
  }

  /** How busy it is, as of the last tick, and how large. */
  synchronized SeenPartition seen() {
    return new SeenPartition(
        id.state(), id.index(), surroundings.node(), rate.perSecond(), state.size(), state.bytes());
  }

  // ------------------------------------------------------------------ close

  /**
   * Ends at once: what its last turn has changed may be kept or not, and nobody is answered.
   * Callers that wait are sent elsewhere.
   */
  void giveUp() {
    List<Heard> gone;
    boolean quiet;
    synchronized (this) {
      lost = true;
      closing = true;
      quiet = !busy || keeping;
      gone = List.copyOf(waiting);
      waiting.clear();
    }
    gone.forEach(this::refuse);
    if (quiet) {
      store.leave(state);
    }
  }

  /**
   * Takes no more messages, finishes the turn that runs, has those that wait go elsewhere, and
   * hands its state over.
   *
   * @return when its store has the state, which nobody here changes any more
   */
  CompletableFuture<Void> close() {
    boolean idle;
    synchronized (this) {
      closing = true;
      idle = !busy;
    }
    if (idle) {
      closed.complete(state);
    }
    return closed.thenAccept(store::leave);
  }
}
