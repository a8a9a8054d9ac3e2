package dev.furrow.examples.soak;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts a trial in a JVM whose heap is bounded, and ends with its exit code. */
public final class Soak {

  private Soak() {}

  /**
   * Runs the trial that the command line names.
   *
   * @param args see {@code --help}
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    Arguments arguments;
    try {
      arguments = Arguments.parse(args);
    } catch (IllegalArgumentException wrong) {
      System.err.println(wrong.getMessage() + "\n\n" + Arguments.USAGE);
      System.exit(2);
      return;
    }
    if (arguments.help()) {
      System.out.println(Arguments.USAGE);
      return;
    }
    System.exit(fork(arguments.heap(), args));
  }

  private static int fork(String heap, String... args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx" + heap);
    command.add("-XX:+ExitOnOutOfMemoryError");
    command.add("-XX:+IgnoreUnrecognizedVMOptions");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Trials.class.getName());
    command.addAll(List.of(args));
    Process trial = new ProcessBuilder(command).inheritIO().start();
    Runtime.getRuntime().addShutdownHook(new Thread(trial::destroy, "end-trial"));
    return trial.waitFor();
  }
}
