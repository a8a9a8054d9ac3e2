package dev.furrow.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Settings in the environment of a process: {@code FURROW_NODE_SLOTS}. A blank one is none. */
public final class Environment {

  private static final String PREFIX = "FURROW_";
  private static final String RESOURCES = "furrow.node.resources";

  private Environment() {}

  /** The variable that sets a setting. */
  public static String variable(String setting) {
    return setting.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  static Config settings(Map<String, String> environment, KnownSettings known) {
    Config config = ConfigFactory.empty();
    for (String name : known.names()) {
      String value = environment.get(variable(name));
      if (value == null
          || value.isBlank()
          || (KnownSettings.FREE_FORM.contains(name) && !name.equals(RESOURCES))) {
        continue;
      }
      Object given = name.equals(RESOURCES) ? pairs(name, value) : value;
      config =
          config.withValue(
              name, ConfigValueFactory.fromAnyRef(given, "variable " + variable(name)));
    }
    return config;
  }

  /** {@code gpu=2,fpga=1}. */
  private static Map<String, String> pairs(String setting, String text) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String part : text.split(",", -1)) {
      if (part.isBlank()) {
        continue;
      }
      int equals = part.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException(
            setting + " must be names and counts such as gpu=2,fpga=1 (was " + text + ")");
      }
      pairs.put(part.substring(0, equals).trim(), part.substring(equals + 1).trim());
    }
    return pairs;
  }

  /**
   * Variables that look like settings and are none, in order: often misspelt. Those that Kubernetes
   * sets for a service named furrow ({@code FURROW_SERVICE_HOST}, {@code FURROW_PORT_…}) are left
   * out.
   */
  public static List<String> unknown(Map<String, String> environment) {
    KnownSettings known = KnownSettings.on(ClassLoaders.choose());
    List<String> variables =
        new ArrayList<>(known.names().stream().map(Environment::variable).toList());
    variables.addAll(List.of("FURROW_JOURNAL_USER", "FURROW_JOURNAL_PASSWORD"));
    return environment.keySet().stream()
        .filter(name -> name.startsWith(PREFIX) && !variables.contains(name))
        .filter(name -> !name.matches("FURROW_(SERVICE_(HOST|PORT)|PORT)(_.*)?"))
        .sorted()
        .toList();
  }
}
