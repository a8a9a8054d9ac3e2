package dev.furrow.examples.bench.kit;

/**
 * What a figure is to reach.
 *
 * @param better which figures are better
 * @param value where the aim is met
 */
public record Aim(Direction better, double value) {

  /** Which way is better. */
  public enum Direction {
    /** The larger the better. */
    MORE,
    /** The smaller the better. */
    LESS,
    /** There is no aim. */
    NONE
  }

  /** {@return whether there is an aim} */
  public boolean exists() {
    return better != Direction.NONE;
  }

  /**
   * Compares a figure with the aim.
   *
   * @param figure what was measured
   * @return whether it is as good as the aim or better
   */
  public boolean met(double figure) {
    return switch (better) {
      case MORE -> figure >= value;
      case LESS -> figure <= value;
      case NONE -> true;
    };
  }

  /** {@return the comparison that the aim is, as {@code >=}; empty without an aim} */
  public String sign() {
    return switch (better) {
      case MORE -> ">=";
      case LESS -> "<=";
      case NONE -> "";
    };
  }
}
