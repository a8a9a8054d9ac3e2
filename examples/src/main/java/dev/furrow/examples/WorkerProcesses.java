package dev.furrow.examples;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the worker processes that this program has started. */
public final class WorkerProcesses {

  /** What a worker's JVM runs. */
  public static final String MAIN = "dev.furrow.node.Main";

  private WorkerProcesses() {}

  /**
   * The JVMs beneath this process that run a class, ordered by process id.
   *
   * @param mainClass the class's full name
   */
  static List<ProcessHandle> running(String mainClass) {
    return ProcessHandle.current()
        .descendants()
        .filter(ProcessHandle::isAlive)
        .filter(process -> commandLine(process).contains(mainClass))
        .sorted(Comparator.comparingLong(ProcessHandle::pid))
        .toList();
  }

  /**
   * Kills one of the processes that {@link #running} finds, so that it can tidy nothing up: SIGKILL
   * where there are signals.
   *
   * @param mainClass the class's full name
   * @return its process id; nothing if there was no such process to kill
   */
  public static Optional<Long> killOne(String mainClass) {
    return running(mainClass).stream()
        .filter(ProcessHandle::destroyForcibly)
        .map(ProcessHandle::pid)
        .findFirst();
  }

  /**
   * Kills one of this program's workers in the same way.
   *
   * @param otherwise what to do where there is none, for the message
   * @return its process id
   * @throws IllegalStateException there is none
   */
  public static long killWorker(String otherwise) {
    return killOne(MAIN)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "found no process of " + MAIN + " beneath this one to kill: " + otherwise));
  }

  /**
   * A process's command line. Java cuts it at one page of memory, which a long class path fills,
   * and then gives no arguments at all; Linux has the whole of it in a file.
   */
  private static List<String> commandLine(ProcessHandle process) {
    return process.info().arguments().map(List::of).orElseGet(() -> procCommandLine(process.pid()));
  }

  private static List<String> procCommandLine(long pid) {
    try {
      byte[] text = Files.readAllBytes(Path.of("/proc", Long.toString(pid), "cmdline"));
      return Arrays.asList(new String(text, StandardCharsets.UTF_8).split("\0"));
    } catch (IOException e) {
      return List.of(); // the process has just ended, or this system has no such file
    }
  }
}
