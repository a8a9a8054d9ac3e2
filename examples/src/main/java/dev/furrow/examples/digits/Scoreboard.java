package dev.furrow.examples.digits;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Gathers scores, in whatever order they come, and ranks the models that were judged on every fold:
 * most images correct first; among equals the smaller loss, then the model that was drawn first.
 * For use by many threads.
 */
final class Scoreboard {

  private static final Comparator<Standing> BEST_FIRST =
      Comparator.comparingInt(Standing::correct)
          .reversed()
          .thenComparingDouble(Standing::loss)
          .thenComparingInt(Standing::number);

  private final List<Config> configs;
  private final int folds;
  private final @Nullable FoldScore[] scores;
  private Optional<Standing> best = Optional.empty();

  /** A board for the tasks of {@link FitFold#each}. */
  Scoreboard(List<Config> configs, int folds) {
    this.configs = List.copyOf(configs);
    this.folds = folds;
    this.scores = new FoldScore[configs.size() * folds];
  }

  /**
   * A model that was judged on every fold.
   *
   * @param number the model's place in the draw, from 1
   * @param config the model
   * @param folds one score a fold
   */
  record Standing(int number, Config config, List<FoldScore> folds) {

    /** Images read as what they show, over all folds. */
    int correct() {
      return folds.stream().mapToInt(FoldScore::correct).sum();
    }

    /** Correct ones, from 0 to 1, over all folds. */
    double accuracy() {
      return (double) correct() / folds.stream().mapToInt(FoldScore::total).sum();
    }

    /** The mean loss of the folds. */
    double loss() {
      double sum = 0;
      for (FoldScore score : folds) {
        sum += score.loss();
      }
      return sum / folds.size();
    }
  }

  /**
   * Adds the score of one task.
   *
   * @param taskId the task's place in {@link FitFold#each}
   */
  synchronized void add(long taskId, FoldScore score) {
    int place = Objects.checkIndex(Math.toIntExact(taskId), scores.length);
    scores[place] = score;
    standing(place / folds)
        .filter(now -> best.isEmpty() || BEST_FIRST.compare(now, best.get()) < 0)
        .ifPresent(now -> best = Optional.of(now));
  }

  /** The best model so far, once one was judged on every fold. */
  synchronized Optional<Standing> best() {
    return best;
  }

  /** The models that were judged on every fold, the best one first. */
  synchronized List<Standing> ranking() {
    return IntStream.range(0, configs.size())
        .mapToObj(this::standing)
        .flatMap(Optional::stream)
        .sorted(BEST_FIRST)
        .toList();
  }

  private Optional<Standing> standing(int config) {
    List<FoldScore> row = new ArrayList<>(folds);
    for (FoldScore score : Arrays.asList(scores).subList(config * folds, (config + 1) * folds)) {
      if (score == null) {
        return Optional.empty();
      }
      row.add(score);
    }
    return Optional.of(new Standing(config + 1, configs.get(config), List.copyOf(row)));
  }
}
