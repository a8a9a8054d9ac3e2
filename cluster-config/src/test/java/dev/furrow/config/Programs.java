package dev.furrow.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;

/** What surrounds a program whose settings are read: its application.conf and its JVM's options. */
final class Programs {

  private Programs() {}

  /** Runs with a file application.conf on the class path. */
  static <T> T withApplicationConf(Path folder, String content, Supplier<T> program) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try {
      Files.writeString(folder.resolve("application.conf"), content);
      URL[] urls = {folder.toUri().toURL()};
      try (URLClassLoader loader = new URLClassLoader(urls, before)) {
        thread.setContextClassLoader(loader);
        return program.get();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** Runs with a system property. */
  static <T> T withProperty(String name, String value, Supplier<T> program) {
    System.setProperty(name, value);
    try {
      return program.get();
    } finally {
      System.clearProperty(name);
    }
  }

  /** The settings of a program that sets one thing. */
  static NodeSettings settings(String path, Object value) {
    return settings(Map.of(path, value));
  }

  /** The settings of a program that sets some things. */
  static NodeSettings settings(Map<String, Object> overrides) {
    return NodeSettings.from(FurrowConfig.load("local", overrides));
  }

  /** Does without the serializers whose classes lie in another module. */
  static Config withoutSerializers(Config system) {
    return ConfigFactory.parseString(
            """
            pekko.actor {
              serializers {
                furrow-node-card = "dev.furrow.config.AnyBytesSerializer"
                furrow-locate = "dev.furrow.config.AnyBytesSerializer"
                furrow-partition-event = "dev.furrow.config.AnyBytesSerializer"
              }
              serialization-bindings {
                "dev.furrow.actors.cluster.NodeGuardian$Card" = none
                "dev.furrow.actors.partition.Locate" = none
                "dev.furrow.actors.partition.PartitionEvent" = none
              }
            }
            """)
        .withFallback(system);
  }
}
