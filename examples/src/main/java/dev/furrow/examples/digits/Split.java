package dev.furrow.examples.digits;

import java.util.Random;
import java.util.stream.IntStream;

/**
 * Which images to learn from and which to be judged on. The images that are held out for the end
 * are the same in every run, whatever its seed, and no search ever sees them.
 */
final class Split {

  /** Images held out for the end: one in five. */
  private static final int HELD_OUT = 5;

  private static final long SEED = 28L * 28L;

  private final int[] learn;
  private final int[] judge;

  /** Takes over both arrays of image numbers. */
  Split(int[] learn, int[] judge) {
    this.learn = learn;
    this.judge = judge;
  }

  /** Images to learn from, in a fixed random order; a copy. */
  int[] learn() {
    return learn.clone();
  }

  /** Images to be judged on; a copy. */
  int[] judge() {
    return judge.clone();
  }

  /**
   * Everything but the images held out, to learn from; those held out, to be judged on.
   *
   * @param size images in all
   */
  static Split whole(int size) {
    int[] order = shuffled(IntStream.range(0, size).toArray(), new Random(SEED));
    int heldOut = size / HELD_OUT;
    return new Split(
        IntStream.range(heldOut, size).map(i -> order[i]).toArray(),
        IntStream.range(0, heldOut).map(i -> order[i]).toArray());
  }

  /**
   * One fold of the images to learn from; those held out for the end are in neither part.
   *
   * @param size images in all
   * @param fold from 0
   * @param folds at least 2
   */
  static Split fold(int size, int fold, int folds) {
    int[] all = whole(size).learn();
    return new Split(
        IntStream.range(0, all.length).filter(i -> i % folds != fold).map(i -> all[i]).toArray(),
        IntStream.range(0, all.length).filter(i -> i % folds == fold).map(i -> all[i]).toArray());
  }

  /** Shuffles in place (Durstenfeld, "Algorithm 235: Random Permutation", CACM 7(7), 1964). */
  static int[] shuffled(int[] numbers, Random random) {
    for (int i = numbers.length - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      int kept = numbers[i];
      numbers[i] = numbers[other];
      numbers[other] = kept;
    }
    return numbers;
  }
}
