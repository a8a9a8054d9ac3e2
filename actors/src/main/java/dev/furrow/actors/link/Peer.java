package dev.furrow.actors.link;

import dev.furrow.actors.wire.NodeId;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node that this node dials for as long as it is wanted. Lives on the event loop alone; at any
 * time it dials, waits to redial, is connected, or has been stopped.
 */
final class Peer {

  private static final Logger log = LoggerFactory.getLogger(Peer.class);

  private final TcpLink link;
  private final NodeId id;
  private final Backoff backoff;
  private String host;
  private int port;

  private @Nullable Channel dialing;
  private @Nullable Future<?> redial;
  private boolean stopped;
  private boolean complained;
  private @Nullable String refusal;

  Peer(TcpLink link, NodeId id, String host, int port, Backoff backoff) {
    this.link = link;
    this.id = id;
    this.host = host;
    this.port = port;
    this.backoff = backoff;
  }

  /** Of two nodes the one with the smaller uid dials; of two equal ones the smaller name. */
  static boolean dials(NodeId self, NodeId peer) {
    int order = Long.compare(self.uid(), peer.uid());
    return order != 0 ? order < 0 : self.name().compareTo(peer.name()) < 0;
  }

  NodeId id() {
    return id;
  }

  /** The peer's address changed: no use in waiting for the old one. */
  void move(String newHost, int newPort) {
    if (host.equals(newHost) && port == newPort) {
      return;
    }
    host = newHost;
    port = newPort;
    if (redial != null) {
      dial();
    }
  }

  void dial() {
    cancelRedial();
    if (stopped || dialing != null || link.connectedTo(id)) {
      return;
    }
    ChannelFuture attempt = link.dial(this, host, port);
    dialing = attempt.channel();
    attempt.addListener(done -> link.onLoop(() -> dialled(attempt)));
  }

  private void dialled(ChannelFuture attempt) {
    if (attempt.isSuccess()) {
      attempt.channel().closeFuture().addListener(closed -> link.onLoop(() -> over(attempt)));
      return;
    }
    failed(String.valueOf(attempt.cause().getMessage()));
    over(attempt);
  }

  private void over(ChannelFuture attempt) {
    if (dialing == attempt.channel()) {
      dialing = null;
      dialAgain();
    }
  }

  private void dialAgain() {
    if (stopped || redial != null || dialing != null || link.connectedTo(id)) {
      return;
    }
    redial = link.later(this::dial, backoff.next(), TimeUnit.NANOSECONDS);
  }

  /** A connection stands, whoever dialled. */
  void connected() {
    cancelRedial();
    dialing = null;
    complained = false;
    refusal = null;
  }

  /** The connection that stood is gone. */
  void lost(long ageNanos) {
    backoff.lasted(ageNanos);
    dialAgain();
  }

  /** The peer does not want this node. Told once until a connection stands. */
  void refused(String reason) {
    if (stopped || reason.equals(refusal)) {
      return;
    }
    boolean news = refusal == null;
    refusal = reason;
    log.warn("node {} at {}:{} refused the connection: {}", id, host, port, reason);
    if (news) {
      link.refusedBy(id);
    }
  }

  /** A dial came to nothing. Told once until a connection stands. */
  void failed(String why) {
    if (stopped || complained) {
      return;
    }
    complained = true;
    log.info("cannot connect to node {} at {}:{}, will redial: {}", id, host, port, why);
  }

  void stop() {
    stopped = true;
    cancelRedial();
    if (dialing != null) {
      Sockets.close(dialing);
      dialing = null;
    }
  }

  private void cancelRedial() {
    if (redial != null) {
      redial.cancel(false);
      redial = null;
    }
  }
}
