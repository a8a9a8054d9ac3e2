package dev.furrow.actors.link;

import dev.furrow.actors.wire.WireCodec;
import dev.furrow.actors.wire.WireException;
import dev.furrow.actors.wire.WireMessage;

/** Writes and reads the records that a link carries. Used by many threads at once. */
public interface FrameCodec {

  /** The codec that nodes use: {@link WireCodec}. */
  static FrameCodec wire() {
    return new FrameCodec() {
      @Override
      public byte[] encode(WireMessage message) {
        return WireCodec.encode(message);
      }

      @Override
      public WireMessage decode(byte[] bytes, int offset, int length) throws WireException {
        return WireCodec.decode(bytes, offset, length);
      }
    };
  }

  /**
   * Encodes a record, without a length before it.
   *
   * @return bytes that nobody else keeps
   */
  byte[] encode(WireMessage message);

  /**
   * Decodes one record from bytes that a stranger may have written.
   *
   * @param bytes holds the record; not changed afterwards, so that the record may refer to it
   * @param offset where the record begins
   * @param length of the record in bytes
   * @throws Exception if the bytes are not exactly one record; the connection is then closed
   */
  WireMessage decode(byte[] bytes, int offset, int length) throws Exception;
}
