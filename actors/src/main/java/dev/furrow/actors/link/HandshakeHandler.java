package dev.furrow.actors.link;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Exchanges one handshake frame with a stranger: four bytes of magic, four of length, the body.
 * Reads nothing else before that frame is complete, and closes the connection if it does not come
 * in time, is too large, or is no such frame.
 */
abstract class HandshakeHandler extends ByteToMessageDecoder {

  static final int MAGIC = 0x46525731; // FRW1
  static final int MAX_FRAME = 4 * 1024;
  private static final int HEADER = 8;

  private final Duration timeout;
  private @Nullable Future<?> deadline;
  private boolean done;

  HandshakeHandler(Duration timeout) {
    this.timeout = timeout;
  }

  /** The other side's frame is complete. */
  abstract void completed(ChannelHandlerContext context, ByteBuf body);

  /** It did not come, or is not one. The connection is closed afterwards. */
  abstract void failed(ChannelHandlerContext context, String why);

  @Override
  public void channelActive(ChannelHandlerContext context) throws Exception {
    deadline =
        context
            .executor()
            .schedule(() -> timedOut(context), timeout.toNanos(), TimeUnit.NANOSECONDS);
    super.channelActive(context);
  }

  private void timedOut(ChannelHandlerContext context) {
    fail(context, "sent no handshake within " + timeout.toMillis() + " ms");
  }

  @Override
  protected final void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    if (done) {
      in.skipBytes(in.readableBytes());
      return;
    }
    int start = in.readerIndex();
    if (in.readableBytes() < Integer.BYTES) {
      return;
    }
    if (in.getInt(start) != MAGIC) {
      throw new CorruptedFrameException("does not speak Furrow's protocol");
    }
    if (in.readableBytes() < HEADER) {
      return;
    }
    int length = in.getInt(start + Integer.BYTES);
    if (length < 0 || length > MAX_FRAME - HEADER) {
      throw new CorruptedFrameException("announced a handshake of " + length + " bytes");
    }
    if (in.readableBytes() < HEADER + length) {
      return;
    }
    done = true;
    completed(context, in.skipBytes(HEADER).readSlice(length));
  }

  static ByteBuf frame(ChannelHandlerContext context, Consumer<ByteBuf> body) {
    ByteBuf frame = context.alloc().buffer(256, MAX_FRAME);
    frame.writeInt(MAGIC).writeInt(0);
    body.accept(frame);
    return frame.setInt(Integer.BYTES, frame.readableBytes() - HEADER);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    Throwable root = cause.getCause() == null ? cause : cause.getCause();
    boolean told = root instanceof CorruptedFrameException;
    fail(context, told ? String.valueOf(root.getMessage()) : "broke its handshake: " + root);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    super.channelInactive(context);
    if (!done) {
      failed(context, "closed the connection before the handshake was complete");
    }
  }

  private void fail(ChannelHandlerContext context, String why) {
    done = true;
    failed(context, why);
    Sockets.close(context);
  }

  @Override
  protected void handlerRemoved0(ChannelHandlerContext context) {
    if (deadline != null) {
      deadline.cancel(false);
    }
  }
}
