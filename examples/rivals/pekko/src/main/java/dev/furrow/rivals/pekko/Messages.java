package dev.furrow.rivals.pekko;

import dev.furrow.examples.bench.kit.Work;

/** What crosses the wire, as CBOR by Jackson. */
final class Messages {

  private Messages() {}

  /** A task: its kind, and what that kind needs. */
  record Run(String kind, long number, int size) {

    static Run of(Work work) {
      if (work instanceof Work.NoOp noOp) {
        return new Run("n", noOp.number(), 0);
      }
      if (work instanceof Work.Sleep sleep) {
        return new Run("s", 0, sleep.millis());
      }
      if (work instanceof Work.MonteCarlo monteCarlo) {
        return new Run("m", monteCarlo.seed(), monteCarlo.points());
      }
      return new Run("p", 0, 0);
    }

    long call() throws Exception {
      return switch (kind) {
        case "n" -> new Work.NoOp(number).call();
        case "s" -> new Work.Sleep(size).call();
        case "m" -> new Work.MonteCarlo(number, size).call();
        default -> new Work.ProcessId().call();
      };
    }
  }

  /** What a task came to. */
  record Result(long value) {}
}
