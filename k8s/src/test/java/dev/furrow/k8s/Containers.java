package dev.furrow.k8s;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Runs commands of an unpacked image as processes. Where this process may (as root), each sees the
 * image's files as its root, read-only, with a {@code /tmp} of its own, and runs as the image's
 * user: as in a container, but for the network. Elsewhere the paths of its command and its
 * variables are those of the unpacked files.
 */
final class Containers {

  /** Mounts end with the process, whose view of them is its own. */
  private static final String BOX =
      """
      set -e
      root=$1; user=$2; shift 2
      mount --bind "$root" "$root"
      mount -o remount,bind,ro "$root"
      mount --rbind /dev "$root/dev"
      mount --rbind /proc "$root/proc"
      mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
      exec chroot --userspec="$user" "$root" "$@"
      """;

  private final Image image;
  private final Path logs;
  private final boolean boxed;

  private Containers(Image image, Path logs, boolean boxed) {
    this.image = image;
    this.logs = logs;
    this.boxed = boxed;
  }

  /**
   * Finds out what this process may do.
   *
   * @param logs where the output of commands goes
   */
  static Containers of(Image image, Path logs) throws IOException, InterruptedException {
    if (!Boolean.getBoolean("image.unboxed")) {
      Containers boxed = new Containers(image, logs, true);
      Process trial = boxed.start("trial", Map.of(), List.of("/opt/java/bin/java", "-version"));
      try {
        if (trial.waitFor(30, TimeUnit.SECONDS) && trial.exitValue() == 0) {
          return boxed;
        }
      } finally {
        trial.destroyForcibly();
      }
    }
    return new Containers(image, logs, false);
  }

  boolean boxed() {
    return boxed;
  }

  /**
   * Starts a command with exactly these variables, and those of the image.
   *
   * @param name of its log
   */
  Process start(String name, Map<String, String> environment, List<String> command)
      throws IOException {
    ProcessBuilder builder =
        boxed
            ? new ProcessBuilder("unshare", "--mount", "sh", "-c", BOX, "box")
            : new ProcessBuilder();
    builder.environment().keySet().removeIf(variable -> !variable.equals("PATH"));
    image
        .config()
        .get("Env")
        .forEach(
            variable -> {
              String[] parts = variable.asText().split("=", 2);
              builder.environment().put(parts[0], parts[1]);
            });
    environment.forEach((variable, value) -> builder.environment().put(variable, path(value)));
    if (boxed) {
      builder.command().add(image.root().toString());
      builder.command().add(image.config().get("User").asText());
    }
    command.forEach(part -> builder.command().add(path(part)));
    return builder.redirectErrorStream(true).redirectOutput(log(name).toFile()).start();
  }

  /** What a command has written. */
  String output(String name) {
    try {
      return Files.readString(log(name));
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }

  private Path log(String name) {
    return logs.resolve(name + ".log");
  }

  /** Each absolute path in a text, as seen by the process. */
  private String path(String text) {
    return boxed ? text : text.replaceAll("(^|[=:])/", "$1" + image.root() + "/");
  }
}
