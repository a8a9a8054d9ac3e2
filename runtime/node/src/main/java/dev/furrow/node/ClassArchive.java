package dev.furrow.node;

import dev.furrow.config.NodeSettings;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The archive of loaded classes (AppCDS) that the workers of one class path share: loading it takes
 * a worker half the time of loading the classes from their jars.
 *
 * <p>Where there is none, the first worker writes down which classes it loads, and when all workers
 * are there a JVM of the lowest priority makes the archive from that list; the next driver finds
 * it. That JVM is nobody's child: it takes some seconds and ends by itself, so that programs which
 * are shorter than that get their archive too. Whatever goes wrong, workers start without one.
 */
final class ClassArchive {

  static final String ARCHIVE = ".jsa";
  static final String NAMES = ".names";

  private static final Logger log = LoggerFactory.getLogger(ClassArchive.class);

  private static final String PART = ".part";
  private static final String FAILED = ".failed";
  private static final Duration LONGEST = Duration.ofMinutes(10);

  /** $1 is written, then named $2 if all went well; else there is $3. $4 is not needed any more. */
  private static final String MAKE =
      """
      part=$1 archive=$2 failed=$3 lines=$4
      shift 4
      (
        trap '' HUP
        if nice -n 19 "$@"; then mv -f "$part" "$archive"; else rm -f "$part"; : >"$failed"; fi
        rm -f "$lines"
      ) &
      """;

  /** How a JVM ends that its own memory has let down: SIGABRT, SIGBUS, SIGSEGV, and on Windows. */
  private static final Set<Integer> CRASHES = Set.of(134, 135, 139, 0xC0000005);

  /** Options with which a user decides himself what is shared. */
  private static final List<String> OWN_CHOICE =
      List.of("-Xshare", "-XX:SharedArchive", "-XX:ArchiveClasses", "-XX:AOT", "-XX:+AutoCreate");

  private final ClassPath path;
  private final @Nullable ArchiveFolder folder;
  private final String key;

  /** Names files that are this driver's alone. */
  private final String unique = UUID.randomUUID().toString();

  private final AtomicBoolean recording = new AtomicBoolean();
  private volatile boolean sharing;
  private volatile @Nullable Path list;

  private ClassArchive(ClassPath path, @Nullable ArchiveFolder folder, String key) {
    this.path = path;
    this.folder = folder;
    this.key = key;
  }

  /** The archive of a class path as it is now. What is wrong with it is for the log alone. */
  static ClassArchive of(NodeSettings.Workers settings, String classPath) {
    ClassPath path = ClassPath.of(classPath);
    ClassArchive none = new ClassArchive(path, null, "");
    boolean chosen =
        settings.jvmOptions().stream()
            .anyMatch(one -> OWN_CHOICE.stream().anyMatch(one::startsWith));
    if (settings.classArchive().isEmpty() || chosen || path.jars().isEmpty()) {
      return none;
    }
    try {
      ArchiveFolder folder = ArchiveFolder.open(settings.classArchive().get());
      ClassArchive archive = new ClassArchive(path, folder, path.key());
      archive.look(folder);
      return archive;
    } catch (IOException | UnsupportedOperationException unusable) {
      log.debug("workers start without a class archive: {}", unusable.toString());
      return none;
    }
  }

  private void look(ArchiveFolder folder) throws IOException {
    if (!folder.holds(key + ARCHIVE)) {
      recording.set(!folder.holds(key + FAILED) && !isBeingMade(folder));
    } else if (!path.mixed() || !names(folder).clash(path.rest())) {
      sharing = true;
      folder.touch(key + ARCHIVE);
    }
  }

  private boolean isBeingMade(ArchiveFolder folder) throws IOException {
    if (!folder.holds(key + PART)) {
      return false;
    }
    Path part = folder.file(key + PART);
    if (Files.getLastModifiedTime(part).toInstant().isAfter(Instant.now().minus(LONGEST))) {
      return true;
    }
    Files.deleteIfExists(part);
    return false;
  }

  /** The names in the jars, which are looked up once. */
  private JarNames names(ArchiveFolder folder) throws IOException {
    String file = key + NAMES;
    if (folder.holds(file)) {
      return JarNames.read(Files.readAllBytes(folder.file(file)));
    }
    JarNames names = JarNames.of(path.jars());
    folder.write(file, names.bytes());
    return names;
  }

  /** What the JVM of a worker that starts now is to be told. */
  List<String> options() {
    ArchiveFolder in = folder;
    if (in != null && sharing) {
      // Verified, because a damaged file would end the JVM and not its use of the file. Silent,
      // because a JVM that cannot use the archive says so to the user's terminal.
      return List.of(
          "-XX:SharedArchiveFile=" + in.file(key + ARCHIVE),
          "-XX:+VerifySharedSpaces",
          "-Xshare:auto",
          "-Xlog:cds*=off");
    }
    if (in != null && recording.compareAndSet(true, false)) {
      Path loaded = in.file(key + "." + unique + ".list");
      list = loaded;
      return List.of("-XX:DumpLoadedClassList=" + loaded);
    }
    return List.of();
  }

  /** The class path of a worker that starts now. */
  String classPath() {
    return sharing ? path.jarsFirst() : path.text();
  }

  /** A worker has ended: after a crash no worker of this driver uses the archive again. */
  void ended(int exitCode) {
    if (sharing && CRASHES.contains(exitCode)) {
      sharing = false;
      log.debug("a worker has crashed: the next ones start without a class archive");
    }
  }

  /** All workers are there: has the archive made, if there is none. */
  void make() {
    ArchiveFolder in = folder;
    Path loaded = list;
    if (in == null || loaded == null) {
      return;
    }
    try {
      in.prune();
      Path part = Files.createFile(in.file(key + PART));
      boolean started = false;
      try {
        // The worker goes on writing: its last line may be half there.
        String lines = Files.readString(loaded);
        Files.delete(loaded);
        Path whole = in.file(key + "." + unique + ".lines");
        Files.writeString(whole, lines.substring(0, lines.lastIndexOf('\n') + 1));
        make(in, part, whole);
        started = true;
      } finally {
        if (!started) {
          Files.deleteIfExists(part);
        }
      }
    } catch (FileAlreadyExistsException other) {
      log.debug("another driver makes the class archive {}", key);
    } catch (IOException failed) {
      log.debug("no class archive is made: {}", failed.toString());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  /** Needs a shell, and returns as soon as that has started what is to be done. */
  private void make(ArchiveFolder in, Path part, Path lines)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("sh", "-c", MAKE, "furrow-class-archive"));
    command.add(part.toString());
    command.add(in.file(key + ARCHIVE).toString());
    command.add(in.file(key + FAILED).toString());
    command.add(lines.toString());
    command.add(WorkerJvm.thisJava().toString());
    command.add("-Xshare:dump");
    command.add("-XX:SharedClassListFile=" + lines);
    command.add("-XX:SharedArchiveFile=" + part);
    command.add("-Xlog:disable");
    command.add("-cp");
    command.add(path.jarsAlone());
    new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
