package dev.furrow.examples.render;

/**
 * One frame of the film.
 *
 * @param frame from 0
 * @param frames of the whole film, in which the camera goes around the scene once
 * @param width in pixels
 * @param height in pixels
 */
record Picture(int frame, int frames, int width, int height) {

  /** Bytes of one pixel: red, green, blue. */
  static final int BYTES = 3;

  /**
   * Paints a part of the picture: row by row from the top, {@value #BYTES} bytes a pixel. A part is
   * equal to the same part of the whole, to the last bit.
   *
   * @throws InterruptedException the thread was interrupted, as that of a cancelled task is
   */
  byte[] paint(int left, int top, int columns, int rows) throws InterruptedException {
    Camera camera = Camera.orbit((double) frame / frames, (double) width / height);
    PixelPainter painter = new PixelPainter(Scene.still(), camera, width, height);
    byte[] rgb = new byte[columns * rows * BYTES];
    int at = 0;
    for (int row = 0; row < rows; row++) {
      if (Thread.interrupted()) {
        throw new InterruptedException("painting was interrupted before its end");
      }
      for (int column = 0; column < columns; column++) {
        Vec light = painter.light(left + column, top + row);
        rgb[at++] = shown(light.x());
        rgb[at++] = shown(light.y());
        rgb[at++] = shown(light.z());
      }
    }
    return rgb;
  }

  /** All of the picture, in this thread. */
  byte[] paint() throws InterruptedException {
    return paint(0, 0, width, height);
  }

  /** The byte for a brightness that has been through {@link PixelPainter#light}. */
  private static byte shown(double brightness) {
    return (byte) (int) (255 * Math.sqrt(brightness) + 0.5);
  }
}
