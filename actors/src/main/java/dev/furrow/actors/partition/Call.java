package dev.furrow.actors.partition;

import dev.furrow.actors.wire.CallKind;
import dev.furrow.actors.wire.CallStatus;
import dev.furrow.actors.wire.CallerId;
import org.jspecify.annotations.Nullable;

/** A call on a partition, and who waits for its answer. Encoded: no user code runs for it. */
public final class Call {

  /** Is given the answer, once, on a thread that must not be held up. */
  public interface Answer {

    /** The partition has answered. */
    void answered(CallStatus status, byte[] body);

    /**
     * No answer came.
     *
     * @param mayBeDone false if the call was certainly not done
     * @param text why, for people
     */
    void failed(boolean mayBeDone, String text);
  }

  /**
   * Where a call was made, inside a task.
   *
   * @param job globally unique, and when it was born
   * @param task the task's place in its job
   * @param ordinal which call of its task on any state it is
   */
  public record Origin(CallerId job, long task, int ordinal) {}

  private static final byte[] NOTHING = {};

  final CallKind kind;
  final String type;
  final byte[] key;
  final byte[] payload;
  final @Nullable Origin origin;
  final Answer answer;
  long deadline;

  private Call(
      CallKind kind,
      String type,
      byte[] key,
      byte[] payload,
      @Nullable Origin origin,
      Answer answer) {
    this.kind = kind;
    this.type = type;
    this.key = key;
    this.payload = payload;
    this.origin = origin;
    this.answer = answer;
  }

  /** A change of a key. */
  public static Call update(
      byte[] key, String type, byte[] payload, @Nullable Origin origin, Answer answer) {
    return new Call(CallKind.UPDATE, type, key, payload, origin, answer);
  }

  /** What is kept for a key. */
  public static Call get(byte[] key, Answer answer) {
    return new Call(CallKind.GET, "", key, NOTHING, null, answer);
  }

  /** A sum over all entries. */
  public static Call aggregate(String type, byte[] payload, Answer answer) {
    return new Call(CallKind.AGGREGATE, type, NOTHING, payload, null, answer);
  }

  /** The number of entries. */
  public static Call size(Answer answer) {
    return new Call(CallKind.SIZE, "", NOTHING, NOTHING, null, answer);
  }

  /** Some entries after a key; all from the first after no bytes. */
  public static Call scan(byte[] after, Answer answer) {
    return new Call(CallKind.SCAN, "", after, NOTHING, null, answer);
  }

  /** What it takes to keep it and send it. */
  int weight() {
    return 100 + key.length + payload.length;
  }
}
