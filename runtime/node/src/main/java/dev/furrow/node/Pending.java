package dev.furrow.node;

import dev.furrow.FurrowException;
import dev.furrow.TaskFailedException;
import dev.furrow.TaskFailure;
import dev.furrow.UpdateRejectedException;
import dev.furrow.UpdateUnknownException;
import dev.furrow.actors.partition.Call;
import dev.furrow.actors.wire.CallStatus;
import dev.furrow.actors.wire.WireCodec;
import dev.furrow.actors.wire.WireException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** A call that has no answer yet. Its answer is read, and its future completed, as a callback. */
final class Pending<T> implements Call.Answer {

  /** Reads an answer. */
  interface Reader<T> {
    @Nullable T read(byte[] body) throws Exception;
  }

  private final String what;
  private final Reader<T> reader;
  private final @Nullable T ofNothing;
  private final Executor callbacks;
  private final CompletableFuture<T> future = new CompletableFuture<>();

  /**
   * A call that was not answered.
   *
   * @param what is called, for people
   * @param ofNothing the answer where there is nothing
   */
  Pending(String what, Reader<T> reader, @Nullable T ofNothing, Executor callbacks) {
    this.what = what;
    this.reader = reader;
    this.ofNothing = ofNothing;
    this.callbacks = callbacks;
  }

  CompletableFuture<T> future() {
    return future;
  }

  /** Why the call failed; null if it did not. The future must be complete. */
  @Nullable FurrowException failure() {
    if (!future.isCompletedExceptionally()) {
      return null;
    }
    try {
      future.join();
      return null;
    } catch (CompletionException failed) {
      return failed.getCause() instanceof FurrowException known
          ? known
          : new FurrowException(String.valueOf(failed.getMessage()), failed);
    }
  }

  @Override
  public void answered(CallStatus status, byte[] body) {
    callbacks.execute(() -> complete(status, body));
  }

  private void complete(CallStatus status, byte[] body) {
    try {
      switch (status) {
        case DONE -> future.complete(reader.read(body));
        case EMPTY -> future.complete(ofNothing);
        case REJECTED -> future.completeExceptionally(rejected(body));
        case UNKNOWN -> future.completeExceptionally(new UpdateUnknownException(text(body)));
      }
    } catch (Exception | StackOverflowError | LinkageError unreadable) {
      future.completeExceptionally(
          new FurrowException(
              "the " + what + " was done, and its answer cannot be read: " + unreadable,
              unreadable));
    }
  }

  private UpdateRejectedException rejected(byte[] body) throws WireException {
    TaskFailure failure = WireCodec.decodeFailure(body).toTaskFailure(1);
    TaskFailedException remote = new TaskFailedException(failure);
    return new UpdateRejectedException("the " + what + " failed: " + remote.getMessage(), remote);
  }

  private String text(byte[] body) throws WireException {
    return "the " + what + ": " + WireCodec.decodeFailure(body).message();
  }

  @Override
  public void failed(boolean mayBeDone, String text) {
    fail(
        mayBeDone
            ? new UpdateUnknownException("the " + what + " may have been done or not: " + text)
            : new UpdateRejectedException("the " + what + " was not done: " + text));
  }

  void fail(FurrowException why) {
    callbacks.execute(() -> future.completeExceptionally(why));
  }
}
