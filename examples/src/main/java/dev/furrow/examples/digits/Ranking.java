package dev.furrow.examples.digits;

import dev.furrow.examples.digits.Scoreboard.Standing;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Every model of a search, the best one first. */
public final class Ranking {

  private final List<Standing> standings;

  Ranking(List<Standing> standings) {
    this.standings = List.copyOf(standings);
  }

  List<Standing> standings() {
    return standings;
  }

  /** The best model and how well it reads, in a few words. */
  public String best() {
    return text(standings.get(0));
  }

  /**
   * Where another ranking first differs from this one, in order, model or any score; empty if it
   * does not.
   */
  public Optional<String> difference(Ranking other) {
    if (standings.size() != other.standings.size()) {
      return Optional.of(standings.size() + " models against " + other.standings.size());
    }
    for (int i = 0; i < standings.size(); i++) {
      Standing mine = standings.get(i);
      Standing theirs = other.standings.get(i);
      if (!mine.equals(theirs)) {
        return Optional.of("rank " + (i + 1) + " is " + text(mine) + " against " + text(theirs));
      }
    }
    return Optional.empty();
  }

  private static String text(Standing standing) {
    Config config = standing.config();
    return String.format(
        Locale.ROOT,
        "model %d (%d hidden, rate %s, batch %d, %.2f%%, loss %s)",
        standing.number(),
        config.hidden(),
        config.rate(),
        config.batch(),
        100 * standing.accuracy(),
        standing.loss());
  }
}
