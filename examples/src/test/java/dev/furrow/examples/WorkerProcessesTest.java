package dev.furrow.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledOnOs(OS.LINUX)
class WorkerProcessesTest {

  private static final int SIGKILLED = 128 + 9;
  private static final String MAIN = Waits.class.getName();

  /** Lives until its standard input ends. */
  static final class Waits {

    private Waits() {}

    public static void main(String[] args) throws IOException {
      int unused = System.in.read();
    }
  }

  private static Process start(int moreOfClassPath) throws IOException {
    String classPath =
        System.getProperty("java.class.path")
            + (File.pathSeparator + "no-such-library.jar").repeat(moreOfClassPath);
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            classPath,
            MAIN)
        .start();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1_000})
  void shouldKillOneProcessThatRunsTheClassHoweverLongItsCommandLine(int moreOfClassPath)
      throws Exception {
    Process child = start(moreOfClassPath);
    try {
      assertThat(WorkerProcesses.running(MAIN)).containsExactly(child.toHandle());
      assertThat(WorkerProcesses.killOne(MAIN)).contains(child.pid());
      assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(child.exitValue()).isEqualTo(SIGKILLED);
    } finally {
      child.destroyForcibly();
    }
  }

  @Test
  void shouldKillNothingWhenNoProcessRunsTheClass() throws IOException {
    Process child = start(0);
    try {
      assertThat(WorkerProcesses.killOne(WorkerProcesses.MAIN)).isEmpty();
      assertThat(child.isAlive()).isTrue();
    } finally {
      child.destroyForcibly();
    }
  }
}
