package dev.furrow.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** What a program sets, as configuration. */
final class Overrides {

  /** Where a value comes from, for {@link KnownSettings}. */
  static final String ORIGIN = "program";

  private Overrides() {}

  static Config toConfig(Map<String, ?> overrides) {
    Config config = ConfigFactory.empty();
    List<String> paths =
        overrides.keySet().stream().sorted(Comparator.comparingInt(String::length)).toList();
    for (String path : paths) {
      checkPath(path);
      config = config.withValue(path, value(path, overrides.get(path)));
    }
    SystemSettings.refuseDerived(config);
    return config;
  }

  private static void checkPath(String path) {
    if (!path.startsWith("furrow.") && !path.startsWith("pekko.")) {
      throw new IllegalArgumentException(
          "setting " + path + " cannot be set here: a name begins with furrow. or pekko.");
    }
    try {
      ConfigUtil.splitPath(path);
    } catch (ConfigException e) {
      throw new IllegalArgumentException(
          "setting " + path + " has no proper name: " + e.getMessage(), e);
    }
  }

  private static ConfigValue value(String path, @Nullable Object value) {
    return ConfigValueFactory.fromAnyRef(plain(path, value), ORIGIN);
  }

  private static Object plain(String path, @Nullable Object value) {
    if (value == null) {
      throw new IllegalArgumentException(path + " must have a value (was null)");
    }
    if (value instanceof Duration duration) {
      return Texts.duration(duration);
    }
    if (value instanceof CharSequence text) {
      return text.toString();
    }
    if (value instanceof Number || value instanceof Boolean) {
      return value;
    }
    if (value instanceof Iterable<?> many && !(value instanceof Path)) {
      return StreamSupport.stream(many.spliterator(), false)
          .map(element -> plain(path, element))
          .toList();
    }
    if (value instanceof Map<?, ?> map) {
      return plainMap(path, map);
    }
    throw new IllegalArgumentException(
        path
            + " must be a string, number, boolean, duration, list or map (was "
            + value
            + " of type "
            + value.getClass().getName()
            + ")");
  }

  private static Map<String, Object> plainMap(String path, Map<?, ?> map) {
    Map<String, Object> plain = new LinkedHashMap<>();
    map.forEach(
        (key, value) -> {
          String name = String.valueOf(key);
          plain.put(name, plain(path + "." + name, value));
        });
    return plain;
  }
}
