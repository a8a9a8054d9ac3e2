package dev.furrow.examples.render;

import dev.furrow.Furrow;
import dev.furrow.examples.Comparison;
import dev.furrow.examples.Program;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * Renders a film of shining balls on worker processes of this machine, writes it to PNG files, and
 * paints it once more in a plain loop: every pixel must be the same. Run it with {@code --help} for
 * its arguments.
 *
 * <p>Ends with status 0; 1 if a pixel differs or something failed; 2 if an argument was wrong.
 */
public final class Render {

  private static final Path FOLDER = Path.of("target", "render");

  private final RenderArguments arguments;
  private final PrintStream out;

  private Render(RenderArguments arguments, PrintStream out) {
    this.arguments = arguments;
    this.out = out;
  }

  /**
   * Renders the film.
   *
   * @param args as {@code --help} lists them
   */
  public static void main(String[] args) {
    System.setProperty("java.awt.headless", "true");
    int status = run(FOLDER, System.out, System.err, args);
    if (status != 0) {
      System.exit(status);
    }
  }

  /** Renders the film into a folder and gives the status to end with. */
  static int run(Path folder, PrintStream out, PrintStream err, String... args) {
    return new Program("render", RenderArguments.USAGE, out, err)
        .run(RenderArguments::parse, arguments -> new Render(arguments, out).render(folder), args);
  }

  private void render(Path path) throws IOException, InterruptedException {
    PngFolder folder = PngFolder.empty(path.toAbsolutePath());
    Film film = new Film(arguments, out);
    Film.Made made;
    try (Furrow furrow = start(arguments.workers())) {
      print(
          "Film: %d frames of %d x %d pixels in %,d tiles, on %d slots of %s",
          arguments.frames(),
          arguments.width(),
          arguments.height(),
          film.tiles(),
          furrow.cluster().slots(),
          arguments.workers() == 0 ? "this JVM" : arguments.workers() + " worker processes");
      int slots = furrow.cluster().slots();
      print("Warming up, not timed: %d small frames", arguments.warmUp(slots).frames());
      new Film(arguments.warmUp(slots), out).rehearse(furrow);
      made = film.onCluster(furrow, folder);
    }
    print("%nFrames: %s", folder.file(0));
    if (arguments.frames() > 1) {
      print("    to: %s", folder.file(arguments.frames() - 1));
    }
    print(
        "Tiles: %.1f ms for half of them or less, %.1f ms for the slowest",
        millis(made.tileNanos()[film.tiles() / 2]), millis(made.tileNanos()[film.tiles() - 1]));
    print("%nThe same in a plain loop, on one thread:");
    new Film(arguments.warmUp(1), out).rehearse();
    Duration serial = film.inThisThread(folder);
    print("%nEqual: the loop painted every pixel of every file");
    print("%s", new Comparison(serial, made.time(), made.report().slots()));
    print("%n%s", made.report());
  }

  private static Furrow start(int workers) {
    return workers == 0 ? Furrow.local() : Furrow.builder().workers(workers).start();
  }

  private static double millis(long nanos) {
    return nanos / 1e6;
  }

  private void print(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}
