package dev.furrow.examples.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path examples;

  private int run(String... args) {
    return Bench.run(
        new Places(examples.resolve("target").resolve("classes")),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        args);
  }

  @Test
  void shouldEndWithStatusTwoWhenAnArgumentIsWrong() {
    assertThat(run("--nonsense")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("bench: unknown argument");
    assertThat(out.size()).isZero();
  }

  @Test
  void shouldSayHowToBuildARivalThatIsAskedForAndIsNotThere() {
    assertThat(run("--rivals", "hazelcast")).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("rival 'hazelcast' is not built")
        .contains("mvn -q compile -Drun=bench -Privals -Dargs=\"--rivals hazelcast\"");
  }

  @Test
  void shouldPrintUsageAloneWhenAskedForHelp() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8).strip()).isEqualTo(Arguments.USAGE);
  }

  @Test
  void shouldPutTheSharedPartOfTodayBeforeARivalsOwnClasses() throws Exception {
    Path target = examples.resolve("rivals").resolve("hazelcast").resolve("target");
    Files.createDirectories(target);
    Files.writeString(target.resolve("class-path.txt"), "hazelcast.jar\n");
    Path classes = examples.resolve("target").resolve("classes");
    assertThat(new Places(classes).classPath(Contender.HAZELCAST).split(File.pathSeparator))
        .containsExactly(classes.toString(), target.resolve("classes").toString(), "hazelcast.jar");
  }

  @Test
  void shouldGiveARivalsJvmsTheOptionsBesideItsPom() throws Exception {
    Path module = examples.resolve("rivals").resolve("hazelcast");
    Files.createDirectories(module);
    Places places = new Places(examples.resolve("target").resolve("classes"));
    assertThat(places.jvmOptions(Contender.HAZELCAST)).isEmpty();
    Files.writeString(module.resolve("jvm.options"), "# why\n-Da=b\n\n-Dc=d\n");
    assertThat(places.jvmOptions(Contender.HAZELCAST)).containsExactly("-Da=b", "-Dc=d");
    assertThat(places.jvmOptions(Contender.HAZELCAST_REPLICATED)).containsExactly("-Da=b", "-Dc=d");
  }
}
