package dev.furrow.examples.render;

import dev.furrow.Task;
import dev.furrow.TaskContext;
import java.util.ArrayList;
import java.util.List;

/**
 * Paints a part of a picture.
 *
 * @param left its first column of pixels
 * @param top its first row, from the top
 */
record RenderTile(Picture picture, int left, int top, int width, int height)
    implements Task<RenderTile.Painted> {

  /** Pixels of a tile's side, where the picture's edge does not cut it. */
  static final int SIDE = 40;

  /**
   * A tile that is done.
   *
   * @param rgb as {@link Picture#paint} gives it
   * @param nanos how long it took
   */
  record Painted(byte[] rgb, long nanos) {}

  /** All tiles of a picture. */
  static List<RenderTile> of(Picture picture) {
    List<RenderTile> tiles = new ArrayList<>();
    for (int top = 0; top < picture.height(); top += SIDE) {
      for (int left = 0; left < picture.width(); left += SIDE) {
        int width = Math.min(SIDE, picture.width() - left);
        int height = Math.min(SIDE, picture.height() - top);
        tiles.add(new RenderTile(picture, left, top, width, height));
      }
    }
    return List.copyOf(tiles);
  }

  @Override
  public Painted run(TaskContext context) throws InterruptedException {
    long begin = System.nanoTime();
    byte[] rgb = picture.paint(left, top, width, height);
    return new Painted(rgb, System.nanoTime() - begin);
  }
}
