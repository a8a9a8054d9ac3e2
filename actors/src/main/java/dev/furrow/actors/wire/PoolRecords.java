package dev.furrow.actors.wire;

import dev.furrow.actors.wire.PoolMessage.Announce;
import dev.furrow.actors.wire.PoolMessage.Cancel;
import dev.furrow.actors.wire.PoolMessage.Go;
import dev.furrow.actors.wire.PoolMessage.HoldingReceived;
import dev.furrow.actors.wire.PoolMessage.JobGone;
import dev.furrow.actors.wire.PoolMessage.Leases;
import dev.furrow.actors.wire.PoolMessage.Recall;
import dev.furrow.actors.wire.PoolMessage.ReportsReceived;
import java.util.List;

/** How each record to a pool is written and read. */
final class PoolRecords {

  static final List<WireKind<? extends WireMessage>> KINDS =
      List.of(
          new WireKind<>(
              "Announce",
              Announce.class,
              (announce, out) -> out.fields(1).job(announce.job()),
              in -> new Announce(in.job())),
          new WireKind<>("Leases", Leases.class, PoolRecords::write, PoolRecords::leases),
          new WireKind<>(
              "Cancel",
              Cancel.class,
              (cancel, out) ->
                  out.fields(3)
                      .job(cancel.job())
                      .pool(cancel.pool())
                      .longs("leases", cancel.leases()),
              in -> new Cancel(in.job(), in.pool(), in.longs("leases"))),
          new WireKind<>(
              "Go",
              Go.class,
              (go, out) -> out.fields(3).job(go.job()).pool(go.pool()).longs("leases", go.leases()),
              in -> new Go(in.job(), in.pool(), in.longs("leases"))),
          new WireKind<>(
              "Recall",
              Recall.class,
              (recall, out) ->
                  out.fields(3)
                      .job(recall.job())
                      .pool(recall.pool())
                      .integer("most", recall.most()),
              in -> new Recall(in.job(), in.pool(), in.amount("most"))),
          new WireKind<>(
              "ReportsReceived",
              ReportsReceived.class,
              (received, out) ->
                  out.fields(3)
                      .job(received.job())
                      .pool(received.pool())
                      .integer("sequence", received.sequence()),
              in -> new ReportsReceived(in.job(), in.pool(), in.integer("sequence"))),
          new WireKind<>(
              "HoldingReceived",
              HoldingReceived.class,
              (received, out) ->
                  out.fields(3)
                      .job(received.job())
                      .pool(received.pool())
                      .integer("sequence", received.sequence()),
              in -> new HoldingReceived(in.job(), in.pool(), in.integer("sequence"))),
          new WireKind<>(
              "JobGone",
              JobGone.class,
              (gone, out) -> out.fields(1).job(gone.job()),
              in -> new JobGone(in.job())));

  private PoolRecords() {}

  private static void write(Leases leases, RecordWriter out) {
    out.fields(11)
        .job(leases.job())
        .pool(leases.pool())
        .texts("types", leases.types())
        .terms(leases.terms())
        .longs("lease", leases.lease())
        .longs("task", leases.task())
        .ints("attempt", leases.attempt())
        .ints("type", leases.type())
        .ints("term", leases.term())
        .ints("caution", leases.caution())
        .bodies("payload", leases.payload());
  }

  private static Leases leases(RecordReader in) throws WireException {
    Leases leases =
        new Leases(
            in.job(),
            in.pool(),
            in.texts("types"),
            in.terms(),
            in.longs("lease"),
            in.longs("task"),
            in.ints("attempt"),
            in.ints("type"),
            in.ints("term"),
            in.ints("caution"),
            in.bodies("payload"));
    new Columns("Leases", "lease", leases.lease().length)
        .rows("task", leases.task().length)
        .rows("attempt", leases.attempt().length)
        .rows("payload", leases.payload().size())
        .index("type", leases.type(), leases.types().size())
        .index("term", leases.term(), leases.terms().size())
        .index("caution", leases.caution(), Caution.values().length);
    return leases;
  }
}
