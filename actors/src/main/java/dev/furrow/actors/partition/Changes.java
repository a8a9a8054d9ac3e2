package dev.furrow.actors.partition;

import dev.furrow.actors.wire.CallStatus;
import dev.furrow.actors.wire.CallerId;
import dev.furrow.actors.wire.PartitionChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Gathers what has changed, or what is kept, into one record. */
final class Changes {

  private static final byte[] NOTHING = {};

  private final List<byte[]> key = new ArrayList<>();
  private final List<Integer> kept = new ArrayList<>();
  private final List<byte[]> value = new ArrayList<>();
  private final List<CallerId> caller = new ArrayList<>();
  private final List<Long> sequence = new ArrayList<>();
  private final List<Integer> rows = new ArrayList<>();
  private final List<Integer> status = new ArrayList<>();
  private final List<byte[]> body = new ArrayList<>();
  private final Map<CallerId, Integer> origins = new LinkedHashMap<>();
  private final List<Long> forgottenTask = new ArrayList<>();
  private final List<Integer> from = new ArrayList<>();
  private final List<Long> task = new ArrayList<>();
  private final List<Integer> ordinal = new ArrayList<>();
  private final List<Integer> originStatus = new ArrayList<>();
  private final List<byte[]> originBody = new ArrayList<>();
  private long forgottenCaller = Long.MIN_VALUE;
  private long forgottenJob = Long.MIN_VALUE;
  private long weight;

  /** About how many bytes it takes. */
  long weight() {
    return weight;
  }

  Changes change(ByteKey of, byte @Nullable [] to) {
    key.add(of.bytes());
    kept.add(to == null ? 0 : 1);
    value.add(to == null ? NOTHING : to);
    weight += 8L + of.bytes().length + (to == null ? 0 : to.length);
    return this;
  }

  Changes mark(CallerId of, long number, List<@Nullable Reply> replies) {
    caller.add(of);
    sequence.add(number);
    rows.add(replies.size());
    for (Reply reply : replies) {
      status.add(reply == null ? -1 : reply.status().ordinal());
      body.add(reply == null ? NOTHING : reply.body());
      weight += 8 + (reply == null ? 0 : reply.body().length);
    }
    weight += 64;
    return this;
  }

  /** The highest task of a job of which nothing is remembered. */
  Changes forgottenTask(CallerId job, long highest) {
    forgottenTask.set(place(job), highest);
    return this;
  }

  private int place(CallerId job) {
    Integer known = origins.putIfAbsent(job, origins.size());
    if (known != null) {
      return known;
    }
    forgottenTask.add(-1L);
    return origins.size() - 1;
  }

  Changes mark(CallerId job, long ofTask, int call, Reply reply) {
    from.add(place(job));
    task.add(ofTask);
    ordinal.add(call);
    originStatus.add(reply.status().ordinal());
    originBody.add(reply.body());
    weight += 32L + reply.body().length;
    return this;
  }

  Changes forgotten(long callersBorn, long jobsBorn) {
    forgottenCaller = callersBorn;
    forgottenJob = jobsBorn;
    return this;
  }

  PartitionChange build() {
    return new PartitionChange(
        key,
        ints(kept),
        value,
        caller,
        longs(sequence),
        ints(rows),
        ints(status),
        body,
        List.copyOf(origins.keySet()),
        longs(forgottenTask),
        ints(from),
        longs(task),
        ints(ordinal),
        ints(originStatus),
        originBody,
        forgottenCaller,
        forgottenJob);
  }

  /** About how many bytes a record takes, by the same measure. */
  static long weight(PartitionChange change) {
    long weight = 0;
    for (int i = 0; i < change.key().size(); i++) {
      weight += 8L + change.key().get(i).length + change.value().get(i).length;
    }
    for (byte[] body : change.body()) {
      weight += 8L + body.length;
    }
    for (byte[] body : change.originBody()) {
      weight += 32L + body.length;
    }
    return weight + 64L * change.caller().size();
  }

  /** Whether a record says nothing. */
  static boolean isEmpty(PartitionChange change) {
    return change.key().isEmpty() && change.caller().isEmpty() && change.origin().isEmpty();
  }

  private static int[] ints(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }

  private static long[] longs(List<Long> values) {
    return values.stream().mapToLong(Long::longValue).toArray();
  }

  /** What the replies of a record were, for each of its callers. */
  static List<List<@Nullable Reply>> replies(PartitionChange change) {
    List<List<@Nullable Reply>> all = new ArrayList<>();
    int at = 0;
    for (int count : change.rows()) {
      List<@Nullable Reply> replies = new ArrayList<>();
      IntStream.range(at, at + count)
          .forEach(
              i ->
                  replies.add(
                      change.status()[i] < 0
                          ? null
                          : new Reply(
                              CallStatus.values()[change.status()[i]], change.body().get(i))));
      all.add(replies);
      at += count;
    }
    return all;
  }
}
