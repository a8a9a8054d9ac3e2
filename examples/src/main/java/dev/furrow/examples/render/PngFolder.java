package dev.furrow.examples.render;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageIO;

/** A folder of frames, one PNG file each. */
final class PngFolder {

  private final Path folder;

  private PngFolder(Path folder) {
    this.folder = folder;
  }

  /** Makes the folder if there is none, and takes the frames of an earlier film out of it. */
  static PngFolder empty(Path folder) throws IOException {
    Files.createDirectories(folder);
    try (DirectoryStream<Path> old = Files.newDirectoryStream(folder, "frame-*.png")) {
      for (Path file : old) {
        Files.delete(file);
      }
    }
    return new PngFolder(folder);
  }

  /** The file of a frame. */
  Path file(int frame) {
    return folder.resolve(String.format(Locale.ROOT, "frame-%03d.png", frame));
  }

  /**
   * Writes a frame.
   *
   * @param rgb as {@link Picture#paint} gives it
   */
  void write(Picture picture, byte[] rgb) throws IOException {
    int width = picture.width();
    int height = picture.height();
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    image.getRaster().setDataElements(0, 0, width, height, rgb);
    if (!ImageIO.write(image, "png", file(picture.frame()).toFile())) {
      throw new IOException(
          "this Java cannot write PNG files: run it with one that has java.desktop");
    }
  }

  /** Reads a frame's pixels back, as {@link Picture#paint} gave them. */
  byte[] read(int frame) throws IOException {
    BufferedImage image = ImageIO.read(file(frame).toFile());
    if (image == null) {
      throw new IOException(file(frame) + " is not a picture: has another program written it?");
    }
    int[] pixels =
        image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    byte[] rgb = new byte[pixels.length * Picture.BYTES];
    for (int i = 0; i < pixels.length; i++) {
      rgb[Picture.BYTES * i] = (byte) (pixels[i] >> 16);
      rgb[Picture.BYTES * i + 1] = (byte) (pixels[i] >> 8);
      rgb[Picture.BYTES * i + 2] = (byte) pixels[i];
    }
    return rgb;
  }
}
