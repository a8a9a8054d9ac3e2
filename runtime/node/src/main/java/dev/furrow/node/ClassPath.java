package dev.furrow.node;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * A class path, split into jars, whose classes an archive can hold, and the rest: folders, whose
 * classes it cannot.
 *
 * @param text as the JVM was given it
 * @param jars files, in order
 * @param rest everything else, in order
 * @param mixed something of the rest comes before a jar
 */
record ClassPath(String text, List<Path> jars, List<Path> rest, boolean mixed) {

  static ClassPath of(String text) {
    List<Path> jars = new ArrayList<>();
    List<Path> rest = new ArrayList<>();
    boolean mixed = false;
    for (String entry : text.split(File.pathSeparator, -1)) {
      Path path = Path.of(entry.isEmpty() ? "." : entry);
      if (Files.isRegularFile(path)) {
        jars.add(path);
        mixed |= !rest.isEmpty();
      } else {
        rest.add(path);
      }
    }
    return new ClassPath(text, List.copyOf(jars), List.copyOf(rest), mixed);
  }

  /** The jars alone. */
  String jarsAlone() {
    return joined(jars.stream());
  }

  /** The jars before the rest, as the JVM asks it of whoever uses an archive of jars. */
  String jarsFirst() {
    return mixed ? joined(Stream.concat(jars.stream(), rest.stream())) : text;
  }

  private static String joined(Stream<Path> entries) {
    return String.join(File.pathSeparator, entries.map(Path::toString).toList());
  }

  /**
   * What tells this JVM and these jars, as they are now, from all others.
   *
   * @throws IOException a jar cannot be looked at
   */
  String key() throws IOException {
    StringBuilder all = new StringBuilder();
    for (String name : List.of("java.home", "java.vm.name", "java.vm.version", "os.arch")) {
      all.append(System.getProperty(name)).append('\n');
    }
    for (Path jar : jars) {
      BasicFileAttributes now = Files.readAttributes(jar, BasicFileAttributes.class);
      all.append(jar.toAbsolutePath()).append('|').append(now.size()).append('|');
      all.append(now.lastModifiedTime()).append('\n');
    }
    return HexFormat.of().toHexDigits(JarNames.hash(all));
  }
}
