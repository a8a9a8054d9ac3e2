package dev.furrow.actors.link;

import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.WireMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps a listener's exceptions away from the link, and calls it no more once muted. */
final class SafeListener implements Link.Listener {

  private static final Logger log = LoggerFactory.getLogger(SafeListener.class);

  private final Link.Listener listener;
  private volatile boolean muted;

  SafeListener(Link.Listener listener) {
    this.listener = listener;
  }

  void mute() {
    muted = true;
  }

  @Override
  public void received(NodeId from, WireMessage message) {
    call(from, () -> listener.received(from, message));
  }

  @Override
  public void connected(NodeId peer) {
    call(peer, () -> listener.connected(peer));
  }

  @Override
  public void closed(NodeId peer, boolean ended) {
    call(peer, () -> listener.closed(peer, ended));
  }

  private void call(NodeId about, Runnable callback) {
    if (muted) {
      return;
    }
    try {
      callback.run();
    } catch (Throwable thrown) {
      log.error("the listener failed on news of node {}; the link goes on", about, thrown);
    }
  }
}
