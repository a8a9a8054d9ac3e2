package dev.furrow.actors.partition;

import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.PartitionChange;
import dev.furrow.actors.wire.PartitionId;
import dev.furrow.actors.wire.ReplicaMessage;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  private final Survey survey;
  private final Set<NodeId> awaited = new HashSet<>();
  private final Set<NodeId> obsolete = new HashSet<>();
  private final List<Effect> effects = new ArrayList<>();
  private List<NodeId> workers;
  private Phase phase = Phase.PREPARE;
  private long view;
  private Survey.Base base = Survey.Base.NOTHING;
  private List<NodeId> copies = List.of();

  // Filling copies that have not what the view begins with.
  private final Map<NodeId, Integer> filling = new HashMap<>();
  private final List<byte[]> pieces = new ArrayList<>();
  private boolean pulled;

  private @Nullable ViewLog log;

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
    this.survey = new Survey(id, self);
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

  /** Who has not answered yet, before the view begins. */
  Set<NodeId> awaited() {
    return awaited;
  }

  private void send(NodeId to, ReplicaMessage message) {
    effects.add(new Effect.Send(to, message));
  }

  private void end(String why) {
    phase = Phase.ENDED;
    log = null;
    effects.add(new Effect.End(why));
  }

  // ---------------------------------------------------------------- prepare

  private void prepare() {
    survey.clear();
    awaited.clear();
    awaited.addAll(members);
    again();
  }

  private void onPrepared(NodeId from, Prepared answer) {
    if (phase == Phase.PREPARE && awaited.remove(from)) {
      survey.add(from, answer);
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
    Optional<String> missing = survey.missing();
    if (missing.isPresent()) {
      end(missing.get());
      return;
    }
    base = survey.base();
    copies = survey.choose(workers, base);
    phase = Phase.PROPOSE;
    awaited.addAll(survey.nodes());
    again();
  }

  // ---------------------------------------------------------------- install

  private void install() {
    phase = Phase.INSTALL;
    awaited.addAll(copies);
    if (base.source() == null) {
      pieces.addAll(new PartitionState().pieces().stream().map(WireCodec::encodeChange).toList());
      pulled = true;
    }
    for (NodeId copy : copies) {
      if (survey.has(copy, base)) {
        adopt(copy);
      } else {
        fill(copy);
      }
    }
  }

  /** Tells a copy that the view begins with what it has. */
  private void adopt(NodeId copy) {
    send(copy, install(0, 0, new byte[0]));
  }

  private Install install(int piece, int of, byte[] body) {
    return new Install(id, view, copies, base.view(), base.position(), piece, of, body);
  }

  /** Sends a copy all that the view begins with, piece by piece. */
  private void fill(NodeId copy) {
    if (filling.putIfAbsent(copy, 0) == null) {
      if (pulled) {
        sendPiece(copy);
      } else if (filling.size() == 1) {
        pull();
      }
    }
  }

  /** Asks for the next piece of what the view begins with. */
  private void pull() {
    NodeId source = base.source();
    if (source != null) {
      send(source, new Pull(id, view, pieces.size()));
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
    } else {
      pull();
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
        if (log != null && log.appended(from, done.number())) {
          effects.add(new Effect.Kept());
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
    if (isBetterNow()) {
      // Until the next view has as many copies as there can be, those that are left are kept.
      end("its copies move to other nodes");
    } else {
      obsolete.addAll(survey.obsolete(copies));
      discard();
      log = new ViewLog(id, view, copies, Survey.majority(copies), this::send);
      effects.add(new Effect.Begin(view));
    }
  }

  private void discard() {
    obsolete.forEach(node -> send(node, new Discard(id, view)));
  }

  /** Has a change kept, one at a time. */
  void keep(PartitionChange change) {
    if (log != null) {
      log.append(WireCodec.encodeChange(change));
    }
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
    survey.retain(now);
    obsolete.retainAll(now);
    switch (phase) {
      case PREPARE -> {
        ask(now);
        awaited.retainAll(now);
        go();
      }
      case PROPOSE, INSTALL, SERVE -> goOn(now);
      case ENDED -> {}
    }
  }

  /** Goes on with the copies that were chosen, if they can still be had and are the best. */
  private void goOn(Set<NodeId> now) {
    boolean fills = phase == Phase.INSTALL && !pulled;
    if (!now.containsAll(copies)) {
      end("a copy was on a node that is gone: there is to be another");
    } else if (fills && base.source() != null && !now.contains(base.source())) {
      end("the node that had its newest copy is gone");
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
        && (Math.min(Survey.COPIES, workers.size()) > copies.size()
            || !workers.containsAll(copies));
  }

  /** Says again what was not answered. */
  void again() {
    switch (phase) {
      case PREPARE -> awaited.forEach(node -> send(node, new Prepare(id, view)));
      case PROPOSE -> awaited.forEach(node -> send(node, new Propose(id, view, copies)));
      case INSTALL -> installAgain();
      case SERVE -> {
        discard();
        if (log != null) {
          log.again();
        }
      }
      case ENDED -> {}
    }
  }

  private void installAgain() {
    if (!pulled && !filling.isEmpty()) {
      pull();
    }
    for (NodeId copy : awaited) {
      if (!filling.containsKey(copy)) {
        adopt(copy);
      } else if (pulled) {
        sendPiece(copy);
      }
    }
  }
}
