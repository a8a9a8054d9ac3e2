package dev.furrow.actors.link;

import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.WireMessage;

/** The link of a cluster of one: there is nobody else to reach, and no socket. */
public final class LocalLink implements Link {

  private final NodeId self;
  private final SafeListener listener;

  /**
   * Creates the link.
   *
   * @param self the only node
   * @param listener hears what is sent to {@code self}, on the sender's thread; exceptions that it
   *     throws are logged
   */
  public LocalLink(NodeId self, Listener listener) {
    this.self = self;
    this.listener = new SafeListener(listener);
  }

  @Override
  public NodeId self() {
    return self;
  }

  @Override
  public boolean send(NodeId to, WireMessage message) {
    if (!to.equals(self)) {
      return false;
    }
    listener.received(self, message);
    return true;
  }
}
