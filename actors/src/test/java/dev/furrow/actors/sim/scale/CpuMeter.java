package dev.furrow.actors.sim.scale;

import dev.furrow.actors.job.ScaleJob;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;

/**
 * Real CPU time of the calling thread. The fine clock counts pauses by the collector and by other
 * processes, the thread's CPU clock counts a system call: the smaller of the two is taken.
 */
final class CpuMeter implements ScaleJob.Meter {

  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
  private final Handlers handlers;
  private long cpu;
  private long wall;

  CpuMeter(Handlers handlers) {
    this.handlers = handlers;
  }

  @Override
  public void begin() {
    cpu = threads.getCurrentThreadCpuTime();
    wall = System.nanoTime();
  }

  @Override
  public long end(List<ScaleJob.Work> what) {
    long fine = System.nanoTime() - wall;
    long nanos = Math.min(fine, threads.getCurrentThreadCpuTime() - cpu);
    handlers.add(what, nanos);
    return nanos;
  }
}
