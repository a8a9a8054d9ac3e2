package dev.furrow.node;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The names of all files in some jars, as hashes. Says whether folders hold one of them too: only
 * then does it matter which of the two a class path names first.
 */
final class JarNames {

  /** Folders with more files than this take too long to look through at every start. */
  private static final int MOST = 20_000;

  private final long[] sorted;

  private JarNames(long[] sorted) {
    this.sorted = sorted;
  }

  static JarNames of(List<Path> jars) throws IOException {
    LongStream.Builder hashes = LongStream.builder();
    for (Path jar : jars) {
      try (ZipFile zip = new ZipFile(jar.toFile())) {
        zip.stream()
            .filter(entry -> !entry.isDirectory())
            .map(ZipEntry::getName)
            .filter(JarNames::matters)
            .forEach(name -> hashes.add(hash(name)));
      }
    }
    return new JarNames(hashes.build().sorted().toArray());
  }

  /** From what {@link #bytes} gave. */
  static JarNames read(byte[] bytes) {
    long[] sorted = new long[bytes.length / Long.BYTES];
    ByteBuffer.wrap(bytes).asLongBuffer().get(sorted);
    return new JarNames(sorted);
  }

  byte[] bytes() {
    ByteBuffer bytes = ByteBuffer.allocate(sorted.length * Long.BYTES);
    bytes.asLongBuffer().put(sorted);
    return bytes.array();
  }

  /** Whether a folder holds a name of the jars, or too many to look at them all. */
  boolean clash(List<Path> folders) throws IOException {
    Search search = new Search();
    for (Path folder : folders) {
      search.root = folder;
      if (Files.isDirectory(folder)) {
        Files.walkFileTree(folder, search);
      }
    }
    return search.found || search.seen > MOST;
  }

  /**
   * Files of these names are in many jars and are looked up everywhere: services and the like, and
   * the settings of libraries, which are merged.
   */
  private static boolean matters(String name) {
    return !name.startsWith("META-INF/")
        && !name.equals("reference.conf")
        && !name.equals("module-info.class");
  }

  /** FNV-1a with 64 bits. */
  static long hash(CharSequence text) {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
    }
    return hash;
  }

  private final class Search extends SimpleFileVisitor<Path> {

    private Path root = Path.of("");
    private boolean found;
    private int seen;

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      String name = root.relativize(file).toString().replace('\\', '/');
      found |= matters(name) && Arrays.binarySearch(sorted, hash(name)) >= 0;
      seen++;
      return found || seen > MOST ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
    }
  }
}
