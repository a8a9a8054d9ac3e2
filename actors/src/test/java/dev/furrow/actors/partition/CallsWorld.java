package dev.furrow.actors.partition;

import dev.furrow.Change;
import dev.furrow.Durability;
import dev.furrow.Update;
import dev.furrow.actors.wire.CallStatus;
import dev.furrow.actors.wire.CallerId;
import dev.furrow.actors.wire.CallerMessage;
import dev.furrow.actors.wire.EncodedTask;
import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.PartitionId;
import dev.furrow.actors.wire.PartitionMessage.Calls;
import dev.furrow.actors.wire.StateCodec;
import dev.furrow.actors.wire.TaskCodec;
import dev.furrow.actors.wire.WireCodec;
import dev.furrow.actors.wire.WireException;
import dev.furrow.actors.wire.WireMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Callers and one partition that moves between nodes, in one thread and virtual time: messages are
 * lost, doubled and reordered, nodes pause. Each update puts a number of its own into a set, so
 * that it can be seen in the end which were applied, and how often.
 */
final class CallsWorld {

  /** Notes that an update was applied. */
  record Note(long number) implements Update<List<Long>, Integer> {
    @Override
    public Change<List<Long>, Integer> apply(Optional<List<Long>> now) {
      List<Long> all = new ArrayList<>(now.orElse(List.of()));
      all.add(number);
      return Change.set(all, all.size());
    }
  }

  static final long MILLI = 1_000_000;
  static final PartitionId ID = new PartitionId("world", 0, 1, Durability.MEMORY);
  private static final StateCodec CODEC =
      new TaskCodec(List.of(), 1 << 20, 1 << 20, CallsWorld.class.getClassLoader()).state();
  static final int NODES = 5;

  private record Event(long at, long order, Runnable what) {}

  /** How the partition's changes are kept, and what becomes of it when it moves. */
  interface Keeping {

    /** Opens the partition for the first time. */
    void begin();

    /** Something happens to it: it moves, or its node dies. */
    void move();

    /** What is kept in the end. */
    PartitionState state();
  }

  final SplittableRandom random;
  private final Keeping keeping;
  private final PriorityQueue<Event> agenda =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
  final List<NodeId> nodes = new ArrayList<>();
  final Map<NodeId, Partition> open = new LinkedHashMap<>();
  private final List<Outbox> callers = new ArrayList<>();
  private final long[] pausedUntil = new long[NODES];
  private final long timeout;
  private final double loss;
  private final double doubling;
  private final long mostChange;
  private long now;
  private long order;
  private long calls;
  private boolean calm;

  /** Updates that were acknowledged, and those of which the caller knows nothing. */
  final Set<Long> acknowledged = new HashSet<>();

  final Set<Long> unknown = new HashSet<>();
  final Set<Long> rejected = new HashSet<>();
  long sent;

  CallsWorld(long seed, Function<CallsWorld, Keeping> keeping) {
    random = new SplittableRandom(seed);
    timeout = new long[] {100, 500, 2_000}[random.nextInt(3)] * MILLI;
    loss = random.nextInt(3) * 0.1;
    doubling = random.nextInt(3) * 0.1;
    mostChange = random.nextBoolean() ? 100 : 1 << 20;
    for (int n = 0; n < NODES; n++) {
      nodes.add(new NodeId("node-" + n, n));
    }
    this.keeping = keeping.apply(this);
  }

  void in(long delay, Runnable what) {
    agenda.add(new Event(now + delay, order++, what));
  }

  long some(long most) {
    return 1 + random.nextLong(most);
  }

  // ------------------------------------------------------------- the world

  /** Lives through the world; answers the numbers that were applied, as often as they were. */
  List<Long> run() {
    keeping.begin();
    for (int n = 0; n < 3; n++) {
      callers.add(new Outbox(ID, new CallerId("caller-" + n, 1_000), 50 * MILLI));
      int caller = n;
      in(some(MILLI), () -> call(caller));
      in(10 * MILLI, () -> tick(caller));
    }
    in(some(300 * MILLI), this::move);
    in(some(300 * MILLI), this::pause);
    while (now < 6_000 * MILLI || callers.stream().anyMatch(caller -> !caller.isEmpty())) {
      Event next = agenda.remove();
      now = next.at();
      calm = now > 3_000 * MILLI;
      next.what().run();
    }
    return applied();
  }

  private List<Long> applied() {
    List<Long> all = new ArrayList<>();
    keeping
        .state()
        .forEach(
            (key, value) -> {
              try {
                @SuppressWarnings("unchecked") // read as Note says
                List<Long> list = (List<Long>) CODEC.readValue(Note.class, value);
                all.addAll(list);
              } catch (Exception wrong) {
                throw new IllegalStateException(wrong);
              }
            });
    return all;
  }

  private void call(int caller) {
    if (!calm) {
      List<Call> some = new ArrayList<>();
      for (long n = some(3); n > 0; n--) {
        some.add(note());
      }
      work(caller, () -> callers.get(caller).add(some, now));
      in(some(20 * MILLI), () -> call(caller));
    }
  }

  private Call note() {
    long number = calls++;
    EncodedTask update = CODEC.encode(new Note(number));
    byte[] key = ("key-" + random.nextInt(5)).getBytes(StandardCharsets.UTF_8);
    Call call = Call.update(key, update.type(), update.payload(), null, new Noted(number));
    call.deadline = now + timeout;
    sent++;
    return call;
  }

  private final class Noted implements Call.Answer {
    private final long number;

    Noted(long number) {
      this.number = number;
    }

    @Override
    public void answered(CallStatus status, byte[] body) {
      (status == CallStatus.DONE ? acknowledged : unknown).add(number);
    }

    @Override
    public void failed(boolean mayBeDone, String text) {
      (mayBeDone ? unknown : rejected).add(number);
    }
  }

  private void tick(int caller) {
    work(caller, () -> callers.get(caller).tick(now));
    in(10 * MILLI, () -> tick(caller));
  }

  // ---------------------------------------------------------------- callers

  private void work(int caller, Runnable what) {
    what.run();
    for (Outbox.Effect effect : callers.get(caller).drain()) {
      if (effect instanceof Outbox.Effect.Send send) {
        post(send.calls(), message -> arrive(send.to(), caller, (Calls) message));
      } else if (effect instanceof Outbox.Effect.Locate) {
        in(some(10 * MILLI), () -> locate(caller));
      } else if (effect instanceof Outbox.Effect.Answered answered) {
        answered.call().answer.answered(answered.status(), answered.body());
      } else if (effect instanceof Outbox.Effect.Failed failed) {
        failed.call().answer.failed(failed.mayBeDone(), failed.text());
      }
    }
  }

  private void locate(int caller) {
    if (!open.isEmpty()) {
      List<NodeId> owners = List.copyOf(open.keySet());
      NodeId at = owners.get(calm ? owners.size() - 1 : random.nextInt(owners.size()));
      work(caller, () -> callers.get(caller).located(at, now));
    }
  }

  interface Arrival {
    void with(WireMessage message);
  }

  /** A message travels as bytes, and may be lost or doubled. */
  void post(WireMessage message, Arrival arrival) {
    byte[] bytes = WireCodec.encode(message);
    double luck = calm ? 1 : random.nextDouble();
    int copies = luck < loss ? 0 : luck < loss + doubling ? 2 : 1;
    for (int i = 0; i < copies; i++) {
      in(
          some(random.nextInt(10) == 0 && !calm ? 400 * MILLI : 5 * MILLI),
          () -> {
            try {
              arrival.with(WireCodec.decode(bytes, 0, bytes.length));
            } catch (WireException wrong) {
              throw new IllegalStateException(wrong);
            }
          });
    }
  }

  // ------------------------------------------------------------- partitions

  private void arrive(NodeId at, int caller, Calls calls) {
    NodeId from = new NodeId("caller", caller);
    Partition here = open.get(at);
    if (here == null) {
      answer(at, from, new CallerMessage.NotHere(ID, calls.caller(), calls.sequence()));
    } else {
      here.offer(from, calls);
    }
  }

  private void answer(NodeId at, NodeId to, CallerMessage message) {
    int caller = (int) to.uid();
    post(message, read -> work(caller, () -> hear(callers.get(caller), at, read)));
  }

  private void hear(Outbox caller, NodeId from, WireMessage message) {
    if (message instanceof CallerMessage.Replies replies) {
      caller.replied(replies, now);
    } else if (message instanceof CallerMessage.NotHere absent) {
      caller.notHere(from, absent, now);
    } else if (message instanceof CallerMessage.Forgotten forgotten) {
      caller.forgotten(forgotten, new CallerId("other-" + order++, forgotten.born() + 1), now);
    }
  }

  /** Opens the partition on a node. */
  Partition settle(NodeId at, PartitionState state, Store store) {
    Partition partition =
        new Partition(
            ID,
            state,
            store,
            new Partition.Surroundings() {
              @Override
              public void send(NodeId to, CallerMessage message) {
                answer(at, to, message);
              }

              @Override
              public Executor threads() {
                return work -> in(awake(at) + some(5 * MILLI), work);
              }

              @Override
              public UserCalls users() {
                return new UserCalls(CODEC, at.name(), 1 << 20);
              }

              @Override
              public String node() {
                return at.name();
              }

              @Override
              public long mostChange() {
                return mostChange;
              }

              @Override
              public int abandoned(int change) {
                return 0;
              }
            });
    open.remove(at);
    open.put(at, partition);
    return partition;
  }

  /** How long it is until a node goes on. */
  long awake(NodeId node) {
    return Math.max(0, pausedUntil[(int) node.uid() % NODES] - now);
  }

  boolean isCalm() {
    return calm;
  }

  NodeId anyNode() {
    return nodes.get(random.nextInt(NODES));
  }

  private void move() {
    keeping.move();
    if (!calm) {
      in(some(500 * MILLI), this::move);
    }
  }

  private void pause() {
    pausedUntil[random.nextInt(NODES)] = now + some(600 * MILLI);
    if (!calm) {
      in(some(600 * MILLI), this::pause);
    }
  }

  @Nullable Long sentButUnaccounted() {
    for (long n = 0; n < calls; n++) {
      if (!acknowledged.contains(n) && !unknown.contains(n) && !rejected.contains(n)) {
        return n;
      }
    }
    return null;
  }
}
