package dev.furrow.examples.wordcount;

import dev.furrow.Furrow;
import dev.furrow.Partitioned;
import dev.furrow.PartitionedOptions;

/** Where the counts are kept: the driver and every task open them by the same name. */
final class Counts {

  private static final PartitionedOptions OPTIONS = PartitionedOptions.defaults().partitions(24);

  private Counts() {}

  /** How often each word has been counted, by word. */
  static Partitioned<String, Long> of(Furrow furrow) {
    return furrow.partitioned("words", String.class, Long.class, OPTIONS);
  }
}
