package dev.furrow.actors.link;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import java.time.Duration;

/** The dialer's half of the handshake: says {@link Hello}, reads the {@link Answer}. */
final class DialHandler extends HandshakeHandler {

  private final TcpLink link;
  private final Peer peer;
  private final Hello hello;

  DialHandler(TcpLink link, Peer peer, Hello hello, Duration timeout) {
    super(timeout);
    this.link = link;
    this.peer = peer;
    this.hello = hello;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) throws Exception {
    context
        .writeAndFlush(frame(context, hello::write))
        .addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
    super.channelActive(context);
  }

  @Override
  void completed(ChannelHandlerContext context, ByteBuf body) {
    Answer answer = Answer.read(body);
    if (!answer.accepted()) {
      peer.refused(answer.reason());
      Sockets.close(context);
      return;
    }
    FrameHandler frames = link.established(context.channel(), peer.id());
    context.pipeline().replace(this, null, frames);
  }

  @Override
  void failed(ChannelHandlerContext context, String why) {
    peer.failed("it " + why);
  }
}
