package dev.furrow.actors.wire;

import dev.furrow.Durability;
import dev.furrow.TaskFailure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one record: finds the fields by name, in any order, and ignores those that nobody asks for.
 * A field that is missing, doubled or of another form is refused.
 */
final class RecordReader {

  /** Fields of one record, at most, those of later releases included. */
  private static final int FIELDS = 256;

  private final String record;
  private final CborReader in;
  private final Map<String, Integer> places;

  /** Reads where the fields are; the reader is at the record's end afterwards. */
  RecordReader(String record, CborReader in) throws WireException {
    this.record = record;
    this.in = in;
    int count = in.map();
    if (count > FIELDS) {
      throw new WireException(record + " has " + count + " fields, more than " + FIELDS);
    }
    Map<String, Integer> found = new HashMap<>(count * 2);
    for (int i = 0; i < count; i++) {
      String name = in.text();
      if (found.put(name, in.position()) != null) {
        throw new WireException(record + " has the field '" + name + "' twice");
      }
      in.skip();
    }
    places = found;
  }

  /** What reads one value. */
  private interface Value<T> {
    T read() throws WireException;
  }

  private <T> T at(String name, Value<T> value) throws WireException {
    Integer place = places.get(name);
    if (place == null) {
      throw new WireException(record + " has no field '" + name + "'");
    }
    int back = in.position();
    in.position(place);
    try {
      return value.read();
    } catch (WireException wrong) {
      throw new WireException(record + "." + name + ": " + wrong.getMessage());
    } finally {
      in.position(back);
    }
  }

  long integer(String name) throws WireException {
    return at(name, in::integer);
  }

  /** A number that records of earlier builds do not have. */
  long integerOr(String name, long otherwise) throws WireException {
    return places.containsKey(name) ? integer(name) : otherwise;
  }

  int number(String name) throws WireException {
    long value = integer(name);
    if (value != (int) value) {
      throw new WireException(
          record + "." + name + " does not fit into 32 bits (was " + value + ")");
    }
    return (int) value;
  }

  /** A number that counts something. */
  int amount(String name) throws WireException {
    int value = number(name);
    if (value < 0) {
      throw new WireException(record + "." + name + " must be at least 0 (was " + value + ")");
    }
    return value;
  }

  /** An amount that records of earlier builds do not have. */
  int amountOr(String name, int otherwise) throws WireException {
    return places.containsKey(name) ? amount(name) : otherwise;
  }

  boolean bool(String name) throws WireException {
    return at(name, in::bool);
  }

  String text(String name) throws WireException {
    return at(name, in::text);
  }

  long[] longs(String name) throws WireException {
    return at(name, in::longs);
  }

  int[] ints(String name) throws WireException {
    return at(name, in::ints);
  }

  List<String> texts(String name) throws WireException {
    return at(name, () -> list(in::text));
  }

  List<byte[]> bodies(String name) throws WireException {
    return at(name, () -> list(in::bytes));
  }

  Map<String, Long> amounts(String name) throws WireException {
    return at(name, this::readAmounts);
  }

  NodeId node() throws WireException {
    return at("node", this::readNode);
  }

  List<NodeId> nodes(String name) throws WireException {
    return at(name, () -> list(this::readNode));
  }

  private NodeId readNode() throws WireException {
    RecordReader node = new RecordReader("NodeId", in);
    return new NodeId(node.text("name"), node.integer("uid"));
  }

  /** Bytes that stand in a list of their own. */
  byte[] only(String name) throws WireException {
    List<byte[]> bodies = bodies(name);
    if (bodies.size() != 1) {
      throw new WireException(record + "." + name + " must be one (was " + bodies.size() + ")");
    }
    return bodies.get(0);
  }

  JobKey job() throws WireException {
    return at(
        "job",
        () -> {
          RecordReader job = new RecordReader("JobKey", in);
          return new JobKey(job.text("id"), job.integer("epoch"), job.node());
        });
  }

  PoolId pool() throws WireException {
    return at(
        "pool",
        () -> {
          RecordReader pool = new RecordReader("PoolId", in);
          return new PoolId(pool.node(), pool.integer("incarnation"));
        });
  }

  /** Partitions that earlier builds speak of are in memory. */
  private static Durability durability(RecordReader id) throws WireException {
    if (!id.places.containsKey("durability")) {
      return Durability.MEMORY;
    }
    return id.constant("durability", Durability.values());
  }

  PartitionId partition() throws WireException {
    return at(
        "partition",
        () -> {
          RecordReader id = new RecordReader("PartitionId", in);
          int index = id.amount("index");
          int of = id.amount("of");
          if (index >= of) {
            throw new WireException(
                "PartitionId.index must be below " + of + " (was " + index + ")");
          }
          return new PartitionId(id.text("state"), index, of, durability(id));
        });
  }

  CallerId caller() throws WireException {
    return at("caller", this::readCaller);
  }

  List<CallerId> callers(String name) throws WireException {
    return at(name, () -> list(this::readCaller));
  }

  private CallerId readCaller() throws WireException {
    RecordReader caller = new RecordReader("CallerId", in);
    return new CallerId(caller.text("id"), caller.integer("born"));
  }

  List<LeaseTerms> terms() throws WireException {
    return at("terms", () -> list(this::readTerms));
  }

  FailureRecord failure() throws WireException {
    return new FailureRecord(
        kind(), text("type"), text("message"), texts("trace"), text("node"), cause());
  }

  private @Nullable FailureRecord cause() throws WireException {
    return at("causedBy", () -> in.nothing() ? null : new RecordReader(record, in).failure());
  }

  private TaskFailure.Kind kind() throws WireException {
    return constant("kind", TaskFailure.Kind.values());
  }

  /** One of some constants, by its name. */
  <E extends Enum<E>> E constant(String field, E[] all) throws WireException {
    String name = text(field);
    for (E one : all) {
      if (one.name().equals(name)) {
        return one;
      }
    }
    throw new WireException(record + "." + field + " '" + name + "' is not known here");
  }

  private LeaseTerms readTerms() throws WireException {
    RecordReader terms = new RecordReader("LeaseTerms", in);
    long timeout = terms.integer("timeoutMillis");
    if (timeout < 0) {
      throw new WireException("LeaseTerms.timeoutMillis must be at least 0 (was " + timeout + ")");
    }
    return new LeaseTerms(
        timeout, terms.number("priority"), terms.amounts("requires"), terms.texts("doNotRetry"));
  }

  private Map<String, Long> readAmounts() throws WireException {
    int count = in.map();
    Map<String, Long> amounts = new LinkedHashMap<>();
    for (int i = 0; i < count; i++) {
      String name = in.text();
      if (amounts.put(name, in.integer()) != null) {
        throw new WireException("the name '" + name + "' comes twice");
      }
    }
    return Collections.unmodifiableMap(amounts);
  }

  private <T> List<T> list(Value<T> item) throws WireException {
    int count = in.array();
    List<T> items = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      items.add(item.read());
    }
    return Collections.unmodifiableList(items);
  }
}
