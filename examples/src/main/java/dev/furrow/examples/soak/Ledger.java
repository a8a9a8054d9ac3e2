package dev.furrow.examples.soak;

import dev.furrow.Furrow;
import java.util.concurrent.TimeUnit;

/** Prints what driver and worker hold as time goes by, and compares the end with the beginning. */
final class Ledger {

  private static final int LOOKS = 20;

  private final Furrow furrow;
  private final long began = System.nanoTime();

  Ledger(Furrow furrow) {
    this.furrow = furrow;
    System.out.printf(
        "%-34s %8s   %9s %7s %5s   %9s %7s %5s%n",
        "", "seconds", "driver MB", "threads", "files", "worker MB", "threads", "files");
  }

  /** Both processes. */
  record Entry(Vitals driver, Vitals worker) {
    boolean isBackAt(Entry before) {
      return driver.isBackAt(before.driver) && worker.isBackAt(before.worker);
    }
  }

  /** Prints a row; the worker must have a slot free. */
  Entry note(String what) {
    Entry entry = look();
    print(what, entry);
    return entry;
  }

  /** Prints a row of the driver alone, whose worker is taken. */
  Vitals noteDriver(String what) {
    Vitals driver = Vitals.now();
    System.out.printf("%s%n", row(what, driver));
    return driver;
  }

  /** Whether both are back where they began, which may take a moment after the last task. */
  boolean isBackAt(Entry before) throws InterruptedException {
    Entry last = look();
    for (int i = 0; i < LOOKS && !last.isBackAt(before); i++) {
      TimeUnit.MILLISECONDS.sleep(500);
      last = look();
    }
    print("end", last);
    return last.isBackAt(before);
  }

  private Entry look() {
    Vitals worker = furrow.submit(new Tasks.Look()).join();
    return new Entry(Vitals.now(), worker);
  }

  private void print(String what, Entry entry) {
    Vitals worker = entry.worker();
    System.out.printf(
        "%s   %9.1f %7d %5d%n",
        row(what, entry.driver()), worker.heap() / 1e6, worker.threads(), worker.files());
  }

  private String row(String what, Vitals driver) {
    double seconds = (System.nanoTime() - began) / 1e9;
    return String.format(
        "%-34s %8.1f   %9.1f %7d %5d",
        what, seconds, driver.heap() / 1e6, driver.threads(), driver.files());
  }
}
