package dev.furrow.actors.sim;

import dev.furrow.actors.job.NewTask;
import dev.furrow.actors.job.TaskTerms;
import dev.furrow.actors.wire.JobKey;
import dev.furrow.actors.wire.NodeId;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;

/** A task of the simulated world: what it will do, and what truly happened to it. */
final class SimTask {

  /** What a task does when it runs. */
  enum Nature {
    RETURNS,
    /** Throws the first few times. */
    THROWS,
    THROWS_FOR_GOOD,
    /** Takes longer than its limit. */
    SLOW,
    /** Waits for a later task of its job, having given its slot back. */
    WAITS,
    /** Ends the node that runs it. */
    POISON
  }

  private static final byte RESULT = 1;
  private static final byte FAILURE = 2;

  final JobKey job;
  final int index;
  final Nature nature;
  final TaskTerms terms;
  final long nanos;
  final boolean stubborn;
  final int waitsFor;

  int throwsLeft;
  boolean cancelled;
  boolean ended;
  int kills;

  /** Leases whose attempts returned, threw or truly ran out of time. */
  final Set<Long> returned = new HashSet<>();

  final Set<Long> threw = new HashSet<>();
  final Set<Long> timedOut = new HashSet<>();

  /** Nodes that ended otherwise than in order after it had started there. */
  final Set<NodeId> crashed = new HashSet<>();

  SimTask(
      JobKey job,
      int index,
      Nature nature,
      TaskTerms terms,
      long nanos,
      boolean stubborn,
      int waitsFor,
      int throwsLeft) {
    this.job = job;
    this.index = index;
    this.nature = nature;
    this.terms = terms;
    this.nanos = nanos;
    this.stubborn = stubborn;
    this.waitsFor = waitsFor;
    this.throwsLeft = throwsLeft;
  }

  NewTask asNewTask() {
    byte[] payload = ByteBuffer.allocate(12).putLong(job.hashCode()).putInt(index).array();
    return new NewTask("sim." + nature, payload, terms);
  }

  /** Whether a node was handed this very task. */
  boolean wrote(byte[] payload) {
    ByteBuffer in = ByteBuffer.wrap(payload);
    return in.remaining() == 12 && in.getLong() == job.hashCode() && in.getInt() == index;
  }

  byte[] result(long lease) {
    returned.add(lease);
    return body(RESULT, lease);
  }

  byte[] failure(long lease) {
    threw.add(lease);
    return body(FAILURE, lease);
  }

  private byte[] body(byte kind, long lease) {
    return ByteBuffer.allocate(24)
        .put(kind)
        .put((byte) 77)
        .putShort((short) 0)
        .putLong(job.hashCode())
        .putInt(index)
        .putLong(lease)
        .array();
  }

  /** Whether bytes are a result that an attempt at this task made. */
  boolean returned(byte[] body) {
    return isBody(body, RESULT) && returned.contains(leaseOf(body));
  }

  /** Whether bytes are a failure that an attempt at this task made. */
  boolean threw(byte[] body) {
    return isBody(body, FAILURE) && threw.contains(leaseOf(body));
  }

  private boolean isBody(byte[] body, byte kind) {
    if (body.length != 24 || body[0] != kind || body[1] != 77) {
      return false;
    }
    ByteBuffer in = ByteBuffer.wrap(body, 4, 20);
    return in.getLong() == job.hashCode() && in.getInt() == index;
  }

  private static long leaseOf(byte[] body) {
    return ByteBuffer.wrap(body).getLong(16);
  }

  @Override
  public String toString() {
    return job.id() + "/" + index + " " + nature;
  }
}
