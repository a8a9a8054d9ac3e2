package dev.furrow.actors.partition;

import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.PartitionChange;
import dev.furrow.actors.wire.PartitionId;
import dev.furrow.actors.wire.ReplicaMessage;
import dev.furrow.actors.wire.ReplicaMessage.Append;
import dev.furrow.actors.wire.ReplicaMessage.Discard;
import dev.furrow.actors.wire.ReplicaMessage.Done;
import dev.furrow.actors.wire.ReplicaMessage.Install;
import dev.furrow.actors.wire.ReplicaMessage.Prepare;
import dev.furrow.actors.wire.ReplicaMessage.Prepared;
import dev.furrow.actors.wire.ReplicaMessage.Propose;
import dev.furrow.actors.wire.ReplicaMessage.Pull;
import dev.furrow.actors.wire.ReplicaMessage.Pulled;
import dev.furrow.actors.wire.ReplicaMessage.Superseded;
import dev.furrow.actors.wire.WireCodec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The owner of a replicated partition: finds what its copies keep, chooses who has copies from now
 * on, and has each change kept by a majority of them. After Liskov and Cowling, "Viewstamped
 * Replication Revisited" (2012), with copies that change from view to view as in Lamport, Malkhi
 * and Zhou, "Vertical Paxos and Primary-Backup Replication" (2009).
 *
 * <ul>
 *   <li>Every member promises the new view, and says what it has. From then on no earlier owner has
 *       a change kept that needs one of those who have promised.
 *   <li>Of each view that may have been the last, so many copies must have answered that every
 *       change that was kept is among them, and the newest of them has it.
 *   <li>The new copies are proposed to every member before they are filled, so that whoever comes
 *       next knows whom to ask.
 *   <li>When all of them are filled, the view begins. A change is kept when a majority has it.
 * </ul>
 *
 * <p>Not safe for use by many threads. Invariant: a change that was said to be kept is on a
 * majority of the copies of its view.
 */
final class ReplicaOwner {

  /** So many copies there are, where so many nodes run tasks; with fewer one on each. */
  static final int COPIES = 3;

  /** Changes that not all copies have, at most, and what they weigh: then the next one waits. */
  private static final int MOST_BEHIND = 1_000;

  private static final long MOST_BYTES_BEHIND = 16 << 20;

  /** Changes that a copy which has lost some is sent at a time, and what they weigh. */
  private static final int WINDOW = 100;

  private static final long WINDOW_BYTES = 1 << 20;

  /** What is to be done. */
  sealed interface Effect {

    /** Say something to a copy. */
    record Send(NodeId to, ReplicaMessage message) implements Effect {}

    /** The view begins: open the partition with what this node's copy has. */
    record Begin(long view) implements Effect {}

    /** The change is kept. */
    record Kept() implements Effect {}

    /** This owner ends; another one may succeed. */
    record End(String why) implements Effect {}
  }

  private enum Phase {
    PREPARE,
    PROPOSE,
    INSTALL,
    SERVE,
    ENDED
  }

  private final PartitionId id;
  private final NodeId self;
  private final Set<NodeId> members;
  private final Map<NodeId, Prepared> prepared = new HashMap<>();
  private final Set<NodeId> awaited = new HashSet<>();
  private final List<Effect> effects = new ArrayList<>();
  private List<NodeId> workers;
  private final Set<NodeId> obsolete = new HashSet<>();
  private Phase phase = Phase.PREPARE;
  private long view;

  // What the view begins with.
  private @Nullable NodeId source;
  private long base;
  private long basePosition;
  private List<NodeId> copies = List.of();

  // Filling copies that have not what the view begins with.
  private final Map<NodeId, Integer> filling = new HashMap<>();
  private final List<byte[]> pieces = new ArrayList<>();
  private boolean pulled;

  // Serving.
  private final Deque<Append> behind = new ArrayDeque<>();
  private final Map<NodeId, Long> has = new HashMap<>();
  private final Map<NodeId, Long> seen = new HashMap<>();
  private final Map<NodeId, Long> catching = new HashMap<>();
  private long behindBytes;
  private long position;
  private long kept;
  private byte @Nullable [] waiting;

  /**
   * An owner that has not begun.
   *
   * @param self its node
   * @param members of the cluster, itself among them
   * @param workers those that run tasks, on which copies are; empty: on any member
   * @param view higher than that of any earlier owner on this node
   */
  ReplicaOwner(PartitionId id, NodeId self, Set<NodeId> members, List<NodeId> workers, long view) {
    this.id = id;
    this.view = view;
    this.self = self;
    this.members = new HashSet<>(members);
    this.workers = List.copyOf(workers);
    prepare();
  }

  /** What is to be done now. */
  List<Effect> drain() {
    List<Effect> drained = List.copyOf(effects);
    effects.clear();
    return drained;
  }

  /** Which nodes have copies in this view, when they are chosen. */
  List<NodeId> copies() {
    return copies;
  }

  private void send(NodeId to, ReplicaMessage message) {
    effects.add(new Effect.Send(to, message));
  }

  private void end(String why) {
    phase = Phase.ENDED;
    effects.add(new Effect.End(why));
  }

  // ---------------------------------------------------------------- prepare

  private void prepare() {
    prepared.clear();
    awaited.clear();
    awaited.addAll(members);
    awaited.forEach(node -> send(node, new Prepare(id, view)));
  }

  private void onPrepared(NodeId from, Prepared answer) {
    if (phase == Phase.PREPARE && awaited.remove(from)) {
      prepared.put(from, answer);
      go();
    }
  }

  private void onSuperseded(Superseded answer) {
    if (phase == Phase.PREPARE) {
      view = Math.max(view, answer.promised()) + 1;
      prepare();
    } else if (phase != Phase.ENDED) {
      end("another node has taken it over");
    }
  }

  /** Goes on if everybody has answered that has to. */
  private void go() {
    if (!awaited.isEmpty()) {
      return;
    }
    switch (phase) {
      case PREPARE -> choose();
      case PROPOSE -> install();
      case INSTALL -> serve();
      case SERVE, ENDED -> {}
    }
  }

  private void choose() {
    for (Map.Entry<Long, List<NodeId>> last : lastViews().entrySet()) {
      long answered = last.getValue().stream().filter(prepared::containsKey).count();
      // Where no copy is left, nothing is: then it begins anew, which its durability says.
      if (answered > 0 && answered < enough(last.getValue())) {
        end(
            answered
                + " of "
                + last.getValue().size()
                + " copies are left, and what was acknowledged may be on the others alone: it waits"
                + " for them to come back");
        return;
      }
    }
    source = null;
    base = 0;
    basePosition = 0;
    prepared.forEach(
        (node, copy) -> {
          boolean newer =
              copy.installed() > base
                  || (copy.installed() == base && copy.position() > basePosition);
          boolean asNew = copy.installed() == base && copy.position() == basePosition;
          if (copy.installed() > 0 && (newer || (asNew && node.equals(self)))) {
            source = node;
            base = copy.installed();
            basePosition = copy.position();
          }
        });
    copies = chooseCopies();
    phase = Phase.PROPOSE;
    awaited.addAll(prepared.keySet());
    awaited.forEach(node -> send(node, new Propose(id, view, copies)));
  }

  /** The copies of each view that may have been the last, or may still become it. */
  private Map<Long, List<NodeId>> lastViews() {
    long highest = prepared.values().stream().mapToLong(Prepared::installed).max().orElse(0);
    Map<Long, List<NodeId>> views = new TreeMap<>();
    for (Prepared copy : prepared.values()) {
      if (copy.installed() > 0 && copy.installed() == highest) {
        views.put(copy.installed(), copy.copies());
      }
      if (copy.proposed() > highest) {
        views.put(copy.proposed(), copy.proposedCopies());
      }
    }
    return views;
  }

  /** A change is kept when so many copies have it: two of three, two of two. */
  private static int majority(List<NodeId> of) {
    return of.size() / 2 + 1;
  }

  /** So many copies have every kept change among them: two of three, one of two. */
  private static int enough(List<NodeId> of) {
    return of.size() - majority(of) + 1;
  }

  /** This node first, then those that have what the view begins with, then any. */
  private List<NodeId> chooseCopies() {
    List<NodeId> candidates = new ArrayList<>(candidates());
    candidates.sort(
        (left, right) -> {
          int order = Integer.compare(rank(left), rank(right));
          return order != 0 ? order : Long.compare(draw(left), draw(right));
        });
    return List.copyOf(candidates.subList(0, Math.min(COPIES, candidates.size())));
  }

  private List<NodeId> candidates() {
    List<NodeId> working = workers.stream().filter(prepared::containsKey).toList();
    return working.isEmpty() ? List.copyOf(prepared.keySet()) : working;
  }

  private int rank(NodeId node) {
    return node.equals(self) ? 0 : hasBase(node) ? 1 : 2;
  }

  /**
   * Another order of nodes for each partition (rendezvous hashing, Thaler and Ravishankar 1998).
   */
  private long draw(NodeId node) {
    long mixed = (id.state().hashCode() * 31L + id.index()) * 0x9E3779B97F4A7C15L ^ node.uid();
    mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
    return mixed ^ (mixed >>> 32);
  }

  private boolean hasBase(NodeId node) {
    Prepared copy = prepared.get(node);
    return copy != null && copy.installed() == base && copy.position() == basePosition;
  }

  // ---------------------------------------------------------------- install

  private void install() {
    phase = Phase.INSTALL;
    awaited.addAll(copies);
    if (source == null) {
      pieces.addAll(new PartitionState().pieces().stream().map(WireCodec::encodeChange).toList());
      pulled = true;
    }
    for (NodeId copy : copies) {
      if (source != null && hasBase(copy)) {
        send(copy, install(0, 0, new byte[0]));
      } else {
        fill(copy);
      }
    }
  }

  private Install install(int piece, int of, byte[] body) {
    return new Install(id, view, copies, base, basePosition, piece, of, body);
  }

  /** Sends a copy all that the view begins with, piece by piece. */
  private void fill(NodeId copy) {
    if (filling.putIfAbsent(copy, 0) == null) {
      if (pulled) {
        sendPiece(copy);
      } else if (source != null && filling.size() == 1) {
        send(source, new Pull(id, view, 0));
      }
    }
  }

  private void sendPiece(NodeId copy) {
    int piece = filling.getOrDefault(copy, 0);
    send(copy, install(piece, pieces.size(), pieces.get(piece)));
  }

  private void onPulled(Pulled answer) {
    if (phase != Phase.INSTALL || pulled || answer.piece() != pieces.size()) {
      return;
    }
    pieces.add(answer.body());
    pulled = pieces.size() == answer.pieces();
    if (pulled) {
      filling.keySet().forEach(this::sendPiece);
    } else if (source != null) {
      send(source, new Pull(id, view, pieces.size()));
    }
  }

  private void onDone(NodeId from, Done done) {
    switch (done.step()) {
      case PROPOSED -> {
        if (phase == Phase.PROPOSE && awaited.remove(from)) {
          go();
        }
      }
      case NEEDS_ALL -> {
        if (phase == Phase.INSTALL && awaited.contains(from)) {
          fill(from);
        }
      }
      case FILLED -> {
        if (phase == Phase.INSTALL && awaited.contains(from)) {
          onFilled(from, (int) done.number());
        }
      }
      case INSTALLED -> {
        if (phase == Phase.INSTALL && awaited.remove(from)) {
          go();
        }
      }
      case APPENDED -> {
        if (phase == Phase.SERVE) {
          onAppended(from, done.number());
        }
      }
      case DISCARDED -> obsolete.remove(from);
    }
  }

  private void onFilled(NodeId copy, int piece) {
    if (filling.replace(copy, piece, piece + 1)) {
      sendPiece(copy);
    }
  }

  // ------------------------------------------------------------------ serve

  private void serve() {
    phase = Phase.SERVE;
    pieces.clear();
    filling.clear();
    copies.forEach(copy -> has.put(copy, 0L));
    prepared.forEach(
        (node, copy) -> {
          if (copy.installed() > 0 && !copies.contains(node)) {
            obsolete.add(node);
          }
        });
    discard();
    if (isBetterNow()) {
      end("its copies move to other nodes");
    } else {
      effects.add(new Effect.Begin(view));
    }
  }

  private void discard() {
    obsolete.forEach(node -> send(node, new Discard(id, view)));
  }

  /** Has a change kept, one at a time. */
  void keep(PartitionChange change) {
    if (phase == Phase.SERVE) {
      waiting = WireCodec.encodeChange(change);
      append();
    }
  }

  private void append() {
    byte[] body = waiting;
    if (body == null || behind.size() >= MOST_BEHIND || behindBytes >= MOST_BYTES_BEHIND) {
      return;
    }
    waiting = null;
    position++;
    Append append = new Append(id, view, position, body);
    behind.add(append);
    behindBytes += body.length;
    copies.forEach(copy -> send(copy, append));
  }

  private void onAppended(NodeId from, long number) {
    Long before = has.get(from);
    if (before == null || number <= before) {
      return;
    }
    has.put(from, number);
    Long sent = catching.get(from);
    if (sent != null && number >= sent) {
      appendAgain(from, number);
    }
    long[] ascending = has.values().stream().mapToLong(Long::longValue).sorted().toArray();
    while (!behind.isEmpty() && behind.getFirst().position() <= ascending[0]) {
      behindBytes -= behind.removeFirst().body().length;
    }
    if (kept < position && ascending[ascending.length - majority(copies)] >= position) {
      kept = position;
      effects.add(new Effect.Kept());
    }
    append();
  }

  // ------------------------------------------------------------------- hear

  /** A node speaks as a copy. */
  void hear(NodeId from, ReplicaMessage message) {
    if (message.view() != view || phase == Phase.ENDED) {
      return;
    }
    if (message instanceof Prepared answer) {
      onPrepared(from, answer);
    } else if (message instanceof Pulled answer) {
      onPulled(answer);
    } else if (message instanceof Done done) {
      onDone(from, done);
    } else if (message instanceof Superseded answer) {
      onSuperseded(answer);
    }
  }

  /** Who is a member has changed. */
  void members(Set<NodeId> now, List<NodeId> working) {
    workers = List.copyOf(working);
    if (phase == Phase.ENDED) {
      return;
    }
    if (phase != Phase.PREPARE) {
      members.retainAll(now);
    }
    prepared.keySet().retainAll(now);
    obsolete.retainAll(now);
    boolean chosen = phase != Phase.PREPARE;
    boolean fills = phase == Phase.INSTALL && !pulled;
    if (chosen && !now.containsAll(copies)) {
      end("a copy was on a node that is gone: there is to be another");
    } else if (fills && source != null && !now.contains(source)) {
      end("the node that had its newest copy is gone");
    } else if (phase == Phase.PREPARE) {
      ask(now);
      awaited.retainAll(now);
      go();
    } else if (phase == Phase.SERVE && isBetterNow()) {
      end("its copies move to other nodes");
    } else if (awaited.retainAll(now)) {
      go();
    }
  }

  /** Asks those that have joined. */
  private void ask(Set<NodeId> now) {
    for (NodeId node : now) {
      if (members.add(node)) {
        awaited.add(node);
        send(node, new Prepare(id, view));
      }
    }
    members.retainAll(now);
  }

  /** Whether there could be more copies, or some are on nodes that leave. */
  private boolean isBetterNow() {
    return workers.contains(self)
        && (Math.min(COPIES, workers.size()) > copies.size() || !workers.containsAll(copies));
  }

  /** Says again what was not answered. */
  void again() {
    switch (phase) {
      case PREPARE -> awaited.forEach(node -> send(node, new Prepare(id, view)));
      case PROPOSE -> awaited.forEach(node -> send(node, new Propose(id, view, copies)));
      case INSTALL -> installAgain();
      case SERVE -> {
        discard();
        copies.forEach(this::catchUp);
      }
      case ENDED -> {}
    }
  }

  private void installAgain() {
    if (!pulled && source != null && !filling.isEmpty()) {
      send(source, new Pull(id, view, pieces.size()));
    }
    for (NodeId copy : awaited) {
      if (!filling.containsKey(copy)) {
        send(copy, install(0, 0, new byte[0]));
      } else if (pulled) {
        sendPiece(copy);
      }
    }
  }

  /** A copy that has not moved since the last time has lost something. */
  private void catchUp(NodeId copy) {
    long last = has.getOrDefault(copy, 0L);
    Long before = seen.put(copy, last);
    if (last < position && before != null && before == last) {
      appendAgain(copy, last);
    }
  }

  /** Says again what follows a change, some at a time: the next when the copy has these. */
  private void appendAgain(NodeId copy, long last) {
    long sent = last;
    long bytes = 0;
    for (Append append : behind) {
      if (append.position() > last && bytes < WINDOW_BYTES && sent < last + WINDOW) {
        send(copy, append);
        sent = append.position();
        bytes += append.body().length;
      }
    }
    if (sent == last) {
      catching.remove(copy);
    } else {
      catching.put(copy, sent);
    }
  }
}
