package dev.furrow.node;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where class archives are kept. A JVM believes what an archive says, so whoever can write one runs
 * code as its reader: the folder and what is read from it must be this user's alone.
 */
final class ArchiveFolder {

  private static final Set<PosixFilePermission> OTHERS =
      PosixFilePermissions.fromString("----w--w-");
  private static final int KEY = 16;

  /** Of the files that belong to class archives; others may lie in the same folder. */
  private static final Pattern NAME = Pattern.compile("[0-9a-f]{" + KEY + "}\\..*");

  /** How the names end that outlive the driver which wrote them. */
  private static final List<String> LASTING = List.of(ClassArchive.ARCHIVE, ClassArchive.NAMES);

  private static final int KEPT = 4;
  private static final Duration STALE = Duration.ofHours(1);

  private final Path folder;
  private final UserPrincipal me;

  private ArchiveFolder(Path folder, UserPrincipal me) {
    this.folder = folder;
    this.me = me;
  }

  /**
   * Creates the folder if there is none.
   *
   * @throws IOException it cannot be created, or others than this user can write to it
   */
  static ArchiveFolder open(Path folder) throws IOException {
    UserPrincipal me =
        folder
            .getFileSystem()
            .getUserPrincipalLookupService()
            .lookupPrincipalByName(System.getProperty("user.name"));
    ArchiveFolder opened = new ArchiveFolder(folder, me);
    opened.create();
    if (!opened.isMine(folder) || !Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(
          folder + " must be a folder of " + me + " to which nobody else can write");
    }
    return opened;
  }

  private void create() throws IOException {
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Path parent = folder.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    try {
      if (posix()) {
        Files.createDirectory(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      } else {
        Files.createDirectory(folder);
      }
    } catch (FileAlreadyExistsException other) {
      // Another driver was first; what it is gets checked.
      return;
    }
  }

  private boolean posix() {
    return folder.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  /** Whether there is a file of this name that can be trusted. */
  boolean holds(String name) {
    Path file = file(name);
    try {
      return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && isMine(file);
    } catch (IOException gone) {
      return false;
    }
  }

  private boolean isMine(Path path) throws IOException {
    if (!posix()) {
      return me.equals(Files.getOwner(path, LinkOption.NOFOLLOW_LINKS));
    }
    PosixFileAttributes now =
        Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    return now.owner().equals(me) && now.permissions().stream().noneMatch(OTHERS::contains);
  }

  /** Gives a file its final name, at once and whole. */
  void rename(Path from, String to) throws IOException {
    Files.move(from, file(to), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Writes a file, at once and whole. */
  void write(String name, byte[] content) throws IOException {
    Path whole = Files.createTempFile(folder, name, ".tmp");
    Files.write(whole, content);
    rename(whole, name);
  }

  /** Notes that a file is in use, so that it is kept. */
  void touch(String name) throws IOException {
    Files.setLastModifiedTime(file(name), FileTime.from(Instant.now()));
  }

  /** Deletes archives that were not used for longest, and what their makers left behind. */
  void prune() throws IOException {
    List<Path> ours;
    try (Stream<Path> all = Files.list(folder)) {
      ours = all.filter(file -> NAME.matcher(file.getFileName().toString()).matches()).toList();
    }
    Set<String> kept =
        ours.stream()
            .filter(file -> file.toString().endsWith(ClassArchive.ARCHIVE))
            .sorted(Comparator.comparing(ArchiveFolder::lastUse).reversed())
            .limit(KEPT)
            .map(ArchiveFolder::key)
            .collect(Collectors.toSet());
    Instant stale = Instant.now().minus(STALE);
    for (Path file : ours) {
      boolean lasting = LASTING.stream().anyMatch(file.toString()::endsWith);
      if (!(lasting && kept.contains(key(file))) && lastUse(file).isBefore(stale)) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static String key(Path file) {
    return file.getFileName().toString().substring(0, KEY);
  }

  private static Instant lastUse(Path file) {
    try {
      return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).toInstant();
    } catch (IOException gone) {
      return Instant.now();
    }
  }
}
