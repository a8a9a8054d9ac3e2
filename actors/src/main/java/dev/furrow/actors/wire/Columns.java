package dev.furrow.actors.wire;

/** Refuses a columnar record whose columns do not fit together. */
final class Columns {

  private final String record;
  private final String first;
  private final int rows;

  /** Columns that must be as long as the first. */
  Columns(String record, String first, int rows) {
    this.record = record;
    this.first = first;
    this.rows = rows;
  }

  /** Refuses a column of another length. */
  Columns rows(String name, int length) throws WireException {
    if (length != rows) {
      throw new WireException(
          record + "." + name + " has " + length + " rows and " + first + " has " + rows);
    }
    return this;
  }

  /** Refuses a column of another length, and numbers that are not from 0 to below a bound. */
  Columns index(String name, int[] values, int bound) throws WireException {
    return index(name, values, 0, bound);
  }

  /** The same, where −1 stands for none. */
  Columns indexOrNone(String name, int[] values, int bound) throws WireException {
    return index(name, values, -1, bound);
  }

  /** Refuses a column of another length, and numbers below 0. */
  Columns amounts(String name, long[] values) throws WireException {
    rows(name, values.length);
    for (int row = 0; row < values.length; row++) {
      if (values[row] < 0) {
        throw new WireException(
            record
                + "."
                + name
                + " of row "
                + row
                + " must be at least 0 (was "
                + values[row]
                + ")");
      }
    }
    return this;
  }

  private Columns index(String name, int[] values, int least, int bound) throws WireException {
    rows(name, values.length);
    for (int row = 0; row < values.length; row++) {
      if (values[row] < least || values[row] >= bound) {
        throw new WireException(
            record
                + "."
                + name
                + " of row "
                + row
                + " must be from "
                + least
                + " to "
                + (bound - 1)
                + " (was "
                + values[row]
                + ")");
      }
    }
    return this;
  }
}
