package dev.furrow.examples.digits;

import java.util.Arrays;
import java.util.Objects;

/**
 * Images of handwritten digits, and which digit each one shows. Immutable; one copy serves every
 * task of a JVM.
 */
public final class DigitSet {

  /** Digits that an image can show: 0 to 9. */
  public static final int CLASSES = 10;

  private final int pixelsPerImage;
  private final byte[] pixels;
  private final byte[] labels;

  /**
   * Takes over both arrays.
   *
   * @param pixels one image after the other, row by row; an unsigned byte each, 0 is background
   * @param labels 0 to 9, one for each image
   */
  DigitSet(int pixelsPerImage, byte[] pixels, byte[] labels) {
    if (pixels.length != pixelsPerImage * labels.length) {
      throw new IllegalArgumentException(
          labels.length
              + " labels need "
              + pixelsPerImage
              + " pixels each (were "
              + pixels.length
              + " pixels in all)");
    }
    this.pixelsPerImage = pixelsPerImage;
    this.pixels = pixels;
    this.labels = labels;
  }

  /** How many images there are. */
  public int size() {
    return labels.length;
  }

  /** Pixels of each image. */
  public int pixelsPerImage() {
    return pixelsPerImage;
  }

  /** The digit that an image shows. */
  public int label(int image) {
    return labels[image];
  }

  /** An image's pixels, row by row; an unsigned byte each, 0 is background. */
  public byte[] image(int image) {
    return Arrays.copyOfRange(pixels, image * pixelsPerImage, (image + 1) * pixelsPerImage);
  }

  /** Writes an image's pixels to a row of a matrix, from 0 for background to 1 for ink. */
  void copyTo(float[] target, int offset, int image) {
    Objects.checkFromIndexSize(offset, pixelsPerImage, target.length);
    int from = image * pixelsPerImage;
    for (int pixel = 0; pixel < pixelsPerImage; pixel++) {
      target[offset + pixel] = (pixels[from + pixel] & 0xff) / 255f;
    }
  }
}
