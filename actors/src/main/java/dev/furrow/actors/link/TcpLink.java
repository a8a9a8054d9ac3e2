package dev.furrow.actors.link;

import dev.furrow.FurrowException;
import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.WireMessage;
import dev.furrow.config.NodeTls;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A link over one TCP connection per pair of nodes. Of two nodes the one with the smaller uid
 * dials, and redials while the other is wanted; the other accepts whoever shows the right magic,
 * wire version, cluster name and uid.
 *
 * <p>State lives on one event loop; any thread may call any method. What waits for a peer is
 * bounded by {@link LinkSettings#maxPendingBytes()}; what does not fit is dropped, which {@link
 * #send} tells. Garbage from a peer closes its connection and does no other harm.
 *
 * <p>The listener hears {@code connected} and {@code closed} once for each connection. It does not
 * hear of connections that end because of {@link #forget} or {@link #close}. Of a peer that refuses
 * the handshake it hears {@code closed(peer, false)}, once until a connection stands.
 */
public final class TcpLink implements Link, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(TcpLink.class);
  private static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(5);
  static final int MOST_STRANGERS = 256;
  private static final int MOST_COMPLAINTS = 1024;
  private static final int LONGEST_NAME = 1024;
  private static final long CLOSE_SECONDS = 5;

  private final LinkSettings settings;
  private final NodeId self;
  private final FrameCodec codec;
  private final SafeListener listener;
  private final Duration handshakeTimeout;
  private final LinkThreads threads;
  private final EventLoop loop;
  private final Sockets sockets;
  private final Outbound outbound;
  private final Complaints complaints = new Complaints(MOST_COMPLAINTS);
  private final Map<NodeId, Connection> connections = new ConcurrentHashMap<>();
  private final Channel server;
  private volatile boolean closed;

  // Event loop only.
  private final Admission admission;
  private final Map<NodeId, Peer> peers = new HashMap<>();
  private int strangers;

  private TcpLink(
      LinkSettings settings,
      NodeId self,
      FrameCodec codec,
      Listener listener,
      Executor control,
      @Nullable NodeTls tls,
      Duration handshakeTimeout) {
    this.settings = settings;
    this.self = self;
    this.codec = codec;
    this.listener = new SafeListener(listener);
    this.handshakeTimeout = handshakeTimeout;
    this.admission = new Admission(self, settings.clusterName());
    this.outbound = new Outbound(codec, settings.maxFrameBytes());
    this.threads = new LinkThreads(control);
    this.loop = threads.loop();
    this.sockets = new Sockets(settings, threads, tls);
    try {
      this.server = sockets.listen(this::acceptHandler);
    } catch (RuntimeException failed) {
      threads.stop();
      throw failed;
    }
  }

  /**
   * Listens on the settings' host and port, and on nothing else. The listener may be called before
   * this returns.
   *
   * @param settings where and how
   * @param self this node, as peers know it; its name has at most 1024 bytes of UTF-8
   * @param codec writes and reads records
   * @param listener hears what comes in, on the link's thread; exceptions that it throws are logged
   * @param control where those run that the listener speaks to: the link joins them on {@link
   *     EventLoops}, and has a thread of its own beside any others
   * @param tls encrypts every connection, and refuses whom it does not trust before anything is
   *     read; null: whoever shows the right handshake is let in
   * @throws FurrowException if the host is not an address of this machine or the port is taken;
   *     nothing is left open, and another try is safe
   */
  public static TcpLink bind(
      LinkSettings settings,
      NodeId self,
      FrameCodec codec,
      Listener listener,
      Executor control,
      @Nullable NodeTls tls) {
    return bind(settings, self, codec, listener, control, tls, HANDSHAKE_TIMEOUT);
  }

  static TcpLink bind(
      LinkSettings settings,
      NodeId self,
      FrameCodec codec,
      Listener listener,
      Executor control,
      @Nullable NodeTls tls,
      Duration handshakeTimeout) {
    int length = self.name().getBytes(StandardCharsets.UTF_8).length;
    if (length > LONGEST_NAME) {
      throw new IllegalArgumentException(
          "a node's name must have at most " + LONGEST_NAME + " bytes (has " + length + ")");
    }
    return new TcpLink(settings, self, codec, listener, control, tls, handshakeTimeout);
  }

  @Override
  public NodeId self() {
    return self;
  }

  /** The port that the link listens on. */
  public int port() {
    return ((InetSocketAddress) server.localAddress()).getPort();
  }

  /**
   * Wants a connection with a peer. The node whose part it is dials at once and keeps at it. Asking
   * again changes nothing, except that a new address replaces the old one.
   *
   * @param peer who
   * @param host where its link listens
   * @param port where its link listens, 1 to 65535
   */
  public void peer(NodeId peer, String host, int port) {
    if (host.isBlank() || port < 1 || port > 65_535) {
      throw new IllegalArgumentException(
          "node "
              + peer
              + " must be reached at a host and a port from 1 to 65535 (was "
              + host
              + ":"
              + port
              + ")");
    }
    if (!peer.equals(self)) {
      onLoop(() -> want(peer, host, port));
    }
  }

  /**
   * Wants no connection with a peer any more: closes the one there is, without a word to the
   * listener, dials no more, and refuses the peer until it is wanted again.
   */
  public void forget(NodeId peer) {
    onLoop(() -> unwant(peer));
  }

  @Override
  public boolean send(NodeId to, WireMessage message) {
    if (closed) {
      return false;
    }
    if (to.equals(self)) {
      listener.received(self, message);
      return true;
    }
    Connection connection = connections.get(to);
    if (connection == null) {
      return false;
    }
    byte @Nullable [] frame = outbound.encode(to, message);
    return frame != null && connection.send(frame);
  }

  /** Bytes that wait to be written, to all peers. */
  public long pending() {
    return connections.values().stream().mapToLong(Connection::pending).sum();
  }

  /** Bytes that wait to be written to a peer; 0 if it is not connected. */
  long pending(NodeId peer) {
    Connection connection = connections.get(peer);
    return connection == null ? 0 : connection.pending();
  }

  /**
   * Closes every connection, after what their sockets take at once, and gives its threads back.
   * Once this has returned the listener is called no more, except by senders to {@code self} that
   * are already at it. Waits at most 5 s for a listener that is stuck. Closing again does nothing;
   * a listener may close its own link.
   */
  @Override
  public void close() {
    closed = true;
    listener.mute();
    if (loop.inEventLoop()) {
      closeAll();
      threads.stop();
      return;
    }
    try {
      loop.submit(this::closeAll).awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (RejectedExecutionException closedBefore) {
      log.trace("closed before");
    }
    threads.stop();
  }

  // What follows runs on the event loop and is called by the classes of this package.

  private void closeAll() {
    peers.values().forEach(Peer::stop);
    peers.clear();
    connections.values().forEach(Connection::finish);
    connections.clear();
    sockets.closeAll();
  }

  private void want(NodeId id, String host, int port) {
    if (closed) {
      return;
    }
    admission.announce(id);
    if (!Peer.dials(self, id)) {
      return;
    }
    Peer known = peers.get(id);
    if (known != null) {
      known.move(host, port);
      return;
    }
    Backoff backoff = new Backoff(settings.redialMin(), settings.redialMax());
    Peer peer = new Peer(this, id, host, port, backoff);
    peers.put(id, peer);
    peer.dial();
  }

  private void unwant(NodeId id) {
    admission.forget(id);
    Peer peer = peers.remove(id);
    if (peer != null) {
      peer.stop();
    }
    Connection connection = connections.remove(id);
    if (connection != null) {
      connection.fail();
    }
  }

  /** Strangers are bounded in number; their handshake is, in size and time. */
  private ChannelHandler acceptHandler() {
    strangers++;
    if (strangers > MOST_STRANGERS) {
      return new CrowdHandler(this);
    }
    return new AcceptHandler(this, admission, handshakeTimeout);
  }

  ChannelFuture dial(Peer peer, String host, int port) {
    Hello hello = admission.hello(peer.id());
    return sockets.dial(host, port, new DialHandler(this, peer, hello, handshakeTimeout));
  }

  boolean connectedTo(NodeId peer) {
    return connections.containsKey(peer);
  }

  /** A handshake succeeded. A connection that the peer had before is replaced. */
  FrameHandler established(Channel channel, NodeId id) {
    Connection connection = new Connection(id, channel, settings.maxPendingBytes());
    Connection older = connections.put(id, connection);
    if (older != null) {
      older.fail();
      listener.closed(id, false);
    }
    Peer peer = peers.get(id);
    if (peer != null) {
      peer.connected();
    }
    log.debug("connected to node {}", id);
    if (connection.open()) { // the listener may have forgotten the peer meanwhile
      listener.connected(id);
    }
    return new FrameHandler(this, connection, codec, settings.maxFrameBytes());
  }

  void received(Connection connection, WireMessage message) {
    listener.received(connection.peer(), message);
  }

  /** A connection has closed; one that was replaced or forgotten is none of the listener's. */
  void lost(Connection connection) {
    connection.shut();
    NodeId id = connection.peer();
    if (!connections.remove(id, connection)) {
      return;
    }
    log.debug("lost the connection to node {}", id);
    listener.closed(id, connection.ended());
    Peer peer = peers.get(id);
    if (peer != null) {
      peer.lost(connection.ageNanos());
    }
  }

  void refusedBy(NodeId peer) {
    listener.closed(peer, false);
  }

  void garbage(Connection connection, Throwable why) {
    if (complaints.first(List.of("garbage", connection.peer()))) {
      log.warn(
          "closed the connection to node {}, which sent garbage: {}",
          connection.peer(),
          why.toString());
    }
  }

  void turnedAway(Channel channel, String why) {
    SocketAddress from = channel.remoteAddress();
    Object host = from instanceof InetSocketAddress inet ? inet.getAddress() : "?";
    if (!closed && complaints.first(List.of("stranger", host))) {
      log.warn("closed a connection from {}: {}", from, why);
    }
  }

  void strangerGone() {
    strangers--;
  }

  Future<?> later(Runnable task, long delay, TimeUnit unit) {
    return loop.schedule(task, delay, unit);
  }

  void onLoop(Runnable task) {
    if (loop.inEventLoop()) {
      task.run();
      return;
    }
    try {
      loop.execute(task);
    } catch (RejectedExecutionException after) {
      log.trace("nothing to do after close");
    }
  }
}
