package dev.furrow.actors.wire;

import dev.furrow.TaskFailure;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A failure as it crosses nodes: names and text only.
 *
 * @param kind what sort of failure
 * @param type name of the exception's class
 * @param message its message, cut at 8 KiB
 * @param trace its frames, innermost first, at most 64
 * @param node where it happened
 * @param causedBy the failure behind it; chains are cut after 8
 */
public record FailureRecord(
    TaskFailure.Kind kind,
    String type,
    String message,
    List<String> trace,
    String node,
    @Nullable FailureRecord causedBy) {

  private static final int FRAMES = 64;
  private static final int CHAIN = 8;
  private static final int TEXT = 8 * 1024;

  /** Describes what user code threw. Survives exceptions whose own methods throw. */
  public static FailureRecord of(TaskFailure.Kind kind, Throwable thrown, String node) {
    return of(kind, thrown, node, CHAIN);
  }

  /** A failure that no exception describes. */
  public static FailureRecord of(TaskFailure.Kind kind, String type, String message, String node) {
    return new FailureRecord(kind, type, cut(message), List.of(), node, null);
  }

  private static FailureRecord of(TaskFailure.Kind kind, Throwable thrown, String node, int depth) {
    Throwable cause = causeOf(thrown);
    return new FailureRecord(
        kind,
        thrown.getClass().getName(),
        messageOf(thrown),
        framesOf(thrown),
        node,
        cause == null || cause == thrown || depth == 1 ? null : of(kind, cause, node, depth - 1));
  }

  private static @Nullable Throwable causeOf(Throwable thrown) {
    try {
      return thrown.getCause();
    } catch (Throwable broken) {
      return null;
    }
  }

  private static String messageOf(Throwable thrown) {
    try {
      String message = thrown.getMessage();
      return message == null ? "" : cut(message);
    } catch (Throwable broken) {
      return "(its getMessage() threw " + broken.getClass().getName() + ")";
    }
  }

  private static List<String> framesOf(Throwable thrown) {
    try {
      StackTraceElement[] frames = thrown.getStackTrace();
      return java.util.Arrays.stream(frames)
          .limit(FRAMES)
          .map(StackTraceElement::toString)
          .toList();
    } catch (Throwable broken) {
      return List.of();
    }
  }

  private static String cut(String text) {
    return text.length() <= TEXT
        ? text
        : text.substring(0, TEXT) + "… (" + text.length() + " characters)";
  }

  /** This failure as users see it. */
  public TaskFailure toTaskFailure(int attempts) {
    return new Seen(this, attempts);
  }

  private record Seen(FailureRecord failure, int attempts) implements TaskFailure {
    @Override
    public String toString() {
      String text = message().isEmpty() ? "" : ": " + message();
      return type() + text + " [" + kind() + " on " + node() + ", attempts " + attempts + "]";
    }

    @Override
    public Kind kind() {
      return failure.kind();
    }

    @Override
    public String type() {
      return failure.type();
    }

    @Override
    public String message() {
      return failure.message();
    }

    @Override
    public List<String> trace() {
      return failure.trace();
    }

    @Override
    public String node() {
      return failure.node();
    }

    @Override
    public Optional<TaskFailure> cause() {
      return Optional.ofNullable(failure.causedBy()).map(cause -> cause.toTaskFailure(attempts));
    }
  }
}
