package dev.furrow.examples.render;

import dev.furrow.examples.CommandLine;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the user asked for on the command line.
 *
 * @param frames of the film
 * @param width of a frame in pixels
 * @param height of a frame in pixels
 * @param workers worker processes; 0 is this JVM alone
 */
record RenderArguments(int frames, int width, int height, int workers) {

  static final String USAGE =
      """
      Renders a film frame by frame, in parallel and in a plain loop, and compares every pixel.

        --frames n    frames, 1 to 1000 (default 12)
        --size WxH    pixels of a frame, each way 16 to 4096 (default 640x360)
        --workers n   worker processes, 0 to 64; 0 is this JVM alone (default 2)
        --help        print this

      The PNG files go to examples/target/render.\
      """;

  private static final Pattern SIZE = Pattern.compile("([0-9]{1,4})x([0-9]{1,4})");

  /** Frames to warm up a slot with. */
  private static final int WARM_UP = 4;

  private static final int LEAST = 16;
  private static final int MOST = 4096;

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException an argument is unknown, or its value out of range
   */
  static RenderArguments parse(CommandLine line) {
    int frames = 12;
    int workers = 2;
    Size size = new Size(640, 360);
    while (line.next()) {
      switch (line.name()) {
        case "--frames" -> frames = (int) line.number(1, 1000);
        case "--size" -> size = size(line.value("a width and a height, as 640x360,"));
        case "--workers" -> workers = (int) line.number(0, 64);
        default -> throw line.unknown();
      }
    }
    return new RenderArguments(frames, size.width(), size.height(), workers);
  }

  /** A film of few small frames, to warm up with: Java compiles a program while it runs. */
  RenderArguments warmUp(int slots) {
    return new RenderArguments(
        WARM_UP * slots, Math.min(width, 320), Math.min(height, 180), workers);
  }

  private record Size(int width, int height) {

    boolean allowed() {
      return Math.min(width, height) >= LEAST && Math.max(width, height) <= MOST;
    }
  }

  private static Size size(String text) {
    Matcher parts = SIZE.matcher(text);
    if (parts.matches()) {
      Size size = new Size(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
      if (size.allowed()) {
        return size;
      }
    }
    throw new IllegalArgumentException(
        "--size must be two numbers from "
            + LEAST
            + " to "
            + MOST
            + ", as 640x360 (was '"
            + text
            + "')");
  }
}
