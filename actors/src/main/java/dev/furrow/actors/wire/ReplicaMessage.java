package dev.furrow.actors.wire;

import java.util.List;

/**
 * What the owner of a replicated partition and its copies say to each other. The sender is the node
 * that speaks. An owner has a view, a number that grows with each owner; a copy that has promised a
 * view to an owner hears no other owner and no lower view.
 */
public sealed interface ReplicaMessage extends WireMessage {

  /** Which partition it is about. */
  PartitionId partition();

  /** The owner's view, also in what copies answer. */
  long view();

  /** Whom it is for. */
  default Side to() {
    boolean answer =
        this instanceof Prepared
            || this instanceof Pulled
            || this instanceof Done
            || this instanceof Superseded;
    return answer ? Side.OWNER : Side.COPY;
  }

  /** Whom a message is for. */
  enum Side {
    /** A copy. */
    COPY,
    /** The owner. */
    OWNER
  }

  // ------------------------------------------------------------- to copies

  /**
   * Promise this view. Answered with {@link Prepared} or {@link Superseded}, as all others are that
   * are to be answered.
   */
  record Prepare(PartitionId partition, long view) implements ReplicaMessage {}

  /**
   * In this view these nodes are to have copies. Answered with {@link Done}.
   *
   * @param copies not empty
   */
  record Propose(PartitionId partition, long view, List<NodeId> copies) implements ReplicaMessage {}

  /**
   * Tell what you keep. Answered with {@link Pulled}.
   *
   * @param piece which piece, from 0
   */
  record Pull(PartitionId partition, long view, int piece) implements ReplicaMessage {}

  /**
   * This is what the partition keeps as the view begins. Answered with {@link Done}.
   *
   * @param copies the nodes that have copies in this view
   * @param base the view that it comes from
   * @param position changes that were made in that view
   * @param piece which piece, from 0
   * @param pieces how many there are; 0: what the copy has is this
   * @param body an encoded {@link PartitionChange}; empty if there are no pieces
   */
  record Install(
      PartitionId partition,
      long view,
      List<NodeId> copies,
      long base,
      long position,
      int piece,
      int pieces,
      byte[] body)
      implements ReplicaMessage {}

  /**
   * The partition changes. Answered with {@link Done}.
   *
   * @param position which change of the view, from 1
   * @param body an encoded {@link PartitionChange}
   */
  record Append(PartitionId partition, long view, long position, byte[] body)
      implements ReplicaMessage {}

  /**
   * The partition has its copies elsewhere: what is here is not needed. Answered with {@link Done}.
   */
  record Discard(PartitionId partition, long view) implements ReplicaMessage {}

  // ------------------------------------------------------------- to owners

  /**
   * The view is promised.
   *
   * @param installed the view whose state the copy has; 0 if it has none
   * @param position changes of that view that it has
   * @param copies the nodes that have copies in that view
   * @param proposed the highest view that was proposed to it; 0 if none was
   * @param proposedCopies the nodes that were to have copies in that view
   */
  record Prepared(
      PartitionId partition,
      long view,
      long installed,
      long position,
      List<NodeId> copies,
      long proposed,
      List<NodeId> proposedCopies)
      implements ReplicaMessage {}

  /**
   * What the copy keeps.
   *
   * @param piece which piece
   * @param pieces how many there are
   * @param body an encoded {@link PartitionChange}
   */
  record Pulled(PartitionId partition, long view, int piece, int pieces, byte[] body)
      implements ReplicaMessage {}

  /** What a copy has done. */
  enum Step {
    /** It knows the proposal. */
    PROPOSED,
    /** It has a piece of what the view begins with, and waits for the next. */
    FILLED,
    /** It has all that the view begins with. */
    INSTALLED,
    /** It has not what the view begins with: it needs all pieces. */
    NEEDS_ALL,
    /** It has a change. */
    APPENDED,
    /** It has thrown away what it had. */
    DISCARDED
  }

  /**
   * Something is done.
   *
   * @param step what
   * @param number of the piece or the change
   */
  record Done(PartitionId partition, long view, Step step, long number) implements ReplicaMessage {}

  /**
   * A higher view, or the same, is promised to another owner.
   *
   * @param promised that view
   */
  record Superseded(PartitionId partition, long view, long promised) implements ReplicaMessage {}
}
