package dev.furrow.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Puts the sources of settings together. Everything here may be called again and by any thread. */
public final class FurrowConfig {

  private static final List<String> PROFILES = List.of("cluster", "kubernetes", "local", "workers");
  private static final String PROFILE = "furrow.profile";

  private FurrowConfig() {}

  /** The names of the profiles, in alphabetical order. */
  public static List<String> profiles() {
    return PROFILES;
  }

  /**
   * Reads all settings. Stronger first: overrides, system properties, the environment, {@code
   * application.conf}, the profile, {@code reference.conf}. In the environment, {@code
   * furrow.node.drain-timeout} is {@code FURROW_NODE_DRAIN_TIMEOUT}. Lists are replaced, maps are
   * merged. Nothing is cached but what lies on the class path.
   *
   * @param profile one of {@link #profiles()}, which then wins over {@code furrow.profile}; or null
   *     to take the one that {@code furrow.profile} names
   * @param overrides values by path, such as {@code furrow.node.slots}: strings, numbers, booleans,
   *     {@link java.time.Duration}s, and lists and maps of these. Paths begin with {@code furrow.}
   *     or {@code pekko.}; of two that overlap the longer one wins
   * @return the whole configuration, resolved. It is not yet that of an actor system: see {@link
   *     #forSystem}
   * @throws IllegalArgumentException there is no such profile, a setting is unknown, a value has a
   *     type that no setting has, or a file cannot be parsed; says which. Whether values are within
   *     their bounds is for {@link NodeSettings#from}
   * @throws IllegalStateException the class path lacks Furrow's reference.conf
   */
  public static Config load(@Nullable String profile, Map<String, ?> overrides) {
    return load(profile, overrides, System.getenv());
  }

  /**
   * Reads all settings as {@link #load(String, Map)} does, in another environment than that of this
   * process.
   *
   * @param environment variables by name
   */
  public static Config load(
      @Nullable String profile, Map<String, ?> overrides, Map<String, String> environment) {
    ClassLoader loader = ClassLoaders.choose();
    try {
      KnownSettings known = KnownSettings.on(loader);
      Config strong =
          Overrides.toConfig(overrides)
              .withFallback(systemProperties())
              .withFallback(Environment.settings(environment, known))
              .withFallback(ConfigFactory.defaultApplication(loader));
      Config reference = ConfigFactory.defaultReferenceUnresolved(loader);
      String name = profile != null ? profile : profileOf(strong.withFallback(reference));
      Config config =
          strong
              .withValue(PROFILE, ConfigValueFactory.fromAnyRef(name))
              .withFallback(parseProfile(name, loader))
              .withFallback(reference)
              .resolve();
      known.check(config);
      return config;
    } catch (ConfigException e) {
      throw new IllegalArgumentException(
          "the settings cannot be read: " + e.getMessage() + ": correct what it names", e);
    }
  }

  /**
   * Derives the configuration of an actor system of Furrow's own: what {@code furrow.node} and
   * {@code furrow.cluster} say becomes Pekko's address, roles and seed nodes, whatever Pekko
   * settings an {@code application.conf} holds for other actor systems.
   *
   * <ul>
   *   <li>With profile {@code local} nothing listens.
   *   <li>Otherwise the node has the role {@code worker} if it has slots, and those of {@code
   *       furrow.node.roles}. It joins its seeds by itself; without seeds the caller makes it join
   *       itself. Joining is given up after {@code furrow.cluster.join-timeout}: then the actor
   *       system ends.
   *   <li>The phase {@code service-requests-done} of the coordinated shutdown lasts long enough for
   *       {@code furrow.node.drain-timeout}.
   * </ul>
   *
   * @param furrow from {@link #load}
   * @throws IllegalArgumentException a setting is wrong; names it and its value
   */
  public static Config forSystem(Config furrow) {
    Config system = furrow;
    for (Map.Entry<String, Object> derived :
        SystemSettings.derive(NodeSettings.from(furrow)).entrySet()) {
      system =
          system.withValue(
              derived.getKey(),
              ConfigValueFactory.fromAnyRef(derived.getValue(), "derived from furrow.*"));
    }
    return system;
  }

  private static String profileOf(Config config) {
    return config.resolve().getString(PROFILE);
  }

  private static Config parseProfile(String name, ClassLoader loader) {
    if (!PROFILES.contains(name)) {
      throw new IllegalArgumentException(
          "there is no profile " + name + ": use one of " + String.join(", ", PROFILES));
    }
    return ConfigFactory.parseResources(
        loader, "furrow-" + name + ".conf", ConfigParseOptions.defaults().setAllowMissing(false));
  }

  /** As they are now; what ConfigFactory offers is as they were when it was first used. */
  private static Config systemProperties() {
    Properties now = new Properties();
    Properties live = System.getProperties();
    live.stringPropertyNames().forEach(name -> now.setProperty(name, live.getProperty(name)));
    Config properties =
        ConfigFactory.parseProperties(
            now, ConfigParseOptions.defaults().setOriginDescription("system properties"));
    if (!Boolean.parseBoolean(now.getProperty("config.override_with_env_vars"))) {
      return properties;
    }
    return ConfigFactory.systemEnvironmentOverrides().withFallback(properties);
  }
}
