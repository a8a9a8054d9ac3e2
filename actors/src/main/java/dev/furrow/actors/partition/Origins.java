package dev.furrow.actors.partition;

import dev.furrow.actors.wire.CallerId;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which updates from inside tasks were done, so that a task that runs twice updates once: each is
 * known by its job, its task and its place among the calls of the task.
 *
 * <p>What is remembered is bounded. Of the job that called longest ago the tasks with the lowest
 * numbers are forgotten first; whether a task up to the last of these has been here is not known
 * any more. Likewise whole jobs, by when they were born, where there are very many.
 */
final class Origins {

  /** What is remembered weighs at most so much. */
  static final long MOST_WEIGHT = 4 << 20;

  /** So many jobs are known, with the highest of their tasks that is forgotten. */
  static final int MOST_JOBS = 10_000;

  /** A reply that weighs more is not remembered, only that there was one. */
  private static final int MOST_REPLY = 64 << 10;

  private static final Reply TOO_LARGE =
      Reply.unknown(
          "the update was made by an earlier attempt at this task, and its reply was too large to be"
              + " remembered",
          "");

  private static final class Job {
    final TreeMap<Long, Map<Integer, Reply>> tasks = new TreeMap<>();
    long forgottenTask = -1;
  }

  private final Map<CallerId, Job> jobs = new LinkedHashMap<>();
  private long forgottenBorn = Long.MIN_VALUE;
  private long weight;

  /** What an update was answered; null if it was not done. */
  @Nullable Reply look(CallerId job, long task, int ordinal) {
    Job known = jobs.get(job);
    Map<Integer, Reply> calls = known == null ? null : known.tasks.get(task);
    return calls == null ? null : calls.get(ordinal);
  }

  /** Whether an update of which nothing is known may have been done before. */
  boolean isForgotten(CallerId job, long task) {
    Job known = jobs.get(job);
    return known == null ? job.born() <= forgottenBorn : task <= known.forgottenTask;
  }

  /** What is remembered of a reply. */
  static Reply kept(Reply reply) {
    return reply.weight() > MOST_REPLY ? TOO_LARGE : reply;
  }

  /** Notes an update that was done. */
  void mark(CallerId job, long task, int ordinal, Reply reply) {
    Reply kept = kept(reply);
    // At the end of the order, as the one that called last.
    Job known = jobs.remove(job);
    Job now = known == null ? new Job() : known;
    jobs.put(job, now);
    Reply before = now.tasks.computeIfAbsent(task, fresh -> new HashMap<>(2)).put(ordinal, kept);
    weight += kept.weight() - (before == null ? 0 : before.weight());
    Iterator<Map.Entry<CallerId, Job>> oldest = jobs.entrySet().iterator();
    while (weight > MOST_WEIGHT && oldest.hasNext()) {
      forgetTasks(oldest.next().getValue());
    }
    Iterator<Map.Entry<CallerId, Job>> first = jobs.entrySet().iterator();
    while (jobs.size() > MOST_JOBS) {
      Map.Entry<CallerId, Job> gone = first.next();
      forgottenBorn = Math.max(forgottenBorn, gone.getKey().born());
      gone.getValue().tasks.values().forEach(this::lighten);
      first.remove();
    }
  }

  private void forgetTasks(Job job) {
    while (weight > MOST_WEIGHT && !job.tasks.isEmpty()) {
      Map.Entry<Long, Map<Integer, Reply>> lowest = job.tasks.pollFirstEntry();
      job.forgottenTask = Math.max(job.forgottenTask, lowest.getKey());
      lighten(lowest.getValue());
    }
  }

  private void lighten(Map<Integer, Reply> calls) {
    calls.values().forEach(reply -> weight -= reply.weight());
  }

  long weight() {
    return weight;
  }

  /** Takes over that nothing is remembered of the tasks of a job up to one. */
  void forget(CallerId job, long highestTask) {
    if (highestTask >= 0) {
      Job known = jobs.computeIfAbsent(job, fresh -> new Job());
      known.forgottenTask = Math.max(known.forgottenTask, highestTask);
    }
  }

  /** Takes over that jobs born until then are forgotten. */
  void forgetJobs(long born) {
    forgottenBorn = Math.max(forgottenBorn, born);
  }

  /** All jobs that are forgotten were born until then. */
  long forgottenJobs() {
    return forgottenBorn;
  }

  /** Is given what is remembered, those jobs first that called longest ago. */
  interface Visitor {

    void job(CallerId job, long forgottenTask);

    void call(CallerId job, long task, int ordinal, Reply reply);
  }

  void forEach(Visitor visitor) {
    jobs.forEach(
        (id, job) -> {
          visitor.job(id, job.forgottenTask);
          job.tasks.forEach(
              (task, calls) ->
                  calls.forEach((ordinal, reply) -> visitor.call(id, task, ordinal, reply)));
        });
  }
}
