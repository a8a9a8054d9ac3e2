package dev.furrow.node.processes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.furrow.Furrow;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers with a class archive: made at the first start, used by later ones, never trusted. */
class ClassArchiveStartTest {

  private static final String CLASS = "org.apache.pekko.cluster.Cluster ";

  @TempDir Path temp;

  @Test
  void shouldMakeAnArchiveOnceUseItAndStartWithoutItWhenItIsDamaged() throws Exception {
    assertThat(sourcesOfAStart("first")).allMatch(line -> line.contains(".jar"));
    Cluster.await(() -> files(".lines").isEmpty() && !files(".jsa").isEmpty(), this::toString);
    assertThat(files("")).allMatch(file -> file.toString().matches(".*\\.(jsa|names)"));
    Path archive = files(".jsa").get(0);
    Object made = identity(archive);

    assertThat(sourcesOfAStart("second")).allMatch(line -> line.contains("shared objects file"));
    assertThat(files(".jsa")).containsExactly(archive);
    assertThat(identity(archive)).isEqualTo(made);

    damage(archive, Files.size(archive) / 2);
    assertThat(sourcesOfAStart("damaged")).allMatch(line -> line.contains(".jar"));
    damage(archive, 0);
    assertThat(sourcesOfAStart("no-archive")).allMatch(line -> line.contains(".jar"));
  }

  /** Starts two workers, has each run something, and answers where they took a class from. */
  private List<String> sourcesOfAStart(String name) throws Exception {
    Path log = temp.resolve(name + "-%p.log");
    try (Furrow furrow =
        Furrow.builder()
            .workers(2)
            .slots(1)
            .set("furrow.workers.class-archive", temp.resolve("archives").toString())
            .set("furrow.workers.jvm-options", List.of("-Xmx256m", "-Xlog:class+load:file=" + log))
            .start()) {
      assertThat(furrow.submit(new Tasks.Slow(7, 1)).join()).isEqualTo(7);
    }
    try (Stream<Path> logs = Files.list(temp)) {
      List<String> sources =
          logs.filter(file -> file.getFileName().toString().startsWith(name))
              .flatMap(ClassArchiveStartTest::lines)
              .filter(line -> line.contains(" " + CLASS))
              .toList();
      assertThat(sources).hasSize(2);
      return sources;
    }
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException failed) {
      throw new java.io.UncheckedIOException(failed);
    }
  }

  private List<Path> files(String ending) {
    try (Stream<Path> all = Files.list(temp.resolve("archives"))) {
      return all.filter(file -> file.toString().endsWith(ending)).toList();
    } catch (IOException failed) {
      throw new java.io.UncheckedIOException(failed);
    }
  }

  private static Object identity(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  private static void damage(Path file, long at) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    byte[] noise = new byte[100_000];
    Arrays.fill(noise, (byte) 0x5a);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(noise), at);
    }
  }

  @Override
  public String toString() {
    return files("").toString();
  }
}
