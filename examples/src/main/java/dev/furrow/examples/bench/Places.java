package dev.furrow.examples.bench;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where things lie, found from where this program's own classes are.
 *
 * @param classes this program's classes
 */
record Places(Path classes) {

  /** Those of this program as Maven has built it. */
  static Places ofThisProgram() {
    try {
      return new Places(
          Path.of(Places.class.getProtectionDomain().getCodeSource().getLocation().toURI()));
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the place of this program's classes is no file", e);
    }
  }

  /** The folder of what a run leaves behind. */
  Path output() {
    return classes.resolveSibling("bench");
  }

  /** The folder for what drivers leave behind when they are killed. */
  Path temporary() {
    return output().resolve("temporary");
  }

  /** The folder of a rival's module. */
  private Path module(Contender rival) {
    return classes
        .resolveSibling("..")
        .normalize()
        .resolve("rivals")
        .resolve(rival.product().key());
  }

  /**
   * The class path of a contender's driver. The shared part of the benchmark comes first, so that a
   * rival that was built earlier does the same work.
   *
   * @throws IllegalArgumentException the rival was not built; says how to
   */
  String classPath(Contender contender) {
    if (!contender.rival()) {
      return System.getProperty("java.class.path");
    }
    Path target = module(contender).resolve("target");
    Path libraries = target.resolve("class-path.txt");
    if (!Files.isRegularFile(libraries)) {
      throw new IllegalArgumentException(
          "rival '"
              + contender.key()
              + "' is not built; build and run it with: mvn -q compile -Drun=bench -Privals"
              + " -Dargs=\"--rivals "
              + contender.key()
              + "\"");
    }
    return String.join(
        File.pathSeparator,
        classes.toString(),
        target.resolve("classes").toString(),
        lines(libraries).get(0));
  }

  /**
   * Options that a contender's JVMs need, one a line of a file beside its pom; # begins a comment.
   */
  List<String> jvmOptions(Contender contender) {
    Path options = module(contender).resolve("jvm.options");
    return contender.rival() && Files.isRegularFile(options) ? lines(options) : List.of();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new IllegalStateException(file + " cannot be read: " + e.getMessage(), e);
    }
  }
}
