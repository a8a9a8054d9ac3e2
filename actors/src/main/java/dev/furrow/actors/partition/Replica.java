package dev.furrow.actors.partition;

import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.PartitionChange;
import dev.furrow.actors.wire.PartitionId;
import dev.furrow.actors.wire.ReplicaMessage;
import dev.furrow.actors.wire.ReplicaMessage.Append;
import dev.furrow.actors.wire.ReplicaMessage.Done;
import dev.furrow.actors.wire.ReplicaMessage.Install;
import dev.furrow.actors.wire.ReplicaMessage.Prepare;
import dev.furrow.actors.wire.ReplicaMessage.Prepared;
import dev.furrow.actors.wire.ReplicaMessage.Propose;
import dev.furrow.actors.wire.ReplicaMessage.Pull;
import dev.furrow.actors.wire.ReplicaMessage.Pulled;
import dev.furrow.actors.wire.ReplicaMessage.Step;
import dev.furrow.actors.wire.ReplicaMessage.Superseded;
import dev.furrow.actors.wire.WireCodec;
import dev.furrow.actors.wire.WireException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A node's copy of a replicated partition: obeys the owner to whom it has promised the highest
 * view. The copy on the owner's own node is the state that the partition's turns read, so that is
 * not kept twice: a change waits beside it until the owner says that it is kept.
 *
 * <p>Safe for use by many threads.
 */
final class Replica {

  private static final byte[] NOTHING = {};

  private final PartitionId id;
  private long promised;
  private @Nullable NodeId owner;
  private long installed;
  private long position;
  private List<NodeId> copies = List.of();
  private long proposed;
  private List<NodeId> proposedCopies = List.of();
  private PartitionState state = new PartitionState();
  private boolean used;
  private byte @Nullable [] pending;
  private @Nullable PartitionState incoming;
  private long incomingView;
  private int incomingPiece;
  private List<byte[]> pieces = List.of();
  private long piecesView;

  Replica(PartitionId id) {
    this.id = id;
  }

  // ------------------------------------------------------------------- hear

  /**
   * An owner speaks.
   *
   * @return the answer; null if there is none
   */
  synchronized @Nullable ReplicaMessage hear(NodeId from, ReplicaMessage message)
      throws WireException {
    long view = message.view();
    boolean known = view == promised && from.equals(owner);
    boolean obeys = known || (message instanceof Prepare && view > promised);
    if (!obeys) {
      return new Superseded(id, view, promised);
    }
    promised = view;
    owner = from;
    if (message instanceof Prepare) {
      return new Prepared(id, view, installed, position, copies, proposed, proposedCopies);
    }
    if (message instanceof Propose propose) {
      proposed = view;
      proposedCopies = propose.copies();
      return new Done(id, view, Step.PROPOSED, 0);
    }
    if (message instanceof Pull pull) {
      return pulled(pull);
    }
    if (message instanceof Install install) {
      return installed(install);
    }
    if (message instanceof Append append) {
      return appended(append);
    }
    return discard(view) ? new Done(id, view, Step.DISCARDED, 0) : null;
  }

  /**
   * The copies of this view are on other nodes. What was promised and proposed is still known. Not
   * done as long as turns of an earlier owner on this node read the state.
   */
  private boolean discard(long view) {
    if (used) {
      return false;
    }
    if (installed < view) {
      installed = 0;
      position = 0;
      copies = List.of();
      state = new PartitionState();
      incoming = null;
      forgetPieces();
    }
    return true;
  }

  private void forgetPieces() {
    pieces = List.of();
    piecesView = 0;
  }

  private ReplicaMessage pulled(Pull pull) {
    if (piecesView != pull.view()) {
      pieces = new ArrayList<>(state.pieces().stream().map(WireCodec::encodeChange).toList());
      if (pending != null) {
        pieces.add(pending);
      }
      piecesView = pull.view();
    }
    int piece = pull.piece();
    byte[] body = piece < pieces.size() ? pieces.get(piece) : NOTHING;
    return new Pulled(id, pull.view(), piece, pieces.size(), body);
  }

  private @Nullable ReplicaMessage installed(Install install) throws WireException {
    long view = install.view();
    if (installed == view) {
      return new Done(id, view, Step.INSTALLED, 0);
    }
    if (install.pieces() == 0) {
      if (installed != install.base() || position != install.position() || used) {
        return new Done(id, view, Step.NEEDS_ALL, 0);
      }
      become(install);
      return new Done(id, view, Step.INSTALLED, 0);
    }
    if (install.piece() == 0 && incomingView != view) {
      incoming = new PartitionState();
      incomingView = view;
      incomingPiece = 0;
    }
    PartitionState into = incoming;
    if (into == null || incomingView != view || install.piece() > incomingPiece) {
      return null;
    }
    if (install.piece() == incomingPiece) {
      into.apply(WireCodec.decodeChange(install.body()));
      incomingPiece++;
    }
    if (incomingPiece == install.pieces()) {
      state = into;
      used = false;
      pending = null;
      incoming = null;
      become(install);
      return new Done(id, view, Step.INSTALLED, 0);
    }
    return new Done(id, view, Step.FILLED, install.piece());
  }

  private void become(Install install) {
    installed = install.view();
    position = 0;
    copies = install.copies();
    incoming = null;
  }

  private @Nullable ReplicaMessage appended(Append append) throws WireException {
    if (installed != append.view() || append.position() > position + 1) {
      return null;
    }
    if (append.position() == position + 1) {
      // Only now has nobody to read on where he was.
      forgetPieces();
      if (used) {
        pending = append.body();
      } else {
        state.apply(WireCodec.decodeChange(append.body()));
      }
      position++;
    }
    return new Done(id, append.view(), Step.APPENDED, append.position());
  }

  // -------------------------------------------------------------------- own

  /** The state, for the turns of the owner on this node; null if it is not the owner any more. */
  synchronized @Nullable PartitionState use(long view) {
    if (promised != view || installed != view) {
      return null;
    }
    used = true;
    forgetPieces();
    return state;
  }

  /**
   * A change is kept: lets the owner's partition apply it.
   *
   * @return whether the owner still is one; if not, nothing was done
   */
  synchronized boolean commit(long view, Store.Kept kept) {
    if (promised != view || !used || !kept.apply()) {
      return false;
    }
    pending = null;
    return true;
  }

  /** The owner's partition does not touch the state any more. */
  synchronized void leave(PartitionState left) {
    if (left == state) {
      used = false;
      if (pending != null) {
        state.apply(own(pending));
        pending = null;
      }
    }
  }

  /** Only what the owner on this node has written waits here. */
  private static PartitionChange own(byte[] change) {
    try {
      return WireCodec.decodeChange(change);
    } catch (WireException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  synchronized boolean hasState() {
    return installed > 0;
  }

  /** Whether some of its copies are to be on other nodes than those. */
  synchronized boolean isAway(Set<NodeId> workers) {
    return installed > 0 && !workers.containsAll(copies);
  }

  /** The highest view that was promised. */
  synchronized long promised() {
    return promised;
  }
}
