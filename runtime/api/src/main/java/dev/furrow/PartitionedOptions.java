package dev.furrow;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How a {@link Partitioned} is kept. Immutable: each method returns a changed copy. What is set is
 * fixed when the name is first used in a cluster; asking for something else later is refused.
 */
public final class PartitionedOptions {

  private static final PartitionedOptions DEFAULTS =
      new PartitionedOptions(OptionalInt.empty(), Optional.empty());

  private final OptionalInt partitions;
  private final Optional<Durability> durability;

  private PartitionedOptions(OptionalInt partitions, Optional<Durability> durability) {
    this.partitions = partitions;
    this.durability = durability;
  }

  /**
   * Takes what is there. Where the name is new: 128 partitions, and {@link Durability#REPLICATED}
   * where three nodes or more run tasks at that time, else {@link Durability#MEMORY}.
   *
   * @return the defaults
   */
  public static PartitionedOptions defaults() {
    return DEFAULTS;
  }

  /**
   * Sets how many partitions there are.
   *
   * @param partitions from 1 to 32,768
   * @return a changed copy
   */
  public PartitionedOptions partitions(int partitions) {
    if (partitions < 1 || partitions > 32_768) {
      throw new IllegalArgumentException(
          "partitions must be from 1 to 32768 (was " + partitions + ")");
    }
    return new PartitionedOptions(OptionalInt.of(partitions), durability);
  }

  /**
   * Sets what the state survives.
   *
   * @param durability not null
   * @return a changed copy
   */
  public PartitionedOptions durability(Durability durability) {
    return new PartitionedOptions(
        partitions, Optional.of(Objects.requireNonNull(durability, "durability")));
  }

  /** {@return how many partitions are asked for; empty: what is there, or 128} */
  public OptionalInt partitions() {
    return partitions;
  }

  /** {@return what the state is to survive; empty: what is there, or the default} */
  public Optional<Durability> durability() {
    return durability;
  }

  @Override
  public String toString() {
    return "PartitionedOptions[partitions="
        + (partitions.isPresent() ? partitions.getAsInt() : "any")
        + ", durability="
        + durability.map(Durability::toString).orElse("any")
        + "]";
  }
}
