package dev.furrow.actors.sim;

/** A run of the simulator found that something promised does not hold. */
final class PromiseBroken extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final long seed;

  PromiseBroken(long seed, String what, Throwable cause) {
    super(what + " (seed " + seed + "; replay with -Dfurrow.sim.seed=" + seed + ")", cause);
    this.seed = seed;
  }

  long seed() {
    return seed;
  }
}
