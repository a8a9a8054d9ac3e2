package dev.furrow.actors.link;

import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.WireMessage;
import java.util.function.BiConsumer;

/** Listens to records alone. */
record LinkListenerOnReceived(BiConsumer<NodeId, WireMessage> then) implements Link.Listener {

  @Override
  public void received(NodeId from, WireMessage message) {
    then.accept(from, message);
  }

  @Override
  public void connected(NodeId peer) {}

  @Override
  public void closed(NodeId peer, boolean ended) {}
}
