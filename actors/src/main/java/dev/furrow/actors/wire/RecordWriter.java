package dev.furrow.actors.wire;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a record as a map of its fields by name. */
final class RecordWriter {

  /** Causes within one another, at most; what lies behind them is left out. */
  static final int CAUSES = 16;

  private final CborWriter out;

  RecordWriter(CborWriter out) {
    this.out = out;
  }

  /** Begins a record of so many fields; exactly so many must follow. */
  RecordWriter fields(int count) {
    out.map(count);
    return this;
  }

  RecordWriter integer(String name, long value) {
    out.text(name);
    out.integer(value);
    return this;
  }

  RecordWriter bool(String name, boolean value) {
    out.text(name);
    out.bool(value);
    return this;
  }

  RecordWriter text(String name, String value) {
    out.text(name);
    out.text(value);
    return this;
  }

  RecordWriter longs(String name, long[] values) {
    out.text(name);
    out.longs(values);
    return this;
  }

  RecordWriter ints(String name, int[] values) {
    out.text(name);
    out.ints(values);
    return this;
  }

  RecordWriter texts(String name, List<String> values) {
    out.text(name);
    out.array(values.size());
    values.forEach(out::text);
    return this;
  }

  RecordWriter bodies(String name, List<byte[]> values) {
    out.text(name);
    out.array(values.size());
    values.forEach(out::bytes);
    return this;
  }

  RecordWriter amounts(String name, Map<String, Long> values) {
    out.text(name);
    out.map(values.size());
    values.forEach(
        (key, amount) -> {
          out.text(key);
          out.integer(amount);
        });
    return this;
  }

  RecordWriter node(NodeId node) {
    out.text("node");
    return write(node);
  }

  RecordWriter nodes(String name, List<NodeId> nodes) {
    out.text(name);
    out.array(nodes.size());
    nodes.forEach(this::write);
    return this;
  }

  private RecordWriter write(NodeId node) {
    return fields(2).text("name", node.name()).integer("uid", node.uid());
  }

  RecordWriter job(JobKey job) {
    out.text("job");
    return fields(3).text("id", job.id()).integer("epoch", job.epoch()).node(job.node());
  }

  RecordWriter pool(PoolId pool) {
    out.text("pool");
    return fields(2).node(pool.node()).integer("incarnation", pool.incarnation());
  }

  RecordWriter partition(PartitionId partition) {
    out.text("partition");
    return fields(4)
        .text("state", partition.state())
        .integer("index", partition.index())
        .integer("of", partition.of())
        .text("durability", partition.durability().name());
  }

  RecordWriter caller(CallerId caller) {
    out.text("caller");
    return write(caller);
  }

  RecordWriter callers(String name, List<CallerId> callers) {
    out.text(name);
    out.array(callers.size());
    callers.forEach(this::write);
    return this;
  }

  private RecordWriter write(CallerId caller) {
    return fields(2).text("id", caller.id()).integer("born", caller.born());
  }

  RecordWriter terms(List<LeaseTerms> terms) {
    out.text("terms");
    out.array(terms.size());
    for (LeaseTerms each : terms) {
      fields(4)
          .integer("timeoutMillis", each.timeoutMillis())
          .integer("priority", each.priority())
          .amounts("requires", each.requires())
          .texts("doNotRetry", each.doNotRetry());
    }
    return this;
  }

  RecordWriter failure(FailureRecord failure) {
    return failure(failure, CAUSES);
  }

  private RecordWriter failure(FailureRecord failure, int causes) {
    fields(6)
        .text("kind", failure.kind().name())
        .text("type", failure.type())
        .text("message", failure.message())
        .texts("trace", failure.trace())
        .text("node", failure.node());
    out.text("causedBy");
    @Nullable FailureRecord cause = causes == 0 ? null : failure.causedBy();
    if (cause == null) {
      out.nothing();
      return this;
    }
    return failure(cause, causes - 1);
  }
}
