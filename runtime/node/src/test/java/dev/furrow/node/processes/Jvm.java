package dev.furrow.node.processes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A JVM that a test has started, with what it printed. Ends with the test. */
final class Jvm implements AutoCloseable {

  private final Process process;
  private final List<String> lines = new ArrayList<>();

  private Jvm(Process process) {
    this.process = process;
    Thread reader = new Thread(this::read, "output-of-" + process.pid());
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts a main class with this JVM's class path. */
  static Jvm start(Class<?> main, List<String> options, String... arguments) {
    return start(System.getProperty("java.class.path"), main, options, arguments);
  }

  static Jvm start(String classPath, Class<?> main, List<String> options, String... arguments) {
    return start(Map.of(), classPath, main, options, arguments);
  }

  static Jvm start(
      Map<String, String> environment,
      String classPath,
      Class<?> main,
      List<String> options,
      String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:+IgnoreUnrecognizedVMOptions");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("-Xmx256m");
    command.add("-XX:TieredStopAtLevel=1"); // half the processor time of a start goes to the other
    command.addAll(options);
    command.add("-cp");
    command.add(classPath);
    command.add(main.getName());
    command.addAll(List.of(arguments));
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().putAll(environment);
      return new Jvm(builder.start());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void read() {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        synchronized (this) {
          lines.add(line);
          notifyAll();
        }
      }
    } catch (IOException gone) {
      synchronized (this) {
        lines.add("(its output broke off: " + gone + ")");
      }
    }
    synchronized (this) {
      notifyAll();
    }
  }

  /** Waits for a line that begins so, and answers the rest of it. */
  synchronized String awaitLine(String beginning, Duration limit) throws InterruptedException {
    long until = System.nanoTime() + limit.toNanos();
    while (true) {
      Optional<String> found =
          lines.stream().filter(line -> line.startsWith(beginning)).findFirst();
      if (found.isPresent()) {
        return found.get().substring(beginning.length());
      }
      long left = until - System.nanoTime();
      if (left <= 0) {
        throw new AssertionError("no line '" + beginning + "…' within " + limit + " in:\n" + this);
      }
      wait(left / 1_000_000 + 1);
    }
  }

  /** Sends a signal, as {@code KILL} or {@code STOP}. */
  void signal(String name) throws IOException, InterruptedException {
    signal(process.pid(), name);
  }

  static void signal(long pid, String name) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).inheritIO().start();
    if (kill.waitFor() != 0) {
      throw new AssertionError("kill -" + name + " " + pid + " failed");
    }
  }

  long pid() {
    return process.pid();
  }

  int awaitExit(Duration limit) throws InterruptedException {
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError(
          "process " + process.pid() + " runs on after " + limit + ":\n" + this);
    }
    return process.exitValue();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  @Override
  public synchronized String toString() {
    return String.join("\n", lines);
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
