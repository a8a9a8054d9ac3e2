package dev.furrow;

import dev.furrow.spi.FurrowProvider;
import java.util.concurrent.Executor;
import java.util.stream.Stream;

/**
 * Parallel work for a Java program. Safe for use by many threads.
 *
 * <pre>{@code
 * record Square(long n) implements Task<Long> {
 *   public Long run(TaskContext context) { return n * n; }
 * }
 *
 * try (Furrow furrow = Furrow.local()) {
 *   long nine = furrow.submit(new Square(3)).join();
 * }
 * }</pre>
 *
 * <p>Every task that was accepted ends in exactly one {@link Outcome}, whatever workers are lost on
 * the way. Submitting is bounded by count and by bytes: a submit waits for room, and then throws
 * {@link FurrowFullException}.
 */
public interface Furrow extends AutoCloseable {

  /**
   * Starts this JVM as the whole cluster: no port, no file, one slot for each core.
   *
   * @return a Furrow to close when done
   * @throws FurrowException it could not be started; the message says why
   */
  static Furrow local() {
    return builder().start();
  }

  /** {@return a builder of a Furrow with settings} */
  static Builder builder() {
    return FurrowProvider.load().builder();
  }

  /**
   * Submits one task. Its arguments are encoded before this returns and are not shared with it.
   *
   * @param task what to run
   * @param <R> its result
   * @return a handle on its result
   * @throws IllegalArgumentException the task cannot travel; names the component at fault
   * @throws FurrowFullException there was no room in time
   * @throws FurrowInterruptedException the thread was interrupted while it waited for room; nothing
   *     was accepted
   * @throws ClusterLostException this program's node was removed from its cluster
   * @throws IllegalStateException this Furrow is closed
   */
  <R> Ref<R> submit(Task<R> task);

  /**
   * Submits one task with options; see {@link #submit(Task)}.
   *
   * @param task what to run
   * @param options how to run it
   * @param <R> its result
   * @return a handle on its result
   */
  <R> Ref<R> submit(Task<R> task, TaskOptions options);

  /**
   * Submits many tasks as one job and returns at once. A thread of Furrow's reads the tasks lazily,
   * with back-pressure: there may be millions. {@code iterator()} is called once. A source that
   * throws fails the job and cancels what is unfinished.
   *
   * @param tasks what to run
   * @param <R> the result of each task
   * @return a handle on the tasks together
   * @throws IllegalStateException this Furrow is closed
   */
  <R> Job<R> submitAll(Iterable<? extends Task<R>> tasks);

  /**
   * Submits a stream of tasks, which is closed at its end; see {@link #submitAll(Iterable)}.
   *
   * @param tasks what to run
   * @param <R> the result of each task
   * @return a handle on the tasks together
   */
  <R> Job<R> submitAll(Stream<? extends Task<R>> tasks);

  /**
   * Submits many tasks with options; see {@link #submitAll(Iterable)}.
   *
   * @param options how to run the job
   * @param tasks what to run
   * @param <R> the result of each task
   * @return a handle on the tasks together
   */
  <R> Job<R> submitAll(JobOptions options, Iterable<? extends Task<R>> tasks);

  /**
   * Submits a stream of tasks with options; see {@link #submitAll(Iterable)}.
   *
   * @param options how to run the job
   * @param tasks what to run; closed at its end
   * @param <R> the result of each task
   * @return a handle on the tasks together
   */
  <R> Job<R> submitAll(JobOptions options, Stream<? extends Task<R>> tasks);

  /**
   * State that is kept by key and spread over the nodes. The first use of a name here asks the
   * cluster how that state is kept, and waits for the answer as long as a call does.
   *
   * @param name of the state in this cluster: 1 to 100 letters, digits, {@code . _ -}
   * @param key what a key is
   * @param value what is kept for a key
   * @param <K> what a key is
   * @param <V> what is kept for a key
   * @return a handle; handles of one name reach the same state
   * @throws IllegalArgumentException the name is malformed, a type cannot travel, or the state is
   *     kept otherwise than is asked for
   * @throws FurrowException the cluster did not answer; trying again is safe
   */
  default <K, V> Partitioned<K, V> partitioned(String name, Class<K> key, Class<V> value) {
    return partitioned(name, key, value, PartitionedOptions.defaults());
  }

  /**
   * State that is kept by key, as {@link #partitioned(String, Class, Class)}.
   *
   * @param name of the state in this cluster
   * @param key what a key is
   * @param value what is kept for a key
   * @param options how it is kept
   * @param <K> what a key is
   * @param <V> what is kept for a key
   * @return a handle
   * @throws IllegalArgumentException as there
   */
  default <K, V> Partitioned<K, V> partitioned(
      String name, Class<K> key, Class<V> value, PartitionedOptions options) {
    return partitioned(name, TypeRef.of(key), TypeRef.of(value), options);
  }

  /**
   * State that is kept by key, as {@link #partitioned(String, Class, Class)}, of types that have
   * arguments.
   *
   * @param name of the state in this cluster
   * @param key what a key is
   * @param value what is kept for a key
   * @param options how it is kept
   * @param <K> what a key is
   * @param <V> what is kept for a key
   * @return a handle
   * @throws IllegalArgumentException as there
   */
  <K, V> Partitioned<K, V> partitioned(
      String name, TypeRef<K> key, TypeRef<V> value, PartitionedOptions options);

  /** {@return the nodes of the cluster and its busiest partitions, as this node sees them now} */
  ClusterView cluster();

  /**
   * Refuses new work, waits up to {@code furrow.close.timeout} for open jobs, cancels what is then
   * left, and leaves the cluster. Closing twice does nothing. On the Furrow of a task it throws
   * {@link IllegalStateException}.
   */
  @Override
  void close();

  /** Settings for a Furrow. Not for use by several threads. */
  interface Builder {

    /**
     * Chooses a set of settings.
     *
     * @param name {@code local}, the default, or {@code cluster}
     * @return this builder
     * @throws IllegalArgumentException there is no such profile; names those there are
     */
    Builder profile(String name);

    /**
     * Sets how many tasks run at once on this node, or on each worker where there are workers.
     *
     * @param slots at least 1
     * @return this builder
     */
    Builder slots(int slots);

    /**
     * Forks worker JVMs on this machine with this JVM's class path; this program then runs no tasks
     * itself. They end with this program, even when it is killed.
     *
     * @param count at least 1
     * @return this builder
     */
    Builder workers(int count);

    /**
     * Sets one setting by its name in {@code reference.conf}.
     *
     * @param path begins with {@code furrow.}, or with {@code pekko.} for the actor system beneath
     * @param value a string, number, boolean, duration, list or map
     * @return this builder
     */
    Builder set(String path, Object value);

    /**
     * Sets where continuations of futures run.
     *
     * @param executor not the JVM's common pool, which has one thread on small machines
     * @return this builder
     */
    Builder callbackExecutor(Executor executor);

    /**
     * Starts a node and waits until it is a member of its cluster.
     *
     * @return a Furrow to close when done
     * @throws IllegalArgumentException a setting is wrong; the message names it and its value
     * @throws FurrowException the node could not be started, or no seed node answered in time
     */
    Furrow start();
  }
}
