package dev.furrow.k8s;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Renders manifests by {@code kubectl kustomize}, from a copy with the files that a user adds. */
final class Kustomize {

  private static final Path MODULE = Path.of("").toAbsolutePath();
  private static final List<String> FOLDERS = List.of("base", "overlays", "components");

  private final Path copy;

  private Kustomize(Path copy) {
    this.copy = copy;
  }

  /** Copies the manifests of this module into an empty folder. */
  static Kustomize in(Path folder) {
    try {
      for (String name : FOLDERS) {
        copy(MODULE.resolve(name), folder.resolve(name));
      }
      Path tokens = Files.createDirectories(folder.resolve("overlays/development/tokens"));
      Files.writeString(tokens.resolve("view-token"), "a-token-of-those-who-look\n");
      Files.writeString(tokens.resolve("admin-token"), "a-token-of-those-who-act\n");
      return new Kustomize(folder);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** What {@code kubectl kustomize} makes of an overlay and components beside its own. */
  Manifests render(String overlay, String... components) {
    try {
      Path wanted = Files.createTempDirectory(copy, "rendered");
      List<String> lines = new ArrayList<>();
      lines.add("apiVersion: kustomize.config.k8s.io/v1beta1");
      lines.add("kind: Kustomization");
      lines.add("resources: [../" + overlay + "]");
      if (components.length > 0) {
        lines.add("namespace: furrow");
        lines.add("components:");
      }
      for (String component : components) {
        lines.add("  - ../components/" + component);
      }
      Files.write(wanted.resolve("kustomization.yaml"), lines);
      return new Manifests(ApiObjects.read(kubectl(wanted)));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static String kubectl(Path folder) throws IOException {
    Path errors = Files.createTempFile(folder, "kubectl", ".err");
    Path rendered = Files.createTempFile(folder, "kubectl", ".yaml");
    Process process =
        new ProcessBuilder(Kubectl.path(), "kustomize", folder.toString())
            .redirectOutput(rendered.toFile())
            .redirectError(errors.toFile())
            .start();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        throw new IOException("kubectl kustomize " + folder + " did not end within 60 s");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    } finally {
      process.destroyForcibly();
    }
    if (process.exitValue() != 0) {
      throw new IOException("kubectl kustomize " + folder + ": " + Files.readString(errors));
    }
    return Files.readString(rendered);
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.walkFileTree(
        from,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
              throws IOException {
            Files.createDirectories(to.resolve(from.relativize(folder).toString()));
            return folder.endsWith("tokens")
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.copy(file, to.resolve(from.relativize(file).toString()));
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
