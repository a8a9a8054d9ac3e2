package dev.furrow.actors.wire;

import dev.furrow.actors.wire.CallerMessage.Replies;
import dev.furrow.actors.wire.JobMessage.Reports;
import dev.furrow.actors.wire.PartitionMessage.Calls;
import dev.furrow.actors.wire.PoolMessage.Leases;
import dev.furrow.actors.wire.ReplicaMessage.Append;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Writes and reads the records that cross nodes. Each is one CBOR array of three: the version, the
 * kind by name, and a map of the fields by name. A reader ignores fields that it does not know, and
 * refuses kinds and versions that it does not know. Columns of numbers are typed arrays (RFC 8746),
 * little endian.
 *
 * <p>Reading trusts nothing: it throws {@link WireException} and nothing else, allocates no more
 * than a small multiple of the bytes it was given, and loads no class. A record that was read is
 * consistent: its columns have one length and its indices are in range. Safe for use by many
 * threads.
 */
public final class WireCodec {

  private static final WireKind<FailureRecord> FAILURE =
      new WireKind<>(
          "FailureRecord",
          FailureRecord.class,
          (failure, out) -> out.failure(failure),
          RecordReader::failure);

  private static final WireKind<NodeCard> CARD =
      new WireKind<>("NodeCard", NodeCard.class, WireCodec::write, WireCodec::card);

  private static final List<WireKind<? extends WireMessage>> MESSAGES =
      Stream.of(
              PoolRecords.KINDS,
              JobRecords.KINDS,
              PartitionRecords.KINDS,
              PlacementRecords.KINDS,
              ReplicaRecords.KINDS)
          .flatMap(Collection::stream)
          .toList();

  private static final Map<String, WireKind<? extends WireMessage>> BY_NAME = table(WireKind::name);
  private static final Map<Class<?>, WireKind<? extends WireMessage>> BY_TYPE =
      table(WireKind::type);

  private WireCodec() {}

  private static <K> Map<K, WireKind<? extends WireMessage>> table(
      Function<WireKind<? extends WireMessage>, K> key) {
    Map<K, WireKind<? extends WireMessage>> table = new HashMap<>();
    MESSAGES.forEach(kind -> table.put(key.apply(kind), kind));
    return Map.copyOf(table);
  }

  /**
   * Encodes a record.
   *
   * @return bytes that nobody else keeps
   */
  public static byte[] encode(WireMessage message) {
    Objects.requireNonNull(message, "message");
    WireKind<? extends WireMessage> kind = BY_TYPE.get(message.getClass());
    if (kind == null) {
      throw new IllegalArgumentException(
          "no kind is written for " + message.getClass().getName() + ": add it to the kinds");
    }
    return encodeAs(kind, message);
  }

  private static <T> byte[] encodeAs(WireKind<T> kind, Object value) {
    return encode(kind, kind.type().cast(value));
  }

  /**
   * Decodes a record.
   *
   * @param bytes holds the record; not kept
   * @param offset where the record begins
   * @param length of the record in bytes
   * @throws WireException the bytes are not exactly one record of this version and a known kind;
   *     reading them again gives the same
   */
  public static WireMessage decode(byte[] bytes, int offset, int length) throws WireException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    CborReader in = new CborReader(bytes, offset, length);
    int items = begin(in);
    String name = in.text();
    WireKind<? extends WireMessage> kind = BY_NAME.get(name);
    if (kind == null) {
      throw new WireException("records of the kind '" + shortened(name) + "' are not known here");
    }
    return end(in, items, kind);
  }

  /** Encodes a failure, which travels as the body of a report. */
  public static byte[] encodeFailure(FailureRecord failure) {
    return encode(FAILURE, failure);
  }

  /**
   * Decodes a failure. No class is loaded because it is named there.
   *
   * @throws WireException as {@link #decode}
   */
  public static FailureRecord decodeFailure(byte[] bytes) throws WireException {
    return decode(FAILURE, bytes);
  }

  /** Encodes what a partition keeps, or has changed. */
  public static byte[] encodeChange(PartitionChange change) {
    return encode(ChangeRecords.KIND, change);
  }

  /**
   * Decodes what a partition keeps, or has changed.
   *
   * @throws WireException as {@link #decode}
   */
  public static PartitionChange decodeChange(byte[] bytes) throws WireException {
    return decode(ChangeRecords.KIND, bytes);
  }

  /** Encodes what a node tells of itself. */
  public static byte[] encodeCard(NodeCard card) {
    return encode(CARD, card);
  }

  /**
   * Decodes what a node tells of itself.
   *
   * @throws WireException as {@link #decode}
   */
  public static NodeCard decodeCard(byte[] bytes) throws WireException {
    return decode(CARD, bytes);
  }

  private static <T> byte[] encode(WireKind<T> kind, T value) {
    CborWriter out = new CborWriter(sizeOf(value));
    out.array(3);
    out.integer(WireMessage.VERSION);
    out.text(kind.name());
    kind.writer().write(value, new RecordWriter(out));
    return out.finish();
  }

  private static <T> T decode(WireKind<T> kind, byte[] bytes) throws WireException {
    CborReader in = new CborReader(bytes, 0, bytes.length);
    int items = begin(in);
    String name = in.text();
    if (!name.equals(kind.name())) {
      throw new WireException(
          "a " + kind.name() + " was expected, but the kind is '" + shortened(name) + "'");
    }
    return end(in, items, kind);
  }

  private static int begin(CborReader in) throws WireException {
    int items = in.array();
    if (items < 3) {
      throw new WireException(
          "a record has a version, a kind and fields, but here are " + items + " items");
    }
    long version = in.integer();
    if (version != WireMessage.VERSION) {
      throw new WireException(
          "a record has wire version "
              + version
              + " and this node reads version "
              + WireMessage.VERSION
              + ": run the same release of Furrow on every node");
    }
    return items;
  }

  private static <T> T end(CborReader in, int items, WireKind<T> kind) throws WireException {
    RecordReader fields = new RecordReader(kind.name(), in);
    for (int more = 3; more < items; more++) {
      in.skip();
    }
    if (in.left() > 0) {
      throw new WireException(
          "a " + kind.name() + " ends " + in.left() + " bytes before the bytes do");
    }
    return kind.reader().read(fields);
  }

  private static String shortened(String name) {
    return name.length() <= 100 ? name : name.substring(0, 100) + "…";
  }

  /** About how many bytes a record takes, so that the writer need not grow. */
  private static int sizeOf(Object value) {
    if (value instanceof Leases leases) {
      return sizeOf(leases.payload(), 36) + 100 * (leases.types().size() + leases.terms().size());
    }
    if (value instanceof Reports reports) {
      return sizeOf(reports.body(), 28);
    }
    if (value instanceof Calls calls) {
      return sizeOf(calls.payload(), 24) + sizeOf(calls.key(), 4);
    }
    if (value instanceof Replies replies) {
      return sizeOf(replies.body(), 4);
    }
    if (value instanceof Append append) {
      return sizeOf(List.of(append.body()), 0);
    }
    return 400;
  }

  private static int sizeOf(List<byte[]> bodies, int columns) {
    long size = 400;
    for (byte[] body : bodies) {
      size += body.length + 5L + columns;
    }
    return (int) Math.min(size, Integer.MAX_VALUE / 2);
  }

  private static void write(NodeCard card, RecordWriter out) {
    out.fields(7)
        .node(card.node())
        .text("linkHost", card.linkHost())
        .integer("linkPort", card.linkPort())
        .integer("slots", card.slots())
        .amounts("resources", card.resources())
        .integer("wireVersion", card.wireVersion())
        .text("furrowVersion", card.furrowVersion());
  }

  private static NodeCard card(RecordReader in) throws WireException {
    int port = in.amount("linkPort");
    if (port > 65535) {
      throw new WireException("NodeCard.linkPort must be from 0 to 65535 (was " + port + ")");
    }
    return new NodeCard(
        in.node(),
        in.text("linkHost"),
        port,
        in.amount("slots"),
        in.amounts("resources"),
        in.number("wireVersion"),
        in.text("furrowVersion"));
  }
}
