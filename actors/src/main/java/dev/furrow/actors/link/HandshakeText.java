package dev.furrow.actors.link;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;

/**
 * Text in a handshake: two bytes of length, then UTF-8. Control characters are replaced when read,
 * because strangers' text ends up in logs.
 */
final class HandshakeText {

  private HandshakeText() {}

  static void write(ByteBuf out, String text) {
    int at = out.writerIndex();
    out.writeShort(0);
    out.setShort(at, ByteBufUtil.writeUtf8(out, text));
  }

  static String read(ByteBuf in) {
    int length = in.readUnsignedShort();
    String text = in.readCharSequence(length, StandardCharsets.UTF_8).toString();
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
