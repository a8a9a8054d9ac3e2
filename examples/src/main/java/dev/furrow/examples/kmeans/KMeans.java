package dev.furrow.examples.kmeans;

import dev.furrow.Furrow;
import dev.furrow.Partitioned;
import dev.furrow.PartitionedOptions;
import dev.furrow.examples.Comparison;
import dev.furrow.examples.Program;
import dev.furrow.examples.digits.DigitFiles;
import dev.furrow.examples.digits.DigitSet;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Finds clusters among handwritten digits. The images are kept in partitions on worker processes,
 * and each round adds them up where they are; then the same in a plain loop, which must find the
 * same centres, round by round. Run it with {@code --help} for its arguments.
 *
 * <p>Ends with status 0; 1 if the centres differ or something failed; 2 if an argument was wrong.
 */
public final class KMeans {

  private final PrintStream out;
  private final DigitSet digits;
  private final KMeansArguments arguments;

  private KMeans(KMeansArguments arguments, DigitSet digits, PrintStream out) {
    this.arguments = arguments;
    this.digits = digits;
    this.out = out;
  }

  /**
   * Finds clusters.
   *
   * @param args as {@code --help} lists them
   */
  public static void main(String[] args) {
    int status = run(System.out, System.err, args);
    if (status != 0) {
      System.exit(status);
    }
  }

  /** Finds clusters and gives the status to end with. */
  static int run(PrintStream out, PrintStream err, String... args) {
    return new Program("kmeans", KMeansArguments.USAGE, out, err)
        .run(
            KMeansArguments::parse,
            arguments -> new KMeans(arguments, read(), out).compute(),
            args);
  }

  private static DigitSet read() {
    try {
      return DigitFiles.shared();
    } catch (IOException damaged) {
      throw new IllegalStateException(damaged.getMessage(), damaged);
    }
  }

  private void compute() {
    Rounds parallel;
    int slots;
    try (Furrow furrow = start()) {
      slots = furrow.cluster().slots();
      // Few, because each partition answers each round with the sums of all clusters.
      PartitionedOptions options = PartitionedOptions.defaults().partitions(2 * slots);
      Partitioned<Integer, byte[]> images =
          furrow.partitioned("digits", Integer.class, byte[].class, options);
      fill(images);
      print("Clusters: %d, at most %d rounds", arguments.clusters(), arguments.rounds());
      parallel = rounds(assign -> images.aggregate(assign).toCompletableFuture().join(), true);
    }
    print("%nThe same in a plain loop, on one thread:");
    Rounds serial = rounds(this::inThisThread, false);
    requireEqual(serial.centres(), parallel.centres());
    print("Equal: the centres of all %d rounds", serial.centres().size());
    print("%s", new Comparison(serial.time(), parallel.time(), slots));
    print(
        "%nOf the images, %.1f%% are in a cluster of mostly their own digit",
        100 * purity(serial.centres().get(serial.centres().size() - 1)));
  }

  private Furrow start() {
    return arguments.workers() == 0
        ? Furrow.local()
        : Furrow.builder().workers(arguments.workers()).start();
  }

  private void fill(Partitioned<Integer, byte[]> images) {
    Map<Integer, Keep> all = new LinkedHashMap<>();
    for (int image = 0; image < digits.size(); image++) {
      all.put(image, new Keep(digits.image(image)));
    }
    long begin = System.nanoTime();
    int kept = images.updateAll(all).toCompletableFuture().join().size();
    print(
        "%,d images kept in partitions on %s, after %.2f s",
        kept,
        arguments.workers() == 0 ? "this JVM" : arguments.workers() + " worker processes",
        (System.nanoTime() - begin) / 1e9);
  }

  // ----------------------------------------------------------------- rounds

  /**
   * What the rounds came to.
   *
   * @param centres after each
   * @param time of all, by the clock on the wall
   */
  private record Rounds(List<int[][]> centres, Duration time) {}

  private Rounds rounds(Function<Assign, Sums> step, boolean tell) {
    List<int[][]> all = new ArrayList<>();
    int[][] centres = first();
    long begin = System.nanoTime();
    for (int round = 1; round <= arguments.rounds(); round++) {
      Sums sums = step.apply(new Assign(centres));
      int[][] next = sums.centres(centres);
      all.add(next);
      if (tell) {
        print("round %2d: distance %,d", round, sums.distance());
      }
      if (Arrays.deepEquals(next, centres)) {
        break;
      }
      centres = next;
    }
    return new Rounds(all, Duration.ofNanos(System.nanoTime() - begin));
  }

  /** Images that are spread over the set. */
  private int[][] first() {
    int[][] centres = new int[arguments.clusters()][digits.pixelsPerImage()];
    for (int centre = 0; centre < centres.length; centre++) {
      byte[] image = digits.image(centre * digits.size() / centres.length);
      for (int pixel = 0; pixel < image.length; pixel++) {
        centres[centre][pixel] = (image[pixel] & 0xff) * Assign.SCALE;
      }
    }
    return centres;
  }

  private Sums inThisThread(Assign assign) {
    Sums sums = assign.zero();
    for (int image = 0; image < digits.size(); image++) {
      sums = assign.add(sums, image, digits.image(image));
    }
    return sums;
  }

  static void requireEqual(List<int[][]> serial, List<int[][]> parallel) {
    for (int round = 0; round < Math.max(serial.size(), parallel.size()); round++) {
      if (round >= serial.size()
          || round >= parallel.size()
          || !Arrays.deepEquals(serial.get(round), parallel.get(round))) {
        throw new IllegalStateException(
            "the centres after round " + (round + 1) + " differ from those of the plain loop");
      }
    }
  }

  /** The share of images in a cluster of which most show the same digit. */
  private double purity(int[][] centres) {
    int[][] counts = new int[centres.length][DigitSet.CLASSES];
    for (int image = 0; image < digits.size(); image++) {
      counts[Assign.nearest(centres, digits.image(image)).centre()][digits.label(image)]++;
    }
    int most = Arrays.stream(counts).mapToInt(of -> Arrays.stream(of).max().orElse(0)).sum();
    return (double) most / digits.size();
  }

  private void print(String format, Object... values) {
    out.println(String.format(Locale.ROOT, format, values));
  }
}
