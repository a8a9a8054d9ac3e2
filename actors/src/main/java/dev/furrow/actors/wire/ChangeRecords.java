package dev.furrow.actors.wire;

/** How what a partition keeps is written and read. */
final class ChangeRecords {

  static final WireKind<PartitionChange> KIND =
      new WireKind<>(
          "PartitionChange", PartitionChange.class, ChangeRecords::write, ChangeRecords::read);

  private ChangeRecords() {}

  private static void write(PartitionChange change, RecordWriter out) {
    out.fields(17)
        .bodies("key", change.key())
        .ints("kept", change.kept())
        .bodies("value", change.value())
        .callers("caller", change.caller())
        .longs("sequence", change.sequence())
        .ints("rows", change.rows())
        .ints("status", change.status())
        .bodies("body", change.body())
        .callers("origin", change.origin())
        .longs("forgottenTask", change.forgottenTask())
        .ints("from", change.from())
        .longs("task", change.task())
        .ints("ordinal", change.ordinal())
        .ints("originStatus", change.originStatus())
        .bodies("originBody", change.originBody())
        .integer("forgottenCaller", change.forgottenCaller())
        .integer("forgottenJob", change.forgottenJob());
  }

  private static PartitionChange read(RecordReader in) throws WireException {
    PartitionChange change =
        new PartitionChange(
            in.bodies("key"),
            in.ints("kept"),
            in.bodies("value"),
            in.callers("caller"),
            in.longs("sequence"),
            in.ints("rows"),
            in.ints("status"),
            in.bodies("body"),
            in.callers("origin"),
            in.longs("forgottenTask"),
            in.ints("from"),
            in.longs("task"),
            in.ints("ordinal"),
            in.ints("originStatus"),
            in.bodies("originBody"),
            in.integer("forgottenCaller"),
            in.integer("forgottenJob"));
    int statuses = CallStatus.values().length;
    new Columns("PartitionChange", "key", change.key().size())
        .index("kept", change.kept(), 2)
        .rows("value", change.value().size());
    new Columns("PartitionChange", "caller", change.caller().size())
        .rows("sequence", change.sequence().length)
        .rows("rows", change.rows().length);
    new Columns("PartitionChange", "body", change.body().size())
        .indexOrNone("status", change.status(), statuses)
        .rows("status", total(change.rows()));
    new Columns("PartitionChange", "origin", change.origin().size())
        .rows("forgottenTask", change.forgottenTask().length);
    new Columns("PartitionChange", "originBody", change.originBody().size())
        .index("from", change.from(), change.origin().size())
        .rows("task", change.task().length)
        .rows("ordinal", change.ordinal().length)
        .index("originStatus", change.originStatus(), statuses);
    return change;
  }

  private static int total(int[] rows) throws WireException {
    long total = 0;
    for (int count : rows) {
      if (count < 0) {
        throw new WireException("PartitionChange.rows must be at least 0 (was " + count + ")");
      }
      total += count;
    }
    return (int) Math.min(Integer.MAX_VALUE, total);
  }
}
