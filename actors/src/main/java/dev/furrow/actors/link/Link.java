package dev.furrow.actors.link;

import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.WireMessage;

/**
 * Carries records between nodes. Between two nodes that are connected, records arrive in the order
 * in which they were sent; a connection that breaks loses what was on its way. Nothing is ever
 * resent here: supervisors and pools reconcile.
 */
public interface Link {

  /** This node. */
  NodeId self();

  /**
   * Sends or drops, and never blocks.
   *
   * @return false if the message was certainly dropped: the peer is not connected, its buffer is
   *     full, or the message is larger than a frame may be
   */
  boolean send(NodeId to, WireMessage message);

  /** Hears what a link brings. Called on the link's threads; must not block. */
  interface Listener {

    /** A record came in. */
    void received(NodeId from, WireMessage message);

    /** Records can now be exchanged with a node. */
    void connected(NodeId peer);

    /**
     * The connection to a node broke, which makes the node suspect, or was refused.
     *
     * @param ended the peer's process closed it, as it does when it ends; false where only silence
     *     or an error of the network is known
     */
    void closed(NodeId peer, boolean ended);
  }
}
