package dev.furrow.examples.bench.kit;

import java.util.List;

/** How long tasks would take if nothing but the tasks took time. In milliseconds. */
public final class Ideal {

  private Ideal() {}

  /**
   * The bound that no schedule can beat: neither the slots' share of all work nor the longest task.
   *
   * @param millis each task's time
   * @param slots tasks that run at once
   * @return the larger of the two
   */
  public static double wall(List<Integer> millis, int slots) {
    double sum = millis.stream().mapToInt(Integer::intValue).sum();
    int longest = millis.stream().mapToInt(Integer::intValue).max().orElse(0);
    return Math.max(sum / slots, longest);
  }

  /**
   * Equal tasks, the first half on all slots and the second on those of all workers but one.
   *
   * @param tasks how many
   * @param millis each task's time
   * @param shape the workers before the loss
   * @return both halves' slot time, shared out
   */
  public static double wallWithLoss(int tasks, int millis, Shape shape) {
    double half = tasks / 2.0 * millis;
    return half / shape.slots() + half / (shape.slots() - shape.slotsEach());
  }
}
