package dev.furrow;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * A handle on tasks that were submitted together. Safe for use by many threads.
 *
 * <p>Results are read once, either with {@link #join()} or with {@link #outcomes()}. Nobody has to
 * read them: unread results are held in bounded memory and then in a file.
 *
 * @param <R> the result of each task
 */
public interface Job<R> {

  /** {@return the job's globally unique id} */
  String id();

  /** {@return where the job is in its life} */
  JobStatus status();

  /** {@return counts of the job's tasks by state, at one moment} */
  JobProgress progress();

  /** {@return a report of where the time went, so far or, once the job has ended, for good} */
  JobReport report();

  /**
   * Waits until every task has ended. Calling it twice gives the same list.
   *
   * @return the results in the order of submission; unmodifiable
   * @throws JobFailedException a task failed or timed out, or the source of tasks threw
   * @throws TaskCancelledException the job was cancelled
   * @throws ClusterLostException this program's node was removed from its cluster
   * @throws IllegalStateException {@link #outcomes()} was called before
   * @throws FurrowInterruptedException the waiting thread was interrupted; the job goes on
   */
  List<R> join();

  /**
   * The outcome of each task as it ends, in no fixed order. Sequential, single-use and closeable;
   * reading waits for the next outcome, and a reader that falls behind slows the job. Closing it
   * early detaches the reader and the job goes on.
   *
   * @return every outcome exactly once; ends when the job does
   * @throws IllegalStateException the results were asked for before
   */
  Stream<Outcome<R>> outcomes();

  /**
   * A handle on one task's result. It can be asked for before or after the task has ended, as long
   * as {@link #outcomes()} was not called.
   *
   * @param taskId the task's place in the order of submission, from 0
   * @return a handle on that task's result
   * @throws IllegalArgumentException the number is negative, or past the last task of a source that
   *     has been read to its end
   */
  Ref<R> ref(long taskId);

  /** {@return a stage that completes when the job has ended, normally even when tasks failed} */
  CompletionStage<JobReport> completion();

  /**
   * Asks for every unfinished task to be cancelled and returns at once. Tasks that have ended keep
   * their outcome.
   */
  void cancel();
}
