package dev.furrow.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import org.apache.pekko.cluster.ConfigValidation;
import org.apache.pekko.cluster.Invalid;
import org.apache.pekko.cluster.JoinConfigCompatChecker;
import org.apache.pekko.cluster.Valid;
import org.jspecify.annotations.Nullable;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Lets only nodes whose settings fit each other form a cluster: those of which nodes with different
 * values would lose messages, give each other up, keep state in two places or decide differently
 * after a break of the network. Made and asked as {@link VersionCheck}.
 */
public final class SettingsCheck extends JoinConfigCompatChecker {

  private static final String JOURNAL = "furrow.journal.kind";
  private static final String SLOTS = "furrow.node.slots";

  /** A setting that is the same on all nodes, and how to read it. */
  private record Same(String path, BiFunction<Config, String, Object> read) {}

  private static final List<Same> SAME =
      List.of(
          new Same("furrow.link.max-frame", Config::getBytes),
          new Same("furrow.tasks.max-bytes", Config::getBytes),
          new Same("furrow.tasks.max-result", Config::getBytes),
          new Same("furrow.liveness.status-interval", Config::getDuration),
          new Same("furrow.liveness.pool-silence", Config::getDuration),
          new Same("furrow.liveness.supervisor-silence", Config::getDuration),
          new Same(JOURNAL, Config::getString),
          new Same("pekko.cluster.split-brain-resolver.active-strategy", Config::getString));

  /** For Pekko, which makes it by its name in {@code furrow-cluster.conf}. */
  public SettingsCheck() {}

  /** What this node has of the settings that are the same on all nodes, for an error's text. */
  public static String describe(Config own) {
    List<String> all = new ArrayList<>();
    for (Same same : SAME) {
      if (own.hasPath(same.path())) {
        all.add(same.path() + "=" + own.getString(same.path()));
      }
    }
    return String.join(", ", all);
  }

  @Override
  public Seq<String> requiredKeys() {
    List<String> keys = new ArrayList<>(SAME.stream().map(Same::path).toList());
    keys.add(SLOTS);
    return seq(keys);
  }

  /**
   * Compares the settings.
   *
   * @param toCheck what the other node says of itself
   * @param actualConfig this node's configuration
   */
  @Override
  public ConfigValidation check(Config toCheck, Config actualConfig) {
    List<String> wrong = new ArrayList<>();
    for (Same same : SAME) {
      if (same.path().equals(JOURNAL) && !(keepsState(toCheck) && keepsState(actualConfig))) {
        continue;
      }
      Object own = value(same, actualConfig);
      Object other = value(same, toCheck);
      if (!Objects.equals(own, other)) {
        wrong.add(
            same.path()
                + " is "
                + text(same.path(), actualConfig)
                + " here and "
                + text(same.path(), toCheck)
                + " at the other node: give all nodes of a cluster the same");
      }
    }
    return wrong.isEmpty() ? Valid.getInstance() : new Invalid(seq(wrong));
  }

  /** Partitions are where tasks run; a program that only submits may have no journal. */
  private static boolean keepsState(Config config) {
    return !config.hasPath(SLOTS) || !config.getString(SLOTS).equals("0");
  }

  private static @Nullable Object value(Same same, Config config) {
    if (!config.hasPath(same.path())) {
      return null;
    }
    try {
      return same.read().apply(config, same.path());
    } catch (ConfigException unreadable) {
      return config.getString(same.path());
    }
  }

  private static String text(String path, Config config) {
    return config.hasPath(path) ? config.getString(path) : "not set";
  }

  private static Seq<String> seq(List<String> all) {
    return CollectionConverters.asScala(all).toList();
  }
}
