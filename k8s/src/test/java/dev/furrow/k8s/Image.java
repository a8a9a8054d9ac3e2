package dev.furrow.k8s;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * An image of containers, unpacked: one root folder made of its layers in order.
 *
 * @param root the folder
 * @param config what the image says of itself, as {@code config} in its {@code config.json}
 * @param layers the files of each layer with their permissions
 */
record Image(Path root, JsonNode config, List<Map<String, Integer>> layers) {

  Image {
    layers = List.copyOf(layers);
  }

  /** Unpacks what {@code docker save} and Jib make. */
  static Image unpack(Path tar, Path folder) throws IOException {
    Path parts = Files.createDirectories(folder.resolve("parts"));
    try (var entries = new TarArchiveInputStream(Files.newInputStream(tar))) {
      for (TarArchiveEntry entry = entries.getNextEntry();
          entry != null;
          entry = entries.getNextEntry()) {
        Files.copy(entries, inside(parts, entry));
      }
    }
    JsonMapper mapper = new JsonMapper();
    JsonNode manifest = mapper.readTree(parts.resolve("manifest.json").toFile()).get(0);
    JsonNode config = mapper.readTree(parts.resolve(manifest.get("Config").asText()).toFile());
    Path root = Files.createDirectories(folder.resolve("root"));
    List<Map<String, Integer>> layers = new ArrayList<>();
    for (JsonNode layer : manifest.get("Layers")) {
      layers.add(unpackLayer(parts.resolve(layer.asText()), root));
    }
    return new Image(root, config.get("config"), layers);
  }

  private static Map<String, Integer> unpackLayer(Path layer, Path root) throws IOException {
    Map<String, Integer> files = new LinkedHashMap<>();
    try (InputStream plain = new GZIPInputStream(Files.newInputStream(layer));
        var entries = new TarArchiveInputStream(plain)) {
      for (TarArchiveEntry entry = entries.getNextEntry();
          entry != null;
          entry = entries.getNextEntry()) {
        if (entry.getName().contains(".wh.") || !(entry.isFile() || entry.isDirectory())) {
          throw new IOException("neither a file nor a folder: " + entry.getName());
        }
        Path file = inside(root, entry);
        if (entry.isDirectory()) {
          Files.createDirectories(file);
        } else {
          Files.createDirectories(file.getParent());
          Files.copy(entries, file, StandardCopyOption.REPLACE_EXISTING);
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(text(entry)));
        files.put("/" + entry.getName(), entry.getMode());
      }
    }
    return files;
  }

  private static Path inside(Path folder, TarArchiveEntry entry) throws IOException {
    Path file = folder.resolve(entry.getName()).normalize();
    if (!file.startsWith(folder)) {
      throw new IOException("outside of the image: " + entry.getName());
    }
    return file;
  }

  private static String text(TarArchiveEntry entry) {
    StringBuilder text = new StringBuilder("rwxrwxrwx");
    for (int bit = 0; bit < 9; bit++) {
      if ((entry.getMode() & (0400 >> bit)) == 0) {
        text.setCharAt(bit, '-');
      }
    }
    return text.toString();
  }

  /** The image's own command line, followed by arguments. */
  List<String> command(String... arguments) {
    List<String> command = new ArrayList<>();
    config.get("Entrypoint").forEach(part -> command.add(part.asText()));
    command.addAll(List.of(arguments));
    return command;
  }
}
