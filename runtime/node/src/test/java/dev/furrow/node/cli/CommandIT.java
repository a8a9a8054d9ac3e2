package dev.furrow.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that runs the command line from the sources, with the jars of this build. */
final class CommandIT {

  /** What would add classes, or lines to its output. */
  private static final Set<String> OPTIONS =
      Set.of("CLASSPATH", "JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS");

  @TempDir Path elsewhere;

  private record Ran(int code, String output) {}

  private Ran furrow(String... arguments) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>();
    line.add(Path.of("../../furrow").toRealPath().toString());
    line.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(line).directory(elsewhere.toFile()).redirectErrorStream(true);
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("FURROW_") || OPTIONS.contains(name));
    Process process = builder.start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    return new Ran(process.waitFor(), output);
  }

  @Test
  void shouldSayWhichVersionItIs() throws Exception {
    String version = System.getProperty("built.version");
    assertThat(furrow("--version")).isEqualTo(new Ran(0, "furrow " + version));
  }

  @Test
  void shouldMakeCertificatesThatTheDoctorFindsRight() throws Exception {
    assertThat(furrow("certs", "init")).satisfies(made -> assertThat(made.code()).isZero());
    Ran doctor =
        furrow(
            "doctor",
            "--set=furrow.tls.certificate=furrow-tls/tls.crt",
            "--set=furrow.tls.key=furrow-tls/tls.key",
            "--set=furrow.tls.authorities=furrow-tls/ca.crt");
    assertThat(doctor.output()).contains("ok    certificates: names [furrow]");
    assertThat(doctor.code()).isZero();
  }

  @Test
  void shouldEndWithTheStatusOfItsCommand() throws Exception {
    assertThat(furrow("nodes", "--url", "http://127.0.0.1:1"))
        .satisfies(
            failed -> {
              assertThat(failed.code()).isEqualTo(ExitCode.UNREACHABLE.code());
              assertThat(failed.output()).startsWith("furrow: no node answers at");
            });
  }
}
