package dev.furrow.examples.soak;

import dev.furrow.Furrow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many jobs of all kinds, on four threads of the driver. */
final class Jobs {

  private static final int THREADS = 4;
  private static final int ROWS = 10;

  private Jobs() {}

  static boolean run(Furrow furrow, int count) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      round(furrow, threads, Math.max(100, count / 10));
      Ledger ledger = new Ledger(furrow);
      Ledger.Entry start = ledger.note("start");
      for (int row = 1; row <= ROWS; row++) {
        round(furrow, threads, count / ROWS);
        ledger.note(String.format(Locale.ROOT, "%,d jobs", row * (count / ROWS)));
      }
      return ledger.isBackAt(start);
    } finally {
      threads.shutdownNow();
    }
  }

  private static void round(Furrow furrow, ExecutorService threads, int jobs)
      throws InterruptedException, ExecutionException {
    List<Future<?>> parts = new ArrayList<>();
    for (int part = 0; part < THREADS; part++) {
      int first = part;
      parts.add(
          threads.submit(
              () -> {
                for (int i = first; i < jobs; i += THREADS) {
                  Kind.of(i).run(furrow);
                }
              }));
    }
    for (Future<?> part : parts) {
      part.get();
    }
  }
}
