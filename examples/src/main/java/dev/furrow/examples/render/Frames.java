package dev.furrow.examples.render;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Puts tiles together, in whatever order they come. Holds only frames that are begun. */
final class Frames {

  private final Map<Integer, Canvas> begun = new HashMap<>();

  private static final class Canvas {

    private final byte[] rgb;
    private int left;

    Canvas(Picture picture) {
      this.left = picture.width() * picture.height();
      this.rgb = new byte[left * Picture.BYTES];
    }
  }

  /**
   * Adds a tile, each one once.
   *
   * @param rgb the tile's pixels
   * @return the whole frame's, if this was the last tile that it needed
   */
  Optional<byte[]> add(RenderTile tile, byte[] rgb) {
    Picture picture = tile.picture();
    Canvas canvas = begun.computeIfAbsent(picture.frame(), frame -> new Canvas(picture));
    int bytes = tile.width() * Picture.BYTES;
    for (int row = 0; row < tile.height(); row++) {
      int to = ((tile.top() + row) * picture.width() + tile.left()) * Picture.BYTES;
      System.arraycopy(rgb, row * bytes, canvas.rgb, to, bytes);
    }
    canvas.left -= tile.width() * tile.height();
    if (canvas.left > 0) {
      return Optional.empty();
    }
    begun.remove(picture.frame());
    return Optional.of(canvas.rgb);
  }
}
