package dev.furrow.examples.bench.kit;

import java.util.function.Consumer;

/** The rows that measure state kept by key. A driver's life has one of these. */
final class StateRows {

  private final Grid grid;
  private final Sizes sizes;
  private final int entries;
  private final Consumer<Figure> figures;
  private final Updates single;
  private boolean warm;

  StateRows(Grid grid, Sizes sizes, int entries, Consumer<Figure> figures) {
    this.grid = grid;
    this.sizes = sizes;
    this.entries = entries;
    this.figures = figures;
    this.single = Updates.single(grid.counters("single"));
  }

  /** Updates a second, one call each. */
  void updates() throws Exception {
    print(Measure.UPDATES, perSecond(single));
    warm = true;
  }

  /** One update at a time. */
  void roundTrip() throws Exception {
    if (!warm) {
      WarmUp.run(single::perSecond, sizes.warmUp(), sizes.longestWarmUp().dividedBy(2));
    }
    long[] unused = single.nanos(sizes.rehearsal());
    long[] trips = single.nanos(sizes.measured());
    single.check();
    print(Measure.UPDATE_P50, Statistics.percentile(trips, 0.5) / 1e3);
    print(Measure.UPDATE_P99, Statistics.percentile(trips, 0.99) / 1e3);
  }

  /** Updates a second, many keys a call. */
  void updateAll() throws Exception {
    print(Measure.UPDATE_ALL, perSecond(Updates.batched(grid.counters("batched"))));
  }

  /** What many entries take of heaps, and how fast they are added up. */
  void entries(int workers) throws Exception {
    Entries all = new Entries(grid.counters("entries"), entries);
    long before = Workers.heap(grid, workers);
    all.load();
    long after = Workers.heap(grid, workers);
    print(Measure.ENTRY_HEAP, (after - before) / (double) entries);
    print(Measure.AGGREGATE, Rehearsal.value(all::perSecond, sizes));
  }

  private double perSecond(Updates updates) throws Exception {
    WarmUp.run(updates::perSecond, sizes.warmUp(), sizes.longestWarmUp());
    double rate = updates.perSecond(sizes.measured());
    updates.check();
    return rate;
  }

  private void print(Measure measure, double value) {
    figures.accept(new Figure(measure, value));
  }
}
