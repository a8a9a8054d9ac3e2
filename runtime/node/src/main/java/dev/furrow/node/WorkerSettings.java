package dev.furrow.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import dev.furrow.config.FurrowConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a driver tells its workers on their standard input: first their settings, as soon as they
 * run; then the address of the driver's node, as soon as it has one. Each is a text that ends with
 * a zero byte.
 */
final class WorkerSettings {

  private WorkerSettings() {}

  /**
   * The settings of a worker: this JVM's system properties that are settings, what the program has
   * set, and what is the worker's own.
   */
  static String text(Map<String, Object> program, String role, int slots) {
    Map<String, Object> all = new LinkedHashMap<>();
    for (String name : System.getProperties().stringPropertyNames()) {
      if (name.startsWith("furrow.") || name.startsWith("pekko.")) {
        all.put(name, System.getProperty(name));
      }
    }
    all.putAll(program);
    all.put("furrow.node.slots", slots);
    all.put("furrow.node.port", 0);
    all.put("furrow.link.port", 0);
    all.put("furrow.http.port", "off");
    all.put("furrow.node.roles", List.of(role));
    all.put("furrow.cluster.seeds", List.of());
    Config config = ConfigFactory.empty();
    for (Map.Entry<String, Object> entry : all.entrySet()) {
      config =
          config.withValue(entry.getKey(), ConfigValueFactory.fromAnyRef(plain(entry.getValue())));
    }
    return config.root().render(ConfigRenderOptions.concise());
  }

  private static Object plain(Object value) {
    return value instanceof Duration time ? time.toMillis() + " ms" : value;
  }

  /** The configuration that such a text means. */
  static Config read(String text) {
    Map<String, Object> settings = new HashMap<>();
    ConfigFactory.parseString(text)
        .entrySet()
        .forEach(entry -> settings.put(entry.getKey(), entry.getValue().unwrapped()));
    return FurrowConfig.load("workers", settings);
  }

  static void send(OutputStream to, String text) throws IOException {
    to.write((text + '\0').getBytes(StandardCharsets.UTF_8));
    to.flush();
  }

  /**
   * Waits for the next text.
   *
   * @throws IOException the driver ended
   */
  static String receive(InputStream from) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    for (int next = from.read(); next != 0; next = from.read()) {
      if (next < 0) {
        throw new IOException("the driver ended");
      }
      text.write(next);
    }
    return text.toString(StandardCharsets.UTF_8);
  }
}
