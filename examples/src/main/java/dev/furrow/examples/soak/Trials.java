package dev.furrow.examples.soak;

import dev.furrow.Furrow;

/** Runs one trial in this JVM; exit code 1 says that it did not end where it began. */
final class Trials {

  private Trials() {}

  public static void main(String[] args) throws Exception {
    Arguments arguments = Arguments.parse(args);
    int count = arguments.count();
    System.out.printf(
        "%s %,d, driver with a heap of at most %s%n%n",
        arguments.trial().name().toLowerCase(java.util.Locale.ROOT), count, arguments.heap());
    boolean well =
        arguments.trial() == Arguments.Trial.RECOVER ? Recover.run(count) : onWorker(arguments);
    System.out.println();
    System.out.println(well ? "passed" : "FAILED");
    System.exit(well ? 0 : 1);
  }

  private static boolean onWorker(Arguments arguments) throws Exception {
    int count = arguments.count();
    try (Furrow furrow = start(arguments)) {
      return switch (arguments.trial()) {
        case QUEUED -> Queued.run(furrow, count);
        case STREAM -> Streamed.run(furrow, count);
        case JOBS -> Jobs.run(furrow, count);
        case FAIR -> Fair.run(furrow, count);
        case RECOVER -> throw new IllegalStateException("it has no worker");
      };
    }
  }

  private static Furrow start(Arguments arguments) {
    boolean queued = arguments.trial() == Arguments.Trial.QUEUED;
    Furrow.Builder builder = Furrow.builder().workers(1).slots(queued ? 1 : 2);
    if (queued) {
      builder.set("furrow.submit.max-tasks", arguments.count() + 1_000);
    } else if (arguments.trial() == Arguments.Trial.JOBS) {
      // So little that some jobs' results go to files.
      builder.set("furrow.results.memory", "64KiB");
    }
    return builder.start();
  }
}
