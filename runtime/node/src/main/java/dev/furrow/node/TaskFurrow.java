package dev.furrow.node;

import dev.furrow.ClusterView;
import dev.furrow.Furrow;
import dev.furrow.Job;
import dev.furrow.JobOptions;
import dev.furrow.Partitioned;
import dev.furrow.PartitionedOptions;
import dev.furrow.Ref;
import dev.furrow.Task;
import dev.furrow.TaskOptions;
import dev.furrow.TypeRef;
import java.util.stream.Stream;

/** The Furrow of one attempt at a task. */
record TaskFurrow(Scope scope, FurrowNode node, CallOrigins origins) implements Furrow {

  @Override
  public <R> Ref<R> submit(Task<R> task) {
    return scope.submit(task, TaskOptions.defaults());
  }

  @Override
  public <R> Ref<R> submit(Task<R> task, TaskOptions options) {
    return scope.submit(task, options);
  }

  @Override
  public <R> Job<R> submitAll(Iterable<? extends Task<R>> tasks) {
    return submitAll(FurrowNode.UNNAMED, tasks);
  }

  @Override
  public <R> Job<R> submitAll(Stream<? extends Task<R>> tasks) {
    return submitAll(FurrowNode.UNNAMED, tasks);
  }

  @Override
  public <R> Job<R> submitAll(JobOptions options, Iterable<? extends Task<R>> tasks) {
    return scope.submitAll(options, tasks::iterator, () -> {});
  }

  @Override
  public <R> Job<R> submitAll(JobOptions options, Stream<? extends Task<R>> tasks) {
    return scope.submitAll(options, tasks::iterator, tasks::close);
  }

  @Override
  public <K, V> Partitioned<K, V> partitioned(
      String name, TypeRef<K> key, TypeRef<V> value, PartitionedOptions options) {
    return node.states().open(name, key, value, options, origins);
  }

  @Override
  public ClusterView cluster() {
    return node.cluster();
  }

  @Override
  public void close() {
    throw new IllegalStateException(
        "the Furrow of a task is closed with the task: call close() where it was started");
  }
}
