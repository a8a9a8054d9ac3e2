package dev.furrow.actors.partition;

import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.PartitionChange;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The partition moves in order, and takes along what it keeps. */
final class MemoryKeeping implements CallsWorld.Keeping, Store {

  private final CallsWorld world;
  private @Nullable PartitionState left;
  private PartitionState state = new PartitionState();

  MemoryKeeping(CallsWorld world) {
    this.world = world;
  }

  @Override
  public void keep(PartitionChange change, Store.Kept kept) {
    kept.apply();
  }

  @Override
  public void leave(PartitionState last) {
    left = last;
  }

  @Override
  public void begin() {
    world.settle(world.nodes.get(0), state, this);
  }

  @Override
  public void move() {
    world.open.keySet().stream().findFirst().ifPresent(this::moveFrom);
  }

  private void moveFrom(NodeId from) {
    Partition partition = world.open.remove(from);
    if (partition != null) {
      left = null;
      awaitClosed(partition.close(), world.anyNode());
    }
  }

  private void awaitClosed(CompletableFuture<Void> closed, NodeId to) {
    if (!closed.isDone()) {
      world.in(CallsWorld.MILLI, () -> awaitClosed(closed, to));
      return;
    }
    world.in(
        world.some(200 * CallsWorld.MILLI),
        () -> {
          state = left == null ? new PartitionState() : left;
          world.settle(to, state, this);
        });
  }

  @Override
  public PartitionState state() {
    return state;
  }
}
