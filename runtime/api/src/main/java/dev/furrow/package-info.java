/**
 * Furrow's public API: tasks, jobs and their results.
 *
 * <p>Write a task as a record that implements {@link dev.furrow.Task}, start a {@link
 * dev.furrow.Furrow}, and submit:
 *
 * <pre>{@code
 * record Square(long n) implements Task<Long> {
 *   public Long run(TaskContext context) { return n * n; }
 * }
 *
 * try (Furrow furrow = Furrow.builder().workers(2).start()) {
 *   List<Long> squares = furrow.submitAll(LongStream.range(0, 100).mapToObj(Square::new)).join();
 * }
 * }</pre>
 *
 * <p>{@link dev.furrow.Ref} is a handle on one result, {@link dev.furrow.Job} on many, and {@link
 * dev.furrow.Partitioned} on state that is kept by key. How tasks are run is said by {@link
 * dev.furrow.TaskOptions} and {@link dev.furrow.JobOptions}. Failures are unchecked and extend
 * {@link dev.furrow.FurrowException}; what failed on another node is described by {@link
 * dev.furrow.TaskFailure}, which is data.
 */
@NullMarked
package dev.furrow;

import org.jspecify.annotations.NullMarked;
