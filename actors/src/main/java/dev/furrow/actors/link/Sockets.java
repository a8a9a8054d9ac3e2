package dev.furrow.actors.link;

import dev.furrow.FurrowException;
import dev.furrow.config.NodeTls;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundInvoker;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.ChannelGroupFuture;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/** Opens a link's sockets, with the options that both directions share. */
final class Sockets {

  private static final WriteBufferWaterMark MARKS = new WriteBufferWaterMark(64 << 10, 256 << 10);
  private static final int BACKLOG = 1024;

  private final LinkSettings settings;
  private final LinkThreads threads;
  private final @Nullable NodeTls tls;
  private final HostLookup names;
  private final ChannelGroup open;

  /**
   * @param tls encrypts every connection and knows who may make one; null: none is encrypted
   */
  Sockets(LinkSettings settings, LinkThreads threads, @Nullable NodeTls tls) {
    this.settings = settings;
    this.threads = threads;
    this.tls = tls;
    this.names = new HostLookup(threads.lookups());
    this.open = new DefaultChannelGroup(threads.loop(), true); // what comes after a close is closed
  }

  /**
   * Listens.
   *
   * @throws FurrowException if the address or port cannot be had
   */
  Channel listen(Supplier<ChannelHandler> firstHandler) {
    ServerBootstrap server =
        new ServerBootstrap()
            .group(threads.loop())
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, MARKS)
            .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
            .childHandler(initializer(NodeTls::server, firstHandler));
    ChannelFuture bound =
        server.bind(new InetSocketAddress(address(), settings.port())).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw notBound(bound.cause());
    }
    open.add(bound.channel());
    return bound.channel();
  }

  private InetAddress address() {
    try {
      return InetAddress.getByName(settings.host());
    } catch (UnknownHostException unknown) {
      throw new FurrowException(
          "host "
              + settings.host()
              + " is unknown: set furrow.node.host to an address of this"
              + " machine",
          unknown);
    }
  }

  private FurrowException notBound(Throwable cause) {
    String place = settings.host() + ":" + settings.port();
    String text = String.valueOf(cause.getMessage());
    if (cause instanceof BindException && text.toLowerCase(Locale.ROOT).contains("in use")) {
      return new FurrowException(
          "port "
              + place
              + " is in use: end the program that listens there, or set"
              + " furrow.link.port to another port (0 takes any free one)",
          cause);
    }
    return new FurrowException(
        "cannot listen on "
            + place
            + " ("
            + text
            + "): set furrow.node.host to an address of this"
            + " machine and furrow.link.port to a port that this user may open",
        cause);
  }

  ChannelFuture dial(String host, int port, ChannelHandler firstHandler) {
    return new Bootstrap()
        .group(threads.loop())
        .channel(NioSocketChannel.class)
        .resolver(names)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.SO_KEEPALIVE, true)
        .option(ChannelOption.WRITE_BUFFER_WATER_MARK, MARKS)
        .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) settings.connectTimeout().toMillis())
        .handler(initializer(NodeTls::client, () -> firstHandler))
        .connect(host, port);
  }

  /** Closes without waiting; closing has no failure that anybody could act on. */
  static void close(ChannelOutboundInvoker channel) {
    ChannelFuture unused = channel.close();
  }

  /** Closes every socket that was opened here, without waiting. */
  void closeAll() {
    ChannelGroupFuture unused = open.close();
  }

  private ChannelInitializer<SocketChannel> initializer(
      Function<NodeTls, SSLEngine> side, Supplier<ChannelHandler> first) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(SocketChannel channel) {
        open.add(channel);
        if (tls != null) {
          channel.pipeline().addLast(new SslHandler(side.apply(tls)));
        }
        channel.pipeline().addLast(first.get());
      }
    };
  }
}
