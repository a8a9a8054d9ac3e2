package dev.furrow.actors.partition;

import dev.furrow.actors.wire.PartitionId;
import dev.furrow.actors.wire.PlacementMessage;
import dev.furrow.actors.wire.WireCodec;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * What partitions that have closed here have left for those that open elsewhere; when the node
 * leaves, also the others, with nothing in them, until somebody has them.
 */
final class Shelf {

  private static final byte[] NOTHING = {};

  private record Left(long epoch, List<byte[]> pieces) {}

  private final Map<PartitionId, Left> all = new ConcurrentHashMap<>();

  void put(PartitionId id, long epoch, PartitionState state) {
    all.put(id, new Left(epoch, state.pieces().stream().map(WireCodec::encodeChange).toList()));
  }

  /** Counts a partition as left, with nothing in it, until somebody has it. */
  void expect(PartitionId id) {
    all.putIfAbsent(id, new Left(0, List.of()));
  }

  /** A piece of what is left; none if nothing is. */
  PlacementMessage.Copy piece(PartitionId id, int piece) {
    Left left = all.get(id);
    return left == null || piece >= left.pieces().size()
        ? new PlacementMessage.Copy(id, piece, 0, 0, NOTHING)
        : new PlacementMessage.Copy(
            id, piece, left.pieces().size(), left.epoch(), left.pieces().get(piece));
  }

  void drop(PartitionId id) {
    all.remove(id);
  }

  /**
   * Somebody else is to serve a partition, though not yet: nothing is left for it if it is empty.
   */
  void given(PartitionId id) {
    all.computeIfPresent(id, (same, left) -> left.pieces().isEmpty() ? null : left);
  }

  /**
   * What waits here for others.
   *
   * @param mostEmpty of those in which nothing is, so many at most
   */
  List<PartitionId> left(int mostEmpty) {
    return Stream.concat(those(false), those(true).limit(mostEmpty)).toList();
  }

  /** How many would be lost with this node. */
  long content() {
    return those(false).count();
  }

  private Stream<PartitionId> those(boolean empty) {
    return all.entrySet().stream()
        .filter(each -> each.getValue().pieces().isEmpty() == empty)
        .map(Map.Entry::getKey);
  }
}
