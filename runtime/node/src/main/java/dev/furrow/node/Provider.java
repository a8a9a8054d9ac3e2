package dev.furrow.node;

import dev.furrow.Furrow;
import dev.furrow.spi.FurrowProvider;

/** Found by the API through its service loader. */
public final class Provider implements FurrowProvider {

  @Override
  public Furrow.Builder builder() {
    return new NodeBuilder();
  }
}
