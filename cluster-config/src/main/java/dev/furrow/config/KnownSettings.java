package dev.furrow.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The names of all settings, which are those in {@code reference.conf}, and the check for others.
 */
final class KnownSettings {

  /** Sections whose names are the user's or Pekko's. */
  static final Set<String> FREE_FORM = Set.of("furrow.node.resources", "furrow.dispatcher.control");

  private static final String ROOT = "furrow";
  private static final String WIRE_VERSION = "wire-version";

  private final ConfigObject reference;
  private final Set<String> names = new TreeSet<>();

  private KnownSettings(ConfigObject reference) {
    this.reference = reference;
    collect(reference, ROOT);
  }

  /**
   * The settings that the class path knows.
   *
   * @throws IllegalStateException it knows none
   */
  static KnownSettings on(ClassLoader loader) {
    Config reference = ConfigFactory.defaultReference(loader);
    if (!reference.hasPath(ROOT)) {
      throw new IllegalStateException(
          "the class path has no reference.conf with Furrow's settings: where jars are merged into"
              + " one, their reference.conf files must be appended to each other");
    }
    return new KnownSettings(reference.getObject(ROOT));
  }

  /** All names in order; of a free-form section only its own. */
  Set<String> names() {
    return names;
  }

  /**
   * Refuses what is not a setting.
   *
   * @param config resolved
   * @throws IllegalArgumentException names the setting, the nearest known one, and the file where
   *     it stands
   */
  void check(Config config) {
    ConfigValue given = config.root().get(ROOT);
    if (!(given instanceof ConfigObject section)) {
      throw new IllegalArgumentException(isSection(ROOT, String.valueOf(given)));
    }
    check(section, reference, ROOT);
    ConfigValue version = section.get(WIRE_VERSION);
    if (version != null && !version.equals(reference.get(WIRE_VERSION))) {
      throw new IllegalArgumentException(
          "furrow.wire-version is no setting but a fact about this release, "
              + reference.get(WIRE_VERSION).unwrapped()
              + " (was "
              + version.unwrapped()
              + "): remove it");
    }
  }

  private void check(ConfigObject given, ConfigObject known, String section) {
    for (Map.Entry<String, ConfigValue> entry : given.entrySet()) {
      String path = child(section, entry.getKey());
      ConfigValue value = entry.getValue();
      if (FREE_FORM.contains(path)) {
        continue;
      }
      ConfigValue match = known.get(entry.getKey());
      if (match == null) {
        throw unknown(path, value);
      }
      if (match instanceof ConfigObject deeper) {
        if (!(value instanceof ConfigObject inner)) {
          throw new IllegalArgumentException(
              isSection(path, String.valueOf(value.unwrapped())) + origin(value));
        }
        check(inner, deeper, path);
      } else if (value instanceof ConfigObject inner && !inner.isEmpty()) {
        throw unknown(path, value);
      }
    }
  }

  private IllegalArgumentException unknown(String path, ConfigValue value) {
    String leaf = path;
    ConfigValue at = value;
    while (at instanceof ConfigObject object && !object.isEmpty()) {
      Map.Entry<String, ConfigValue> first = object.entrySet().iterator().next();
      leaf = child(leaf, first.getKey());
      at = first.getValue();
    }
    return new IllegalArgumentException(
        "unknown setting "
            + leaf
            + ": did you mean "
            + NearestName.to(leaf, names)
            + "?"
            + origin(at));
  }

  private static String isSection(String path, String value) {
    return path + " is a section of settings and cannot have a value itself (was " + value + ")";
  }

  private static String origin(ConfigValue value) {
    String description = value.origin().description();
    return description.equals(Overrides.ORIGIN) ? "" : " (" + description + ")";
  }

  private void collect(ConfigObject section, String path) {
    section.forEach(
        (key, value) -> {
          String name = child(path, key);
          if (value instanceof ConfigObject deeper && !FREE_FORM.contains(name)) {
            collect(deeper, name);
          } else {
            names.add(name);
          }
        });
  }

  private static String child(String path, String key) {
    return path + "." + ConfigUtil.joinPath(List.of(key));
  }
}
