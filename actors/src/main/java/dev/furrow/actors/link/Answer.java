package dev.furrow.actors.link;

import io.netty.buffer.ByteBuf;

/**
 * What an acceptor answers to a {@link Hello}. Its layout must stay the same in all versions, so
 * that a node of another version can read why it was refused.
 *
 * @param accepted records may follow
 * @param reason why not; empty if accepted
 */
record Answer(boolean accepted, String reason) {

  static final Answer ACCEPTED = new Answer(true, "");

  private static final int LONGEST = 600;

  static Answer refused(String reason) {
    return new Answer(false, reason);
  }

  void write(ByteBuf out) {
    out.writeBoolean(accepted);
    HandshakeText.write(out, reason.substring(0, Math.min(reason.length(), LONGEST)));
  }

  /**
   * Reads an answer.
   *
   * @throws IndexOutOfBoundsException if bytes are missing
   */
  static Answer read(ByteBuf in) {
    return new Answer(in.readBoolean(), HandshakeText.read(in));
  }
}
