package dev.furrow.node;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How the JVM of a worker is started: its command, and where its output goes. */
final class WorkerJvm {

  private final Path java;
  private final List<String> options;
  private final ClassArchive archive;

  /**
   * @param java the program to run
   * @param options the user's own, after those that Furrow gives
   * @param count how many workers share the machine's memory
   * @param archive of the classes that workers load
   */
  WorkerJvm(Path java, List<String> options, int count, ClassArchive archive) {
    this.java = java;
    this.archive = archive;
    List<String> all = new ArrayList<>();
    all.add("-XX:+IgnoreUnrecognizedVMOptions");
    all.add("--sun-misc-unsafe-memory-access=allow");
    all.add("-XX:+ExitOnOutOfMemoryError");
    all.add("-XX:MaxRAMPercentage=" + Math.max(5, 50 / count));
    all.addAll(inherited());
    all.addAll(options);
    this.options = all;
  }

  /** The program that runs this JVM. */
  static Path thisJava() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  /** Starts one; its standard input is a pipe, and what it prints goes to this JVM's terminal. */
  Process start() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    command.addAll(options);
    command.addAll(archive.options());
    command.add("-cp");
    command.add(archive.classPath());
    command.add(Main.class.getName());
    command.add(Main.FORKED);
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.INHERIT)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** One has ended. */
  void ended(int exitCode) {
    archive.ended(exitCode);
  }

  /** What the driver's JVM was allowed that its tasks may need. */
  private static List<String> inherited() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(
            option ->
                option.startsWith("--add-")
                    || option.equals("--enable-preview")
                    || option.startsWith("--enable-native-access"))
        .toList();
  }
}
