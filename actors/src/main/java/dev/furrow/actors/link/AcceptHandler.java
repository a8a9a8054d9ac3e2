package dev.furrow.actors.link;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import java.time.Duration;

/** The acceptor's half of the handshake: reads a {@link Hello}, answers it. */
final class AcceptHandler extends HandshakeHandler {

  private final TcpLink link;
  private final Admission admission;

  AcceptHandler(TcpLink link, Admission admission, Duration timeout) {
    super(timeout);
    this.link = link;
    this.admission = admission;
  }

  @Override
  void completed(ChannelHandlerContext context, ByteBuf body) {
    Hello hello = Hello.read(body);
    Answer answer = admission.answer(hello);
    ByteBuf frame = frame(context, answer::write);
    if (!answer.accepted()) {
      link.turnedAway(context.channel(), answer.reason());
      context.writeAndFlush(frame).addListener(ChannelFutureListener.CLOSE);
      return;
    }
    context.writeAndFlush(frame).addListener(ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE);
    FrameHandler frames = link.established(context.channel(), hello.from());
    context.pipeline().replace(this, null, frames);
  }

  @Override
  void failed(ChannelHandlerContext context, String why) {
    link.turnedAway(context.channel(), "it " + why);
  }

  @Override
  protected void handlerRemoved0(ChannelHandlerContext context) {
    super.handlerRemoved0(context);
    link.strangerGone();
  }
}
