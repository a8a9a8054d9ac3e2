package dev.furrow.examples.bench;

import dev.furrow.Task;
import dev.furrow.TaskContext;
import dev.furrow.examples.bench.kit.Work;

/** The benchmark's work as a user of Furrow would write it: a record for each kind. */
final class FurrowTasks {

  private FurrowTasks() {}

  record NoOp(long number) implements Task<Long> {
    @Override
    public Long run(TaskContext context) {
      return new Work.NoOp(number).call();
    }
  }

  record Sleep(int millis) implements Task<Long> {
    @Override
    public Long run(TaskContext context) throws InterruptedException {
      return new Work.Sleep(millis).call();
    }
  }

  record MonteCarlo(long seed, int points) implements Task<Long> {
    @Override
    public Long run(TaskContext context) {
      return new Work.MonteCarlo(seed, points).call();
    }
  }

  record UsedHeap() implements Task<Long> {
    @Override
    public Long run(TaskContext context) {
      return new Work.UsedHeap().call();
    }
  }

  record ProcessId() implements Task<Long> {
    @Override
    public Long run(TaskContext context) throws InterruptedException {
      return new Work.ProcessId().call();
    }
  }

  static Task<Long> of(Work work) {
    if (work instanceof Work.NoOp noOp) {
      return new NoOp(noOp.number());
    }
    if (work instanceof Work.Sleep sleep) {
      return new Sleep(sleep.millis());
    }
    if (work instanceof Work.MonteCarlo monteCarlo) {
      return new MonteCarlo(monteCarlo.seed(), monteCarlo.points());
    }
    return work instanceof Work.UsedHeap ? new UsedHeap() : new ProcessId();
  }
}
