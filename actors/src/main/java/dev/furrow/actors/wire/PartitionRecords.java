package dev.furrow.actors.wire;

import dev.furrow.actors.wire.CallerMessage.Forgotten;
import dev.furrow.actors.wire.CallerMessage.NotHere;
import dev.furrow.actors.wire.CallerMessage.Replies;
import dev.furrow.actors.wire.PartitionMessage.Calls;
import java.util.List;

/** How each record to and from partitions is written and read. */
final class PartitionRecords {

  static final List<WireKind<? extends WireMessage>> KINDS =
      List.of(
          new WireKind<>("Calls", Calls.class, PartitionRecords::write, PartitionRecords::calls),
          new WireKind<>(
              "Replies", Replies.class, PartitionRecords::write, PartitionRecords::replies),
          new WireKind<>(
              "Forgotten",
              Forgotten.class,
              (forgotten, out) ->
                  out.fields(4)
                      .partition(forgotten.partition())
                      .caller(forgotten.caller())
                      .integer("sequence", forgotten.sequence())
                      .integer("born", forgotten.born()),
              in ->
                  new Forgotten(
                      in.partition(), in.caller(), in.integer("sequence"), in.integer("born"))),
          new WireKind<>(
              "NotHere",
              NotHere.class,
              (absent, out) ->
                  out.fields(3)
                      .partition(absent.partition())
                      .caller(absent.caller())
                      .integer("sequence", absent.sequence()),
              in -> new NotHere(in.partition(), in.caller(), in.integer("sequence"))));

  private PartitionRecords() {}

  private static void write(Calls calls, RecordWriter out) {
    out.fields(12)
        .partition(calls.partition())
        .caller(calls.caller())
        .integer("sequence", calls.sequence())
        .texts("types", calls.types())
        .ints("kind", calls.kind())
        .ints("type", calls.type())
        .bodies("key", calls.key())
        .bodies("payload", calls.payload())
        .callers("origin", calls.origin())
        .ints("from", calls.from())
        .longs("task", calls.task())
        .ints("ordinal", calls.ordinal());
  }

  private static Calls calls(RecordReader in) throws WireException {
    Calls calls =
        new Calls(
            in.partition(),
            in.caller(),
            in.integer("sequence"),
            in.texts("types"),
            in.ints("kind"),
            in.ints("type"),
            in.bodies("key"),
            in.bodies("payload"),
            in.callers("origin"),
            in.ints("from"),
            in.longs("task"),
            in.ints("ordinal"));
    new Columns("Calls", "key", calls.key().size())
        .index("kind", calls.kind(), CallKind.values().length)
        .index("type", calls.type(), Math.max(1, calls.types().size()))
        .rows("payload", calls.payload().size())
        .rows("task", calls.task().length)
        .rows("ordinal", calls.ordinal().length)
        .indexOrNone("from", calls.from(), calls.origin().size());
    boolean named = !calls.types().isEmpty();
    for (int kind : calls.kind()) {
      boolean needsType = kind == CallKind.UPDATE.ordinal() || kind == CallKind.AGGREGATE.ordinal();
      if (needsType && !named) {
        throw new WireException("Calls.types is empty, but there are updates or aggregations");
      }
    }
    return calls;
  }

  private static void write(Replies replies, RecordWriter out) {
    out.fields(5)
        .partition(replies.partition())
        .caller(replies.caller())
        .integer("sequence", replies.sequence())
        .ints("status", replies.status())
        .bodies("body", replies.body());
  }

  private static Replies replies(RecordReader in) throws WireException {
    Replies replies =
        new Replies(
            in.partition(),
            in.caller(),
            in.integer("sequence"),
            in.ints("status"),
            in.bodies("body"));
    new Columns("Replies", "body", replies.body().size())
        .index("status", replies.status(), CallStatus.values().length);
    return replies;
  }
}
