package dev.furrow.actors.link;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.CorruptedFrameException;
import java.io.IOException;
import java.util.List;

/** Reads one established connection: four bytes of length, then a record. */
final class FrameHandler extends ByteToMessageDecoder {

  private final TcpLink link;
  private final Connection connection;
  private final FrameCodec codec;
  private final int maxFrame;

  FrameHandler(TcpLink link, Connection connection, FrameCodec codec, int maxFrame) {
    this.link = link;
    this.connection = connection;
    this.codec = codec;
    this.maxFrame = maxFrame;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out)
      throws Exception {
    if (!connection.open()) {
      in.skipBytes(in.readableBytes());
      return;
    }
    if (in.readableBytes() < Integer.BYTES) {
      return;
    }
    int length = in.getInt(in.readerIndex());
    if (length < 0 || length > maxFrame) {
      throw new CorruptedFrameException(
          "it announced a frame of "
              + length
              + " bytes; furrow.link.max-frame here is "
              + maxFrame);
    }
    if (in.readableBytes() - Integer.BYTES < length) {
      return;
    }
    byte[] frame = new byte[length];
    in.skipBytes(Integer.BYTES).readBytes(frame);
    link.received(connection, codec.decode(frame, 0, length));
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) throws Exception {
    connection.wake();
    super.channelWritabilityChanged(context);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    super.channelInactive(context);
    link.lost(connection);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof IOException) {
      connection.broke(cause);
    } else {
      link.garbage(connection, cause.getCause() == null ? cause : cause.getCause());
      connection.fail();
    }
    Sockets.close(context);
  }
}
