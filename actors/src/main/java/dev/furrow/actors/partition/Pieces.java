package dev.furrow.actors.partition;

import dev.furrow.actors.wire.PlacementMessage;
import dev.furrow.actors.wire.WireCodec;
import dev.furrow.actors.wire.WireException;

/** Puts together what comes in pieces. */
final class Pieces {

  private Pieces() {}

  /** Adds a piece to a state that nobody else knows; false if it cannot be read. */
  static boolean add(PlacementMessage.Copy copy, PartitionState state) {
    try {
      state.apply(WireCodec.decodeChange(copy.body()));
      return true;
    } catch (WireException unreadable) {
      return false;
    }
  }
}
