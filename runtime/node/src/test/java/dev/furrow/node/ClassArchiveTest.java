package dev.furrow.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.furrow.config.FurrowConfig;
import dev.furrow.config.NodeSettings;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which archive a worker is told to use, and when none. */
final class ClassArchiveTest {

  private static final String USE = "-XX:SharedArchiveFile=";
  private static final String RECORD = "-XX:DumpLoadedClassList=";

  @TempDir Path temp;

  private Path folder;
  private Path jar;

  @BeforeEach
  void writeAJar() throws IOException {
    folder = temp.resolve("archives");
    jar = jar("library.jar", "com/acme/Used.class", "acme.properties", "META-INF/services/x");
  }

  @Test
  void shouldHaveOneWorkerWriteDownItsClassesWhenThereIsNoArchive() throws IOException {
    ClassArchive archive = archive(jar.toString());

    assertThat(archive.options()).singleElement().asString().startsWith(RECORD + folder);
    assertThat(archive.options()).isEmpty();
    assertThat(Files.getPosixFilePermissions(folder))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void shouldUseTheArchiveOfTheClassPathUntilAJarOfItChanges() throws IOException {
    Path file = archiveOf(jar.toString());

    assertThat(archive(jar.toString()).options()).contains(USE + file);
    assertThat(archive(jar + File.pathSeparator + jar("other.jar", "a")).options())
        .doesNotContain(USE + file);

    Files.setLastModifiedTime(jar, FileTime.from(Instant.EPOCH));
    assertThat(archive(jar.toString()).options()).singleElement().asString().startsWith(RECORD);
  }

  @Test
  void shouldPutJarsFirstWhenNoFolderHoldsANameOfTheirs() throws IOException {
    Path classes = classes("com/acme/Other.class", "META-INF/services/x", "reference.conf");
    String mixed = classes + File.pathSeparator + jar;
    String sorted = jar + File.pathSeparator + classes;

    assertThat(archive(mixed).classPath()).isEqualTo(mixed);
    Path file = archiveOf(mixed);
    for (int start = 0; start < 2; start++) {
      assertThat(archive(mixed).classPath()).isEqualTo(sorted);
      assertThat(archive(mixed).options()).contains(USE + file);
    }
  }

  @Test
  void shouldKeepTheOrderAndUseNoArchiveWhenAFolderHoldsANameOfAJar() throws IOException {
    Path classes = classes("acme.properties");
    String mixed = classes + File.pathSeparator + jar;
    String sorted = jar + File.pathSeparator + classes;
    Path file = archiveOf(mixed);

    assertThat(archive(mixed).options()).isEmpty();
    assertThat(archive(mixed).classPath()).isEqualTo(mixed);
    assertThat(archive(sorted).options()).contains(USE + file);
  }

  @Test
  void shouldUseNoArchiveWhenOthersCanWriteToTheFolder() throws IOException {
    archiveOf(jar.toString());
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));

    assertThat(archive(jar.toString()).options()).isEmpty();
  }

  @Test
  void shouldUseNoArchiveWhenTheFolderIsALink() throws IOException {
    archiveOf(jar.toString());
    Files.move(folder, temp.resolve("elsewhere"));
    Files.createSymbolicLink(folder, temp.resolve("elsewhere"));

    assertThat(archive(jar.toString()).options()).isEmpty();
  }

  @Test
  void shouldUseNoArchiveThatOthersCanWriteOrOwn() throws IOException {
    Path file = archiveOf(jar.toString());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-r--"));
    assertThat(archive(jar.toString()).options()).doesNotContain(USE + file);

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(archive(jar.toString()).options()).contains(USE + file);
    giveAway(file);
    assertThat(archive(jar.toString()).options()).doesNotContain(USE + file);
    giveAway(folder);
    assertThat(archive(jar.toString()).options()).isEmpty();
  }

  @Test
  void shouldLeaveTheChoiceToTheUser() throws IOException {
    archiveOf(jar.toString());

    assertThat(archive(jar.toString(), Map.of("furrow.workers.class-archive", "off")).options())
        .isEmpty();
    assertThat(
            archive(jar.toString(), Map.of("furrow.workers.jvm-options", "-Xshare:off")).options())
        .isEmpty();
  }

  @Test
  void shouldUseNoArchiveAfterAWorkerHasCrashed() throws IOException {
    Path file = archiveOf(jar.toString());
    ClassArchive archive = archive(jar.toString());

    archive.ended(137);
    assertThat(archive.options()).contains(USE + file);
    archive.ended(134);
    assertThat(archive.options()).isEmpty();
  }

  @Test
  void shouldNotMakeAnArchiveTwiceAtOnceNorAgainAfterAFailure() throws IOException {
    Path part = Files.createFile(sibling(archiveOf(jar.toString()), ".part"));
    Files.delete(sibling(part, ".jsa"));
    assertThat(archive(jar.toString()).options()).isEmpty();

    Files.setLastModifiedTime(part, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
    assertThat(archive(jar.toString()).options()).singleElement().asString().startsWith(RECORD);

    Files.createFile(sibling(part, ".failed"));
    assertThat(archive(jar.toString()).options()).isEmpty();
  }

  @Test
  void shouldKeepTheArchivesUsedLastAndWhatIsNotOurs() throws IOException {
    ArchiveFolder kept = ArchiveFolder.open(folder);
    for (int age = 1; age <= 6; age++) {
      old("000000000000000" + age + ".jsa", age);
      old("000000000000000" + age + ".names", age);
    }
    old("0000000000000001.77.list", 9);
    old("notes.txt", 9);

    kept.prune();

    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "0000000000000001.jsa",
              "0000000000000001.names",
              "0000000000000002.jsa",
              "0000000000000002.names",
              "0000000000000003.jsa",
              "0000000000000003.names",
              "0000000000000004.jsa",
              "0000000000000004.names",
              "notes.txt");
    }
  }

  private void old(String name, int days) throws IOException {
    Path file = Files.createFile(folder.resolve(name));
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofDays(days))));
  }

  /** Only root can do this. */
  private static void giveAway(Path file) throws IOException {
    UserPrincipal nobody;
    try {
      nobody = file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
      Files.setOwner(file, nobody);
    } catch (IOException notRoot) {
      assumeTrue(false, "needs root: " + notRoot);
    }
  }

  /** Puts a file where the archive of a class path is looked for. */
  private Path archiveOf(String classPath) throws IOException {
    ArchiveFolder.open(folder);
    return Files.createFile(folder.resolve(ClassPath.of(classPath).key() + ClassArchive.ARCHIVE));
  }

  private static Path sibling(Path file, String ending) {
    String name = file.getFileName().toString();
    return file.resolveSibling(name.substring(0, name.lastIndexOf('.')) + ending);
  }

  private ClassArchive archive(String classPath) {
    return archive(classPath, Map.of("furrow.workers.class-archive", folder.toString()));
  }

  private static ClassArchive archive(String classPath, Map<String, Object> settings) {
    NodeSettings read = NodeSettings.from(FurrowConfig.load("workers", settings));
    return ClassArchive.of(read.workers(), classPath);
  }

  private Path jar(String name, String... entries) throws IOException {
    Path file = temp.resolve(name);
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out)) {
      for (String entry : List.of(entries)) {
        jar.putNextEntry(new ZipEntry(entry));
      }
    }
    return file;
  }

  private Path classes(String... files) throws IOException {
    Path classes = Files.createDirectories(temp.resolve("classes"));
    for (String file : files) {
      Files.createDirectories(classes.resolve(file).getParent());
      Files.createFile(classes.resolve(file));
    }
    return classes;
  }
}
