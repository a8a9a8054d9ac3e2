package dev.furrow.examples.service;

/**
 * An option that pays by how much the average price of a share was above a limit. There is no
 * formula for its price, which is why it is simulated (Kemna and Vorst, "A pricing method for
 * options based on average asset values", Journal of Banking and Finance 14, 1990).
 *
 * @param spot price of the share now; from above 0 to 1,000,000
 * @param strike the limit; as {@code spot}
 * @param rate interest without risk, a year; -1 to 1
 * @param volatility standard deviation of the share's logarithm, a year; from above 0 to 5
 * @param days of trade until the end, of which the average is taken; 1 to 2,520
 */
record AsianCall(double spot, double strike, double rate, double volatility, int days) {

  static final int DAYS_OF_A_YEAR = 252;

  AsianCall {
    require("spot", spot, spot > 0 && spot <= 1_000_000, "above 0 and at most 1000000");
    require("strike", strike, strike > 0 && strike <= 1_000_000, "above 0 and at most 1000000");
    require("rate", rate, Math.abs(rate) <= 1, "from -1 to 1");
    require("volatility", volatility, volatility > 0 && volatility <= 5, "above 0 and at most 5");
    require("days", days, days >= 1 && days <= 10 * DAYS_OF_A_YEAR, "from 1 to 2520");
  }

  /** Something was asked that is outside its bounds. */
  static final class OutOfBoundsException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    OutOfBoundsException(String message) {
      super(message);
    }
  }

  static void require(String name, Object value, boolean isRight, String bounds) {
    if (!isRight) {
      throw new OutOfBoundsException(name + " must be " + bounds + " (was " + value + ")");
    }
  }

  double years() {
    return (double) days / DAYS_OF_A_YEAR;
  }
}
