package dev.furrow.examples.kmeans;

import dev.furrow.Change;
import dev.furrow.Update;
import java.util.Optional;

/**
 * Keeps an image.
 *
 * @param pixels an unsigned byte each
 */
record Keep(byte[] pixels) implements Update<byte[], Boolean> {

  @Override
  public Change<byte[], Boolean> apply(Optional<byte[]> current) {
    return Change.set(pixels, current.isEmpty());
  }
}
