package dev.furrow.examples.bench;

import dev.furrow.examples.bench.kit.Figure;
import dev.furrow.examples.bench.kit.Measure;
import dev.furrow.examples.bench.kit.Row;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Timer;
import java.util.TimerTask;

/**
 * One life of a driver's process, which measures some rows of one contender.
 *
 * @param contender who is measured
 * @param rows rows of one shape
 * @param arguments its sizes
 */
record DriverRun(Contender contender, List<Row> rows, Arguments arguments) {

  private static final long LIMIT_MILLIS = 600_000;

  /**
   * Runs it to its end.
   *
   * @param places where its classes are
   * @param log gets its standard error
   * @return its figures
   * @throws IOException it did not come to its end, or printed fewer figures than it should; says
   *     where its log is
   */
  List<Figure> figures(Places places, Path log) throws IOException, InterruptedException {
    Files.createDirectories(log.toAbsolutePath().getParent());
    Files.createDirectories(places.temporary());
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command(places))
            .redirectError(ProcessBuilder.Redirect.to(log.toFile()))
            .start();
    Timer limit = new Timer("limit", true);
    limit.schedule(killing(process), LIMIT_MILLIS);
    List<Figure> figures = new ArrayList<>();
    boolean done = false;
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      String line = output.readLine();
      while (line != null && !line.equals(Figure.DONE)) {
        if (line.equals(Figure.READY) && rows.contains(Row.START)) {
          figures.add(new Figure(Measure.START, (System.nanoTime() - start) / 1e9));
        }
        Figure.parse(line).ifPresent(figures::add);
        line = output.readLine();
      }
      done = line != null;
    } finally {
      limit.cancel();
      kill(process);
    }
    check(done, figures, log);
    return figures;
  }

  private List<String> command(Places places) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xms256m", "-Xmx" + arguments.heapGib() + "g"));
    command.add(contender.kept().jvmOption());
    command.add("-Djava.io.tmpdir=" + places.temporary());
    command.add("-XX:+IgnoreUnrecognizedVMOptions");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.addAll(places.jvmOptions(contender));
    command.addAll(List.of("-cp", places.classPath(contender), contender.mainClass()));
    command.add(arguments.quick() ? "quick" : "full");
    command.add(Integer.toString(arguments.entries()));
    rows.forEach(row -> command.add(row.key()));
    return command;
  }

  private void check(boolean done, List<Figure> figures, Path log) throws IOException {
    if (!done) {
      throw new IOException(contender.title() + ": its driver failed; " + log + " says why");
    }
    for (Row row : rows) {
      if (figures.stream().noneMatch(figure -> figure.measure().row() == row)) {
        throw new IOException(
            contender.title() + ": no figure for " + row.key() + "; " + log + " says more");
      }
    }
  }

  private static TimerTask killing(Process process) {
    return new TimerTask() {
      @Override
      public void run() {
        kill(process);
      }
    };
  }

  /** Kills the driver, so that it replaces no worker, then all its workers; waits for that. */
  private static void kill(Process process) {
    List<ProcessHandle> workers = process.descendants().toList();
    process.destroyForcibly().onExit().join();
    workers.forEach(ProcessHandle::destroyForcibly);
    workers.forEach(worker -> worker.onExit().join());
  }
}
