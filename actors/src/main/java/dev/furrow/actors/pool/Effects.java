package dev.furrow.actors.pool;

import dev.furrow.actors.wire.JobMessage;
import dev.furrow.actors.wire.NodeId;
import java.util.ArrayList;
import java.util.List;

/** Gathers what is to be done, in order. */
final class Effects {

  private List<PoolEffect> effects = new ArrayList<>();

  void add(PoolEffect effect) {
    effects.add(effect);
  }

  void send(NodeId to, JobMessage message) {
    effects.add(new PoolEffect.Send(to, message));
  }

  /** Hands out what was gathered. */
  List<PoolEffect> drain() {
    List<PoolEffect> all = effects;
    effects = new ArrayList<>();
    return all;
  }
}
