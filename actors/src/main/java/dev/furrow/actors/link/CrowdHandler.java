package dev.furrow.actors.link;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Closes a connection at once, because too many others are still at their handshakes. */
final class CrowdHandler extends ChannelInboundHandlerAdapter {

  private final TcpLink link;

  CrowdHandler(TcpLink link) {
    this.link = link;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    link.turnedAway(context.channel(), "too many connections are still at their handshakes");
    Sockets.close(context);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    link.strangerGone();
  }
}
