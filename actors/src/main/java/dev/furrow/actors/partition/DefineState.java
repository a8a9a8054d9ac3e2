package dev.furrow.actors.partition;

import dev.furrow.Change;
import dev.furrow.Durability;
import dev.furrow.Update;
import java.util.Optional;

/**
 * Says how a state is kept, if nobody has done so before.
 *
 * @param partitions that are asked for
 * @param durability that is asked for
 */
public record DefineState(int partitions, Durability durability)
    implements Update<DefineState.Kept, DefineState.Kept> {

  /**
   * How a state is kept.
   *
   * @param partitions of the state
   * @param durability of its entries
   */
  public record Kept(int partitions, Durability durability) {}

  @Override
  public Change<Kept, Kept> apply(Optional<Kept> current) {
    Kept kept = current.orElse(new Kept(partitions, durability));
    return Change.set(kept, kept);
  }
}
