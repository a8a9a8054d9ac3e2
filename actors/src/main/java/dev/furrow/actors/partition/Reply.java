package dev.furrow.actors.partition;

import dev.furrow.TaskFailure;
import dev.furrow.actors.wire.CallStatus;
import dev.furrow.actors.wire.FailureRecord;
import dev.furrow.actors.wire.WireCodec;

/**
 * How a call ended.
 *
 * @param body what it answers, or an encoded {@link FailureRecord}
 */
record Reply(CallStatus status, byte[] body) {

  private static final byte[] NOTHING = {};

  static final Reply EMPTY = new Reply(CallStatus.EMPTY, NOTHING);

  static Reply done(byte[] body) {
    return new Reply(CallStatus.DONE, body);
  }

  static Reply rejected(FailureRecord why) {
    return new Reply(CallStatus.REJECTED, WireCodec.encodeFailure(why));
  }

  static Reply unknown(String why, String node) {
    FailureRecord failure =
        FailureRecord.of(TaskFailure.Kind.LOST, IllegalStateException.class.getName(), why, node);
    return new Reply(CallStatus.UNKNOWN, WireCodec.encodeFailure(failure));
  }

  /** What it takes to remember. */
  int weight() {
    return 64 + body.length;
  }
}
