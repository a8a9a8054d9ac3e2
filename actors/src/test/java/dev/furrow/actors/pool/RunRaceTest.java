package dev.furrow.actors.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs {@link RunRaces} under jcstress, in JVMs of its own. They are compiled here once more, since
 * jcstress's annotation processor writes what it runs, next to nothing but the class under test:
 * jcstress looks at every class of its class path.
 */
class RunRaceTest {

  private static final Path SOURCE =
      Path.of("src", "test", "java", "dev", "furrow", "actors", "pool", "RunRaces.java");

  @Test
  void shouldNeverLoseOrDoubleAnEntryWhenThreadAndPoolRace(@TempDir Path folder) throws Exception {
    compile(folder);
    Path log = folder.resolve("log.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                folder + File.pathSeparator + libraries(),
                "org.openjdk.jcstress.Main",
                "-t",
                "RunRaces",
                "-m",
                "quick",
                "-f",
                "1",
                "-iters",
                "2",
                "-time",
                "100",
                "-sc",
                "false",
                "-c",
                "2",
                "-jvmArgs",
                "-Xmx512m",
                "-r",
                folder.toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertThat(process.waitFor(180, TimeUnit.SECONDS)).as("jcstress ended in time").isTrue();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    assertThat(Files.readString(log))
        .contains("Failed tests: No matches", "Error tests: No matches")
        .contains("All remaining tests: 4 matching");
  }

  private static void compile(Path folder) throws Exception {
    Path under = folder.resolve("dev/furrow/actors/pool/Run.class");
    Files.createDirectories(under.getParent());
    try (InputStream in = Run.class.getResourceAsStream("Run.class")) {
      assertThat(in).isNotNull();
      assertThat(Files.copy(in, under)).isPositive();
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    assertThat(compiler).as("a JDK").isNotNull();
    List<String> options =
        List.of(
            "-proc:full",
            "-d",
            folder.toString(),
            "-cp",
            folder + File.pathSeparator + libraries(),
            SOURCE.toString());
    boolean old = Runtime.version().feature() < 21;
    assertThat(
            compiler.run(
                null, null, null, options.stream().skip(old ? 1 : 0).toArray(String[]::new)))
        .isZero();
  }

  /** Where jcstress is, with what it needs. */
  private static String libraries() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(
            entry -> entry.matches(".*(jcstress-core|jopt-simple|jna|jna-platform)-[^/\\\\]*jar"))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
