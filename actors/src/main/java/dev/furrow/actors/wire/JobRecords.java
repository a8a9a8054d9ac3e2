package dev.furrow.actors.wire;

import dev.furrow.actors.wire.JobMessage.Demand;
import dev.furrow.actors.wire.JobMessage.Holding;
import dev.furrow.actors.wire.JobMessage.Reports;
import dev.furrow.actors.wire.JobMessage.Returned;
import dev.furrow.actors.wire.JobMessage.Started;
import java.util.List;

/** How each record to a supervisor is written and read. */
final class JobRecords {

  static final List<WireKind<? extends WireMessage>> KINDS =
      List.of(
          new WireKind<>("Demand", Demand.class, JobRecords::write, JobRecords::demand),
          new WireKind<>("Reports", Reports.class, JobRecords::write, JobRecords::reports),
          new WireKind<>(
              "Started",
              Started.class,
              (started, out) ->
                  out.fields(3)
                      .job(started.job())
                      .pool(started.pool())
                      .longs("leases", started.leases()),
              in -> new Started(in.job(), in.pool(), in.longs("leases"))),
          new WireKind<>(
              "Returned",
              Returned.class,
              (returned, out) ->
                  out.fields(3)
                      .job(returned.job())
                      .pool(returned.pool())
                      .longs("leases", returned.leases()),
              in -> new Returned(in.job(), in.pool(), in.longs("leases"))),
          new WireKind<>("Holding", Holding.class, JobRecords::write, JobRecords::holding));

  private JobRecords() {}

  private static void write(Demand demand, RecordWriter out) {
    out.fields(8)
        .job(demand.job())
        .pool(demand.pool())
        .integer("sequence", demand.sequence())
        .integer("most", demand.most())
        .integer("slots", demand.slots())
        .integer("usable", demand.usable())
        .amounts("resources", demand.resources())
        .bool("leaving", demand.leaving());
  }

  private static Demand demand(RecordReader in) throws WireException {
    JobKey job = in.job();
    PoolId pool = in.pool();
    long sequence = in.integer("sequence");
    int most = in.amount("most");
    int slots = in.amount("slots");
    return new Demand(
        job,
        pool,
        sequence,
        most,
        slots,
        in.amountOr("usable", slots),
        in.amounts("resources"),
        in.bool("leaving"));
  }

  private static void write(Reports reports, RecordWriter out) {
    out.fields(9)
        .job(reports.job())
        .pool(reports.pool())
        .integer("sequence", reports.sequence())
        .longs("lease", reports.lease())
        .longs("task", reports.task())
        .ints("kind", reports.kind())
        .longs("runNanos", reports.runNanos())
        .integer("codecNanos", reports.codecNanos())
        .bodies("body", reports.body());
  }

  private static Reports reports(RecordReader in) throws WireException {
    Reports reports =
        new Reports(
            in.job(),
            in.pool(),
            in.integer("sequence"),
            in.longs("lease"),
            in.longs("task"),
            in.ints("kind"),
            in.longs("runNanos"),
            in.integerOr("codecNanos", 0),
            in.bodies("body"));
    new Columns("Reports", "lease", reports.lease().length)
        .rows("task", reports.task().length)
        .rows("runNanos", reports.runNanos().length)
        .rows("body", reports.body().size())
        .index("kind", reports.kind(), ReportKind.values().length);
    return reports;
  }

  private static void write(Holding holding, RecordWriter out) {
    out.fields(6)
        .job(holding.job())
        .pool(holding.pool())
        .integer("sequence", holding.sequence())
        .longs("held", holding.held())
        .longs("started", holding.started())
        .longs("waiting", holding.waiting());
  }

  private static Holding holding(RecordReader in) throws WireException {
    return new Holding(
        in.job(),
        in.pool(),
        in.integer("sequence"),
        in.longs("held"),
        in.longs("started"),
        in.longs("waiting"));
  }
}
