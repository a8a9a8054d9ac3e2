package dev.furrow.examples.soak;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * What a JVM holds.
 *
 * @param heap bytes in use after a collection
 * @param threads that live
 * @param files file descriptors that are open; 0 where the system does not tell
 */
record Vitals(long heap, int threads, long files) {

  /** Collects garbage and looks. */
  static Vitals now() {
    System.gc();
    long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    int threads = ManagementFactory.getThreadMXBean().getThreadCount();
    long files =
        ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
            ? unix.getOpenFileDescriptorCount()
            : 0;
    return new Vitals(heap, threads, files);
  }

  /** Whether nothing is held that was not held before, but for some slack. */
  boolean isBackAt(Vitals before) {
    return heap <= before.heap + (8 << 20)
        && threads <= before.threads + 4
        && files <= before.files + 4;
  }
}
