package dev.furrow.examples.bench.kit;

/** How many workers a row needs beside the driver. A driver's process has one shape. */
public enum Shape {
  /** One slot a core, on the two cores that the aims are meant for. */
  NARROW(2, 1),
  /** Many slots, for tasks that sleep. */
  WIDE(2, 32),
  /** One worker more, to be killed. */
  LOSS(3, 8),
  /** State kept by key; as narrow, in processes that did nothing else before. */
  STATE(2, 1);

  private final int workers;
  private final int slotsEach;

  Shape(int workers, int slotsEach) {
    this.workers = workers;
    this.slotsEach = slotsEach;
  }

  /** {@return how many worker JVMs} */
  public int workers() {
    return workers;
  }

  /** {@return how many tasks each worker runs at once} */
  public int slotsEach() {
    return slotsEach;
  }

  /** {@return how many tasks run at once} */
  public int slots() {
    return workers * slotsEach;
  }
}
