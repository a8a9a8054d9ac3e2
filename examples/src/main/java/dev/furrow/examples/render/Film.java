package dev.furrow.examples.render;

import dev.furrow.Furrow;
import dev.furrow.Job;
import dev.furrow.JobOptions;
import dev.furrow.JobReport;
import dev.furrow.Outcome;
import dev.furrow.examples.ProgressLine;
import dev.furrow.examples.Results;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** All frames: as a job on a cluster, or in a plain loop to compare with. */
final class Film {

  private static final Duration DRAW_EVERY = Duration.ofMillis(200);

  private final PrintStream out;
  private final List<Picture> pictures;
  private final List<RenderTile> tiles;

  Film(RenderArguments size, PrintStream out) {
    this.out = out;
    this.pictures =
        IntStream.range(0, size.frames())
            .mapToObj(frame -> new Picture(frame, size.frames(), size.width(), size.height()))
            .toList();
    this.tiles = pictures.stream().flatMap(picture -> RenderTile.of(picture).stream()).toList();
  }

  int tiles() {
    return tiles.size();
  }

  /**
   * A film that is made.
   *
   * @param tileNanos how long each tile took, the fastest first
   * @param time from the first tile to the last file, by the clock on the wall
   * @param report where the time went
   */
  record Made(long[] tileNanos, Duration time, JobReport report) {}

  /** Paints every tile on a cluster and forgets it. */
  void rehearse(Furrow furrow) {
    List<RenderTile.Painted> unused = furrow.submitAll(JobOptions.named("warm-up"), tiles).join();
  }

  /** Paints every frame on this thread and forgets it. */
  void rehearse() throws InterruptedException {
    for (Picture picture : pictures) {
      byte[] unused = picture.paint();
    }
  }

  /**
   * Makes the film on a cluster and writes each frame as soon as it is whole.
   *
   * @throws IllegalStateException a task failed; the job is cancelled
   */
  Made onCluster(Furrow furrow, PngFolder folder) throws IOException {
    Frames frames = new Frames();
    AtomicInteger written = new AtomicInteger();
    long[] nanos = new long[tiles.size()];
    long begin = System.nanoTime();
    Job<RenderTile.Painted> job = furrow.submitAll(JobOptions.named("render").failFast(), tiles);
    try (ProgressLine line = ProgressLine.on(out);
        Stream<Outcome<RenderTile.Painted>> outcomes = job.outcomes()) {
      line.follow(DRAW_EVERY, () -> ProgressLine.Count.of(job, note(written)));
      for (Outcome<RenderTile.Painted> outcome :
          (Iterable<Outcome<RenderTile.Painted>>) outcomes::iterator) {
        int place = Math.toIntExact(outcome.taskId());
        RenderTile tile = tiles.get(place);
        RenderTile.Painted painted = Results.value(outcome, tile);
        nanos[place] = painted.nanos();
        Optional<byte[]> whole = frames.add(tile, painted.rgb());
        if (whole.isPresent()) {
          folder.write(tile.picture(), whole.get());
          written.incrementAndGet();
        }
      }
    } catch (RuntimeException | IOException e) {
      job.cancel();
      throw e;
    }
    Duration time = Duration.ofNanos(System.nanoTime() - begin);
    Arrays.sort(nanos);
    return new Made(nanos, time, job.completion().toCompletableFuture().join());
  }

  /**
   * Paints each frame as a whole, on this thread, and compares it with its file.
   *
   * @return how long the painting took
   * @throws IllegalStateException a file differs; the message says where
   */
  Duration inThisThread(PngFolder folder) throws IOException, InterruptedException {
    AtomicInteger done = new AtomicInteger();
    long nanos = 0;
    try (ProgressLine line = ProgressLine.on(out)) {
      line.follow(
          DRAW_EVERY, () -> new ProgressLine.Count(pictures.size(), done.get(), 1, 0, 0, ""));
      for (Picture picture : pictures) {
        long begin = System.nanoTime();
        byte[] painted = picture.paint();
        nanos += System.nanoTime() - begin;
        requireEqual(picture, painted, folder.read(picture.frame()));
        done.incrementAndGet();
      }
    }
    return Duration.ofNanos(nanos);
  }

  /**
   * Compares two paintings of a picture.
   *
   * @throws IllegalStateException they differ; the message says where
   */
  static void requireEqual(Picture picture, byte[] painted, byte[] file) {
    int at = Arrays.mismatch(painted, file);
    if (at >= 0) {
      int pixel = at / Picture.BYTES;
      throw new IllegalStateException(
          "frame "
              + picture.frame()
              + " differs at column "
              + pixel % picture.width()
              + ", row "
              + pixel / picture.width()
              + " between its file and a plain loop");
    }
  }

  private String note(AtomicInteger written) {
    return "frames " + written + "/" + pictures.size();
  }
}
