package dev.furrow.actors.partition;

import dev.furrow.Aggregation;
import dev.furrow.Change;
import dev.furrow.TaskFailure;
import dev.furrow.Update;
import dev.furrow.actors.wire.FailureRecord;
import dev.furrow.actors.wire.ResultException;
import dev.furrow.actors.wire.StateCodec;
import dev.furrow.actors.wire.UnreadableException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decodes and runs updates and aggregations: the only place where their code is entered. Whatever
 * it throws, a {@link StackOverflowError} and {@link LinkageError} included, becomes the call's
 * failure and changes nothing.
 */
final class UserCalls {

  private final StateCodec codec;
  private final String node;
  private final long most;

  /**
   * Runs calls on a node.
   *
   * @param most bytes that the value and the reply of an update may have together: they go into one
   *     message to a copy
   */
  UserCalls(StateCodec codec, String node, long most) {
    this.codec = codec;
    this.node = node;
    this.most = most;
  }

  /**
   * What an update made of a key.
   *
   * @param writes whether the value is another than before
   * @param value what to keep; null if nothing
   */
  record Updated(Reply reply, boolean writes, byte @Nullable [] value) {}

  Updated update(String type, byte[] payload, byte @Nullable [] current) {
    try {
      Update<?, ?> update = codec.decodeUpdate(type, payload);
      return apply(update, current);
    } catch (UnreadableException unreadable) {
      return failed(TaskFailure.Kind.UNREADABLE, unreadable);
    } catch (ResultException unwritable) {
      return failed(unwritable.kind(), unwritable);
    } catch (Throwable thrown) {
      return failed(TaskFailure.Kind.THREW, thrown);
    }
  }

  private <V, R> Updated apply(Update<V, R> update, byte @Nullable [] current)
      throws UnreadableException, ResultException {
    Class<?> type = update.getClass();
    @SuppressWarnings("unchecked") // read by the type that the update's class declares
    Optional<V> before =
        current == null ? Optional.empty() : Optional.of((V) codec.readValue(type, current));
    Change<V, R> change = update.apply(before);
    if (change == null) {
      throw new NullPointerException(type.getName() + ".apply returned null: return a Change");
    }
    V value = change.value().orElse(null);
    byte[] after = value == null ? null : codec.writeValue(type, value);
    byte[] reply = codec.writeReply(type, change.reply());
    long together = reply.length + (after == null ? 0L : after.length);
    return together > most
        ? tooLarge(type, together)
        : new Updated(Reply.done(reply), !Arrays.equals(current, after), after);
  }

  private Updated tooLarge(Class<?> type, long bytes) {
    String why =
        "the value and the reply of "
            + type.getName()
            + " are too large together: "
            + bytes
            + ", and one message takes "
            + most
            + " (furrow.link.max-frame less what else is in it)";
    return new Updated(
        Reply.rejected(
            FailureRecord.of(
                TaskFailure.Kind.TOO_LARGE, IllegalStateException.class.getName(), why, node)),
        false,
        null);
  }

  private Updated failed(TaskFailure.Kind kind, Throwable thrown) {
    return new Updated(Reply.rejected(FailureRecord.of(kind, thrown, node)), false, null);
  }

  /** Adds up all entries; gives up as soon as nobody waits any more. */
  Reply aggregate(String type, byte[] payload, Draft entries, BooleanSupplier wanted) {
    try {
      Aggregation<?, ?, ?> aggregation = codec.decodeAggregation(type, payload);
      return add(aggregation, entries, wanted);
    } catch (UnreadableException unreadable) {
      return Reply.rejected(FailureRecord.of(TaskFailure.Kind.UNREADABLE, unreadable, node));
    } catch (ResultException unwritable) {
      return Reply.rejected(FailureRecord.of(unwritable.kind(), unwritable, node));
    } catch (Throwable thrown) {
      return Reply.rejected(FailureRecord.of(TaskFailure.Kind.THREW, thrown, node));
    }
  }

  private <K, V, A> Reply add(
      Aggregation<K, V, A> aggregation, Draft entries, BooleanSupplier wanted)
      throws ResultException {
    Class<?> type = aggregation.getClass();
    @SuppressWarnings("unchecked") // read by the types that the aggregation's class declares
    Folding<A> folding =
        new Folding<>(aggregation.zero()) {
          @Override
          A step(A sum, ByteKey key, byte[] value) throws UnreadableException {
            return aggregation.add(
                sum, (K) codec.readKey(type, key.bytes()), (V) codec.readAdded(type, value));
          }
        };
    entries.forEach((key, value) -> folding.add(key, value, wanted));
    return Reply.done(codec.writeSum(type, folding.sum));
  }

  private abstract static class Folding<A> {

    A sum;

    Folding(A zero) {
      sum = zero;
    }

    abstract A step(A before, ByteKey key, byte[] value) throws UnreadableException;

    void add(ByteKey key, byte[] value, BooleanSupplier wanted) {
      if (!wanted.getAsBoolean()) {
        throw new IllegalStateException("nobody waits for this aggregation any more");
      }
      try {
        sum = step(sum, key, value);
      } catch (UnreadableException unreadable) {
        throw new IllegalStateException(unreadable.getMessage(), unreadable);
      }
    }
  }
}
