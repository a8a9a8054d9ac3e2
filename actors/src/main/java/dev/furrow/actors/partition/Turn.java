package dev.furrow.actors.partition;

import dev.furrow.TaskFailure;
import dev.furrow.actors.wire.CallKind;
import dev.furrow.actors.wire.CallStatus;
import dev.furrow.actors.wire.FailureRecord;
import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.PartitionChange;
import dev.furrow.actors.wire.PartitionMessage.Calls;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs messages of calls one after another, on one thread at a time. A call that takes too long is
 * given up: its thread is interrupted and has no say any more, and another goes on with the next
 * call. What the calls have changed is an event at the end.
 *
 * <p>Invariant: only the thread of the current shift changes the draft and the replies, and only
 * while it holds the lock.
 */
final class Turn implements Runnable {

  /** What a message may answer in bytes before its further calls are left to the next one. */
  private static final long MOST_ANSWER = 4 << 20;

  private final List<Part> parts;
  private final Draft draft;
  private final UserCalls users;
  private final String node;
  private final Partition.Surroundings surroundings;
  private final Runnable finished;

  /** Replies of the messages that are done, and of the one that runs. */
  private final List<List<Reply>> replies = new ArrayList<>();

  private int message;
  private int row;
  private long answered;
  private int shift;
  private boolean over;
  private boolean runs;
  private long since;
  private @Nullable Thread thread;

  /**
   * A turn that has not begun.
   *
   * @param parts not empty; of one caller in the order of their numbers
   * @param draft over the state, which nobody changes before {@code finished}
   * @param finished is run once at the end
   */
  Turn(List<Part> parts, Draft draft, Partition.Surroundings surroundings, Runnable finished) {
    this.parts = parts;
    this.draft = draft;
    this.surroundings = surroundings;
    this.users = surroundings.users();
    this.node = surroundings.node();
    this.finished = finished;
  }

  /**
   * A message to do.
   *
   * @param from who is answered
   * @param known what its calls were answered when it was done before, and null for those that have
   *     only read; empty if it was not
   */
  record Part(NodeId from, Calls calls, List<@Nullable Reply> known) {}

  /** The messages that were done, when the turn is over: the others are left to the next one. */
  synchronized List<Part> done() {
    return parts.subList(0, message);
  }

  /** The messages that were not done. */
  synchronized List<Part> left() {
    return parts.subList(message, parts.size());
  }

  /** The replies of a message, when the turn is over. */
  synchronized List<Reply> replies(int of) {
    return replies.get(of);
  }

  synchronized PartitionChange change() {
    return draft.change();
  }

  @Override
  public void run() {
    int mine;
    synchronized (this) {
      mine = ++shift;
      thread = Thread.currentThread();
    }
    boolean last = false;
    while (!last && work(mine)) {
      last = isOver(mine);
    }
    // The interruption of a call that was given up is not for the next one.
    boolean ignored = Thread.interrupted();
    if (last) {
      finished.run();
    } else {
      surroundings.abandoned(-1);
    }
  }

  private synchronized boolean isOver(int mine) {
    return shift == mine && over;
  }

  private synchronized boolean isWanted(int mine) {
    return shift == mine;
  }

  /** Does one call; false if another thread has taken over. */
  private boolean work(int mine) {
    Calls calls;
    int at;
    synchronized (this) {
      if (shift != mine) {
        return false;
      }
      calls = parts.get(message).calls();
      at = row;
      if (at == 0) {
        replies.add(new ArrayList<>(calls.kind().length));
      }
      boolean full = answered > MOST_ANSWER || draft.weight() > surroundings.mostChange();
      if (at == rows() || (at > 0 && isFirstTime() && full)) {
        endMessage();
        return true;
      }
      runs = true;
      since = System.nanoTime();
    }
    Outcome outcome = outcome(calls, at, mine);
    synchronized (this) {
      if (shift != mine) {
        return false;
      }
      end(calls, at, outcome);
    }
    return true;
  }

  /** What a call did; what it writes is null where it wrote nothing. */
  private record Outcome(
      Reply reply, @Nullable ByteKey writes, byte @Nullable [] value, boolean isNew) {

    Outcome(Reply reply) {
      this(reply, null, null, false);
    }
  }

  private Outcome outcome(Calls calls, int at, int mine) {
    Reply known = known(at);
    if (known != null) {
      return new Outcome(known);
    }
    CallKind kind = CallKind.values()[calls.kind()[at]];
    return switch (kind) {
      case UPDATE -> update(calls, at);
      case GET -> {
        byte[] value = draft.get(new ByteKey(calls.key().get(at)));
        yield new Outcome(value == null ? Reply.EMPTY : Reply.done(value));
      }
      case AGGREGATE ->
          new Outcome(
              users.aggregate(
                  calls.types().get(calls.type()[at]),
                  calls.payload().get(at),
                  draft,
                  () -> isWanted(mine)));
      case SIZE -> new Outcome(Reply.done(ByteBuffer.allocate(8).putLong(draft.size()).array()));
      case SCAN -> new Outcome(Reply.done(Scan.page(draft, calls.key().get(at))));
    };
  }

  private boolean isFirstTime() {
    return parts.get(message).known().isEmpty();
  }

  /** Calls to do: of a message that comes again those that were done before. */
  private int rows() {
    Part part = parts.get(message);
    return isFirstTime() ? part.calls().kind().length : part.known().size();
  }

  private @Nullable Reply known(int at) {
    List<@Nullable Reply> known = parts.get(message).known();
    return at < known.size() ? known.get(at) : null;
  }

  private Outcome update(Calls calls, int at) {
    if (surroundings.abandoned(0) >= PartitionThreads.MOST_MORE) {
      return new Outcome(
          Reply.rejected(
              FailureRecord.of(
                  TaskFailure.Kind.LOST,
                  IllegalStateException.class.getName(),
                  "as many updates as are bearable were stopped on this node and ignore"
                      + " interruption: it makes no more until some of them end",
                  node)));
    }
    Draft.@Nullable Origin origin = origin(calls, at);
    if (origin != null) {
      Reply done = draft.look(origin);
      if (done != null) {
        return new Outcome(done);
      }
      if (draft.isForgotten(origin)) {
        return new Outcome(
            Reply.unknown(
                "task "
                    + origin.task()
                    + " of job "
                    + origin.job().id()
                    + " may have made this update in an earlier attempt, of which nothing is"
                    + " remembered any more: it was not made again",
                node));
      }
    }
    ByteKey key = new ByteKey(calls.key().get(at));
    UserCalls.Updated updated =
        users.update(calls.types().get(calls.type()[at]), calls.payload().get(at), draft.get(key));
    return new Outcome(
        updated.reply(), updated.writes() ? key : null, updated.value(), origin != null);
  }

  private static Draft.@Nullable Origin origin(Calls calls, int at) {
    int from = calls.from()[at];
    return from < 0
        ? null
        : new Draft.Origin(calls.origin().get(from), calls.task()[at], calls.ordinal()[at]);
  }

  private void end(Calls calls, int at, Outcome outcome) {
    runs = false;
    ByteKey key = outcome.writes();
    if (key != null) {
      draft.put(key, outcome.value());
    }
    Draft.Origin origin = outcome.isNew() ? origin(calls, at) : null;
    if (origin != null && outcome.reply().status() == CallStatus.DONE) {
      draft.mark(origin, outcome.reply());
    }
    replies.get(message).add(outcome.reply());
    answered += outcome.reply().body().length;
    row++;
  }

  private void endMessage() {
    Part part = parts.get(message);
    Calls calls = part.calls();
    List<@Nullable Reply> kept = new ArrayList<>();
    boolean updates = false;
    for (int i = 0; i < row; i++) {
      boolean update = calls.kind()[i] == CallKind.UPDATE.ordinal();
      kept.add(update ? replies.get(message).get(i) : null);
      updates |= update;
    }
    // Also one that was cut short: its other calls come in the next, and not by this one again.
    boolean cut = row < calls.kind().length;
    if ((updates || cut) && isFirstTime()) {
      draft.mark(calls.caller(), calls.sequence(), kept);
    }
    message++;
    row = 0;
    answered = 0;
    over = message == parts.size() || draft.weight() > surroundings.mostChange();
  }

  /** For how long the call that runs has done so; 0 if none runs. */
  synchronized long running(long now) {
    return runs ? now - since : 0;
  }

  /** Gives up the call that runs, if it has run for so long. */
  void expire(long now, long limit) {
    synchronized (this) {
      if (!runs || now - since < limit) {
        return;
      }
      Calls calls = parts.get(message).calls();
      Thread stuck = thread;
      shift++;
      surroundings.abandoned(1);
      if (stuck != null) {
        stuck.interrupt();
      }
      end(calls, row, new Outcome(Reply.rejected(tooLong(calls, limit))));
    }
    surroundings.threads().execute(this);
  }

  private FailureRecord tooLong(Calls calls, long limit) {
    String type = calls.types().isEmpty() ? "a call" : calls.types().get(calls.type()[row]);
    return FailureRecord.of(
        TaskFailure.Kind.THREW,
        InterruptedException.class.getName(),
        type
            + " was stopped after "
            + limit / 1_000_000
            + " ms and changed nothing: furrow.partitions.run-timeout",
        node);
  }
}
