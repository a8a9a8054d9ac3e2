package dev.furrow.actors.wire;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.furrow.Aggregation;
import dev.furrow.TaskFailure;
import dev.furrow.Update;
import dev.furrow.actors.wire.LimitedOutput.TooLargeException;
import java.io.IOException;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads what is kept by key, and the updates and aggregations that run on it, in CBOR
 * (RFC 8949), by the rules of {@link TaskCodec}: the wire names the class of an update, and its
 * data, the values and the replies are read by the types that the class declares.
 *
 * <p>User code runs here (constructors, accessors): never call it on an actor's dispatcher. Safe
 * for use by many threads.
 */
public final class StateCodec {

  private static final int VALUE = 0;
  private static final int REPLY = 1;
  private static final int ADDED_KEY = 0;
  private static final int ADDED_VALUE = 1;
  private static final int SUM = 2;

  private final ClassFinder finder;
  private final ObjectMapper mapper;
  private final int maxCall;
  private final int maxValue;
  private final ClassValue<Plan> updates = plans(Update.class, List.of("value", "reply"));
  private final ClassValue<Plan> aggregations =
      plans(Aggregation.class, List.of("key", "value", "sum"));

  /**
   * How values of one type are written and read.
   *
   * @param scalar the type, if it is one of {@link Scalars}
   */
  private record Form(@Nullable Class<?> scalar, ObjectWriter writer, ObjectReader reader) {}

  /** How objects of a class and of the types it is about are written and read, or why not. */
  private record Plan(@Nullable String refusal, Form self, List<Form> arguments) {}

  StateCodec(ClassFinder finder, ObjectMapper mapper, int maxCall, int maxValue) {
    this.finder = finder;
    this.mapper = mapper;
    this.maxCall = maxCall;
    this.maxValue = maxValue;
  }

  private ClassValue<Plan> plans(Class<?> contract, List<String> names) {
    return new ClassValue<>() {
      @Override
      protected Plan computeValue(Class<?> type) {
        Form self = form(type);
        try {
          List<Type> arguments = TravelCheck.check(type, contract, names, mapper);
          return new Plan(null, self, arguments.stream().map(each -> form(each)).toList());
        } catch (IllegalArgumentException refused) {
          return new Plan(refused.getMessage(), self, List.of());
        } catch (StackOverflowError | RuntimeException | LinkageError broken) {
          String why = ClassShape.nameOf(type) + " cannot travel: it cannot be examined, " + broken;
          return new Plan(why, self, List.of());
        }
      }
    };
  }

  private Form form(Type type) {
    return new Form(
        type instanceof Class<?> one && Scalars.isOne(one) ? one : null,
        mapper.writerFor(mapper.constructType(type)),
        mapper.readerFor(mapper.constructType(type)));
  }

  /** What finds users' classes. */
  public ClassLoader loader() {
    return finder.loader();
  }

  // ------------------------------------------------------------- the caller

  /** Keys and values of one state as its callers see them. */
  public static final class Entries {

    private final String name;
    private final Form key;
    private final Form value;

    private Entries(String name, Form key, Form value) {
      this.name = name;
      this.key = key;
      this.value = value;
    }

    /**
     * Writes a key.
     *
     * @throws IllegalArgumentException it cannot be written or is too large
     */
    public byte[] writeKey(Object wanted) {
      Objects.requireNonNull(wanted, "key must not be null");
      try {
        return write(key, wanted, MOST_KEY);
      } catch (TooLargeException large) {
        throw new IllegalArgumentException(
            "a key of " + name + " is too large: " + large.size() + " of " + MOST_KEY, large);
      } catch (IOException | RuntimeException | StackOverflowError unwritable) {
        throw new IllegalArgumentException(
            "a key of " + name + " cannot be written at " + ValueErrors.text("key", unwritable),
            ValueErrors.cause(unwritable));
      }
    }

    /**
     * Reads a key.
     *
     * @throws UnreadableException the bytes are no such key
     */
    public Object readKey(byte[] bytes) throws UnreadableException {
      return read(key, bytes, "a key of " + name);
    }

    /**
     * Reads a value.
     *
     * @throws UnreadableException the bytes are no such value
     */
    public Object readValue(byte[] bytes) throws UnreadableException {
      return read(value, bytes, "a value of " + name);
    }
  }

  /** Bytes of a key, at most. */
  public static final int MOST_KEY = 32 << 10;

  /**
   * How the entries of a state are written and read.
   *
   * @throws IllegalArgumentException a type cannot travel, or cannot be a key; says why
   */
  public Entries entries(String name, Type key, Type value) {
    Type checkedKey = TravelCheck.check(key, "the key of " + name, mapper);
    KeyCheck.check(checkedKey, "the key of " + name);
    Type checkedValue = TravelCheck.check(value, "the value of " + name, mapper);
    return new Entries(name, form(checkedKey), form(checkedValue));
  }

  /**
   * Writes an update.
   *
   * @throws IllegalArgumentException it cannot travel, cannot be written or is too large
   */
  public EncodedTask encode(Update<?, ?> update) {
    Objects.requireNonNull(update, "update must not be null");
    return encode("update", update, updates);
  }

  /**
   * Writes an aggregation.
   *
   * @throws IllegalArgumentException as {@link #encode(Update)}
   */
  public EncodedTask encode(Aggregation<?, ?, ?> aggregation) {
    Objects.requireNonNull(aggregation, "aggregation must not be null");
    return encode("aggregation", aggregation, aggregations);
  }

  private EncodedTask encode(String what, Object call, ClassValue<Plan> plans) {
    Class<?> type = ClassShape.named(call.getClass());
    Plan plan = plans.get(type);
    if (plan.refusal() != null) {
      throw new IllegalArgumentException(plan.refusal());
    }
    try {
      return new EncodedTask(type.getName(), write(plan.self(), call, maxCall));
    } catch (TooLargeException large) {
      throw new IllegalArgumentException(
          what
              + " "
              + type.getName()
              + " is too large: "
              + large.size()
              + ", and furrow.tasks.max-bytes is "
              + maxCall,
          large);
    } catch (IOException | RuntimeException | StackOverflowError unwritable) {
      throw new IllegalArgumentException(
          what
              + " "
              + type.getName()
              + " cannot be written at "
              + ValueErrors.text(ClassShape.nameOf(type), unwritable),
          ValueErrors.cause(unwritable));
    }
  }

  /**
   * Reads what an update replied.
   *
   * @throws UnreadableException the bytes are not what the class declares
   */
  public @Nullable Object readReply(Class<?> update, byte[] bytes) throws UnreadableException {
    Class<?> type = ClassShape.named(update);
    return read(argument(updates, type, REPLY), bytes, "the reply of " + type.getName());
  }

  /**
   * Reads what an aggregation has added up in a partition.
   *
   * @throws UnreadableException the bytes are not what the class declares
   */
  public @Nullable Object readSum(Class<?> aggregation, byte[] bytes) throws UnreadableException {
    Class<?> type = ClassShape.named(aggregation);
    return read(argument(aggregations, type, SUM), bytes, "the sum of " + type.getName());
  }

  // -------------------------------------------------------------- the owner

  /**
   * Reads an update.
   *
   * @throws UnreadableException its class is not allowed, not there or no update, or the bytes are
   *     not its data
   */
  public Update<?, ?> decodeUpdate(String type, byte[] payload) throws UnreadableException {
    Class<?> found = finder.find(type, "update", Update.class);
    return (Update<?, ?>) read(plan(updates, found).self(), payload, "update " + type);
  }

  /**
   * Reads an aggregation.
   *
   * @throws UnreadableException as {@link #decodeUpdate}
   */
  public Aggregation<?, ?, ?> decodeAggregation(String type, byte[] payload)
      throws UnreadableException {
    Class<?> found = finder.find(type, "aggregation", Aggregation.class);
    return (Aggregation<?, ?, ?>)
        read(plan(aggregations, found).self(), payload, "aggregation " + type);
  }

  /**
   * Reads a value for an update.
   *
   * @throws UnreadableException the bytes are not what the update's class declares
   */
  public Object readValue(Class<?> update, byte[] bytes) throws UnreadableException {
    return read(argument(updates, update, VALUE), bytes, "the value for " + update.getName());
  }

  /**
   * Writes a value that an update made.
   *
   * @throws ResultException it is too large or cannot be written
   */
  public byte[] writeValue(Class<?> update, Object value) throws ResultException {
    return made(argumentOrRefused(updates, update, VALUE), value, "value", update);
  }

  /**
   * Writes what an update replies.
   *
   * @throws ResultException it is too large or cannot be written
   */
  public byte[] writeReply(Class<?> update, @Nullable Object reply) throws ResultException {
    return made(argumentOrRefused(updates, update, REPLY), reply, "reply", update);
  }

  /**
   * Reads a key for an aggregation.
   *
   * @throws UnreadableException the bytes are not what its class declares
   */
  public Object readKey(Class<?> aggregation, byte[] bytes) throws UnreadableException {
    return read(
        argument(aggregations, aggregation, ADDED_KEY),
        bytes,
        "a key for " + aggregation.getName());
  }

  /**
   * Reads a value for an aggregation.
   *
   * @throws UnreadableException the bytes are not what its class declares
   */
  public Object readAdded(Class<?> aggregation, byte[] bytes) throws UnreadableException {
    return read(
        argument(aggregations, aggregation, ADDED_VALUE),
        bytes,
        "a value for " + aggregation.getName());
  }

  /**
   * Writes a sum.
   *
   * @throws ResultException it is too large or cannot be written
   */
  public byte[] writeSum(Class<?> aggregation, @Nullable Object sum) throws ResultException {
    return made(argumentOrRefused(aggregations, aggregation, SUM), sum, "sum", aggregation);
  }

  // ---------------------------------------------------------------- details

  private static Plan plan(ClassValue<Plan> plans, Class<?> type) throws UnreadableException {
    Plan plan = plans.get(type);
    if (plan.refusal() != null) {
      throw new UnreadableException(plan.refusal(), null);
    }
    return plan;
  }

  private static Form argument(ClassValue<Plan> plans, Class<?> type, int index)
      throws UnreadableException {
    return plan(plans, ClassShape.named(type)).arguments().get(index);
  }

  private static Form argumentOrRefused(ClassValue<Plan> plans, Class<?> type, int index)
      throws ResultException {
    try {
      return argument(plans, type, index);
    } catch (UnreadableException refused) {
      throw new ResultException(
          TaskFailure.Kind.UNREADABLE, String.valueOf(refused.getMessage()), null);
    }
  }

  private byte[] made(Form form, @Nullable Object value, String what, Class<?> by)
      throws ResultException {
    try {
      return write(form, value, maxValue);
    } catch (TooLargeException large) {
      throw new ResultException(
          TaskFailure.Kind.TOO_LARGE,
          "the "
              + what
              + " of "
              + by.getName()
              + " is too large: "
              + large.size()
              + ", and furrow.tasks.max-result is "
              + maxValue,
          null);
    } catch (IOException | RuntimeException | StackOverflowError unwritable) {
      throw new ResultException(
          TaskFailure.Kind.UNREADABLE,
          "the "
              + what
              + " of "
              + by.getName()
              + " cannot be written at "
              + ValueErrors.text(what, unwritable),
          ValueErrors.cause(unwritable));
    }
  }

  private static byte[] write(Form form, @Nullable Object value, int limit) throws IOException {
    byte[] plain =
        form.scalar() != null && form.scalar().isInstance(value) ? Scalars.write(value) : null;
    return plain == null ? TaskCodec.write(form.writer(), value, limit, limit) : plain;
  }

  private static Object read(Form form, byte[] bytes, String what) throws UnreadableException {
    Object plain = form.scalar() == null ? null : Scalars.read(form.scalar(), bytes);
    if (plain != null) {
      return plain;
    }
    try {
      return form.reader().readValue(bytes);
    } catch (IOException | RuntimeException | StackOverflowError | LinkageError unreadable) {
      throw new UnreadableException(
          what
              + " cannot be read at "
              + ValueErrors.text("data", unreadable)
              + ". Nodes may have different versions of a class: put the same jar on every node",
          ValueErrors.cause(unreadable));
    }
  }
}
