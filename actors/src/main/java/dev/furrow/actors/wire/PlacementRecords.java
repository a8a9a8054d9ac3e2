package dev.furrow.actors.wire;

import dev.furrow.actors.wire.PlacementMessage.Adopt;
import dev.furrow.actors.wire.PlacementMessage.Busiest;
import dev.furrow.actors.wire.PlacementMessage.Copy;
import dev.furrow.actors.wire.PlacementMessage.Fetch;
import dev.furrow.actors.wire.PlacementMessage.Here;
import dev.furrow.actors.wire.PlacementMessage.Leave;
import dev.furrow.actors.wire.PlacementMessage.Leaves;
import dev.furrow.actors.wire.PlacementMessage.Left;
import dev.furrow.actors.wire.PlacementMessage.Taken;
import dev.furrow.actors.wire.PlacementMessage.Use;
import dev.furrow.actors.wire.PlacementMessage.Waits;
import dev.furrow.actors.wire.PlacementMessage.Where;
import java.util.List;

/** How each record about where partitions are is written and read. */
final class PlacementRecords {

  static final List<WireKind<? extends WireMessage>> KINDS =
      List.of(
          new WireKind<>("Use", Use.class, (use, out) -> out.fields(0), in -> new Use()),
          new WireKind<>(
              "Where",
              Where.class,
              (where, out) -> out.fields(2).partition(where.partition()).node(where.node()),
              in -> new Where(in.partition(), in.node())),
          new WireKind<>(
              "Here",
              Here.class,
              (here, out) -> out.fields(1).partition(here.partition()),
              in -> new Here(in.partition())),
          new WireKind<>(
              "Waits",
              Waits.class,
              (waits, out) -> out.fields(2).partition(waits.partition()).text("why", waits.why()),
              in -> new Waits(in.partition(), in.text("why"))),
          new WireKind<>(
              "Fetch",
              Fetch.class,
              (fetch, out) ->
                  out.fields(2).partition(fetch.partition()).integer("piece", fetch.piece()),
              in -> new Fetch(in.partition(), in.amount("piece"))),
          new WireKind<>(
              "Copy",
              Copy.class,
              (copy, out) ->
                  out.fields(5)
                      .partition(copy.partition())
                      .integer("piece", copy.piece())
                      .integer("pieces", copy.pieces())
                      .integer("epoch", copy.epoch())
                      .bodies("body", List.of(copy.body())),
              in ->
                  new Copy(
                      in.partition(),
                      in.amount("piece"),
                      in.amount("pieces"),
                      in.integer("epoch"),
                      in.only("body"))),
          new WireKind<>(
              "Adopt",
              Adopt.class,
              (adopt, out) -> out.fields(1).partition(adopt.partition()),
              in -> new Adopt(in.partition())),
          new WireKind<>(
              "Taken",
              Taken.class,
              (taken, out) -> out.fields(1).partition(taken.partition()),
              in -> new Taken(in.partition())),
          new WireKind<>("Leave", Leave.class, (leave, out) -> out.fields(0), in -> new Leave()),
          new WireKind<>(
              "Leaves", Leaves.class, (leaves, out) -> out.fields(0), in -> new Leaves()),
          new WireKind<>("Left", Left.class, (left, out) -> out.fields(0), in -> new Left()),
          new WireKind<>(
              "Busiest", Busiest.class, PlacementRecords::write, PlacementRecords::busiest));

  private PlacementRecords() {}

  private static void write(Busiest busiest, RecordWriter out) {
    out.fields(5)
        .texts("state", busiest.state())
        .ints("index", busiest.index())
        .longs("calls", busiest.calls())
        .longs("entries", busiest.entries())
        .longs("bytes", busiest.bytes());
  }

  private static Busiest busiest(RecordReader in) throws WireException {
    Busiest busiest =
        new Busiest(
            in.texts("state"),
            in.ints("index"),
            in.longs("calls"),
            in.longs("entries"),
            in.longs("bytes"));
    new Columns("Busiest", "state", busiest.state().size())
        .index("index", busiest.index(), Integer.MAX_VALUE)
        .amounts("calls", busiest.calls())
        .amounts("entries", busiest.entries())
        .amounts("bytes", busiest.bytes());
    return busiest;
  }
}
