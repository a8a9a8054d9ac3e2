package dev.furrow.actors.wire;

/**
 * One kind of record: its name on the wire, and how it is written and read.
 *
 * @param name on the wire; never changes
 * @param type the record
 * @param writer writes its fields
 * @param reader reads its fields and refuses what does not fit together
 */
record WireKind<T>(String name, Class<T> type, Writer<T> writer, Reader<T> reader) {

  /** Writes the fields of a record. */
  interface Writer<T> {
    void write(T value, RecordWriter out);
  }

  /** Reads a record of its fields. */
  interface Reader<T> {
    T read(RecordReader in) throws WireException;
  }
}
