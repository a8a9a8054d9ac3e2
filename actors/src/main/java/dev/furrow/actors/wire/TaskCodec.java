package dev.furrow.actors.wire;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.furrow.Task;
import dev.furrow.TaskFailure;
import dev.furrow.actors.wire.LimitedOutput.TooLargeException;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads users' tasks and results, in CBOR (RFC 8949).
 *
 * <p>The wire names the task's class and nothing else: components and results are read by the types
 * that the class declares, and a name of a class within data is text. A class is loaded only if the
 * allow list has it, and used only if it is a {@link Task}; until then it is not initialised.
 *
 * <p>User code runs here (constructors, accessors): never call it on an actor's dispatcher. Safe
 * for use by many threads. What was refused once is refused again.
 */
public final class TaskCodec {

  /** A task that is too large is measured, for the message, up to so many times the limit. */
  private static final long COUNTED = 64;

  private final ClassFinder finder;
  private final int maxTaskBytes;
  private final int maxResultBytes;
  private final ObjectMapper mapper;

  private final ClassValue<TaskPlan> plans =
      new ClassValue<>() {
        @Override
        protected TaskPlan computeValue(Class<?> type) {
          return TaskPlan.of(type, mapper);
        }
      };

  /**
   * Creates a codec.
   *
   * @param allow {@code furrow.tasks.allow}: names of classes, and packages with those below as
   *     {@code com.acme.*}; empty allows all. Only reading looks at it
   * @param maxTaskBytes most bytes of one encoded task
   * @param maxResultBytes most bytes of one encoded result
   * @param loader finds the classes of tasks
   * @throws IllegalArgumentException an entry of the list is malformed
   */
  public TaskCodec(List<String> allow, int maxTaskBytes, int maxResultBytes, ClassLoader loader) {
    this.finder = new ClassFinder(new AllowList(allow), Objects.requireNonNull(loader, "loader"));
    this.maxTaskBytes = maxTaskBytes;
    this.maxResultBytes = maxResultBytes;
    this.mapper = CborMapper.create(Math.max(maxTaskBytes, maxResultBytes));
  }

  /** What finds the classes of tasks. */
  public ClassLoader loader() {
    return finder.loader();
  }

  /**
   * Encodes a task.
   *
   * @throws NullPointerException the task is null
   * @throws IllegalArgumentException its class cannot travel, or a value in it cannot be written,
   *     or it is too large; names the component at fault
   */
  public EncodedTask encode(Task<?> task) {
    Objects.requireNonNull(task, "task must not be null");
    Class<?> type = ClassShape.named(task.getClass());
    ObjectWriter writer = plans.get(type).travel().taskWriter();
    try {
      return new EncodedTask(
          type.getName(), write(writer, task, maxTaskBytes, COUNTED * maxTaskBytes));
    } catch (TooLargeException large) {
      throw new IllegalArgumentException(
          "task "
              + type.getName()
              + " is too large: "
              + large.size()
              + ", and furrow.tasks.max-bytes is "
              + maxTaskBytes
              + ". Split it, or raise the setting on every node",
          large);
    } catch (IOException | RuntimeException | StackOverflowError unwritable) {
      throw new IllegalArgumentException(
          "task "
              + type.getName()
              + " cannot be written at "
              + ValueErrors.text(ClassShape.nameOf(type), unwritable),
          ValueErrors.cause(unwritable));
    }
  }

  /**
   * Decodes a task.
   *
   * @param type the binary name of its class
   * @throws UnreadableException the class is not allowed, not there or no task, or the bytes are
   *     not what this node's version of it can read, or its constructor threw
   */
  public Task<?> decode(String type, byte[] payload) throws UnreadableException {
    Class<?> taskClass = find(type);
    Object value = read(plan(taskClass).taskReader(), payload, "task", taskClass);
    if (value instanceof Task<?> task) {
      return task;
    }
    throw new UnreadableException("task " + type + " cannot be read: its bytes hold no task", null);
  }

  /**
   * Encodes a task's result by the type that the class declares.
   *
   * @param taskClass the class of the task
   * @param result what it returned; null travels
   * @throws ResultException it is too large, for which writing ends at once, or cannot be written
   */
  public byte[] encodeResult(Class<?> taskClass, @Nullable Object result) throws ResultException {
    Class<?> type = ClassShape.named(taskClass);
    try {
      return write(plans.get(type).travel().resultWriter(), result, maxResultBytes, maxResultBytes);
    } catch (TooLargeException large) {
      throw new ResultException(
          TaskFailure.Kind.TOO_LARGE,
          "the result of "
              + type.getName()
              + " is too large: "
              + large.size()
              + ", and furrow.tasks.max-result is "
              + maxResultBytes
              + ". Return less, or raise the setting on every node",
          null);
    } catch (IOException | RuntimeException | StackOverflowError unwritable) {
      throw new ResultException(
          TaskFailure.Kind.UNREADABLE,
          "the result of "
              + type.getName()
              + " cannot be written at "
              + ValueErrors.text("result", unwritable),
          ValueErrors.cause(unwritable));
    }
  }

  /**
   * Decodes a task's result.
   *
   * @param taskClass the class of the task
   * @throws UnreadableException the bytes are not what this node's version of the class declares
   */
  public @Nullable Object decodeResult(Class<?> taskClass, byte[] bytes)
      throws UnreadableException {
    Class<?> type = ClassShape.named(taskClass);
    return read(plan(type).resultReader(), bytes, "the result of", type);
  }

  /**
   * Decodes a task's result.
   *
   * @param taskType the binary name of the task's class, looked for as {@link #decode} does
   * @throws UnreadableException the class is not to be had, or as {@link #decodeResult(Class,
   *     byte[])}
   */
  public @Nullable Object decodeResult(String taskType, byte[] bytes) throws UnreadableException {
    return decodeResult(find(taskType), bytes);
  }

  private Class<?> find(String name) throws UnreadableException {
    return finder.find(name, "task", Task.class);
  }

  private TaskPlan.Travel plan(Class<?> type) throws UnreadableException {
    try {
      return plans.get(type).travel();
    } catch (IllegalArgumentException refused) {
      throw new UnreadableException(String.valueOf(refused.getMessage()), null);
    }
  }

  /** Writes and reads what is kept by key, by the same rules. */
  public StateCodec state() {
    return new StateCodec(finder, mapper, maxTaskBytes, maxResultBytes);
  }

  static byte[] write(ObjectWriter writer, @Nullable Object value, int limit, long countTo)
      throws IOException {
    LimitedOutput out = new LimitedOutput(limit, countTo);
    writer.writeValue(out, value);
    return out.toByteArray();
  }

  private static @Nullable Object read(
      ObjectReader reader, byte[] bytes, String what, Class<?> type) throws UnreadableException {
    try {
      return reader.readValue(bytes);
    } catch (IOException | RuntimeException unreadable) {
      throw unreadable(what, type, unreadable);
    } catch (Error broken) {
      if (broken instanceof VirtualMachineError && !(broken instanceof StackOverflowError)) {
        throw broken;
      }
      throw unreadable(what, type, broken);
    }
  }

  private static UnreadableException unreadable(String what, Class<?> type, Throwable thrown) {
    return new UnreadableException(
        what
            + " "
            + type.getName()
            + " cannot be read at "
            + ValueErrors.text(what.equals("task") ? ClassShape.nameOf(type) : "result", thrown)
            + ". Nodes may have different versions of the class: put the same jar on every node",
        ValueErrors.cause(thrown));
  }
}
