package dev.furrow.config;

import com.typesafe.config.Config;
import java.util.List;
import org.apache.pekko.cluster.ConfigValidation;
import org.apache.pekko.cluster.Invalid;
import org.apache.pekko.cluster.JoinConfigCompatChecker;
import org.apache.pekko.cluster.Valid;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Lets only nodes that speak the same version of Furrow's records form a cluster. Pekko makes one
 * when a node asks a seed node to join, on both sides. Joining without asking seed nodes is not
 * checked.
 */
public final class VersionCheck extends JoinConfigCompatChecker {

  private static final String KEY = "furrow.wire-version";

  /** For Pekko, which makes it by its name in {@code furrow-cluster.conf}. */
  public VersionCheck() {}

  @Override
  public Seq<String> requiredKeys() {
    return seq(KEY);
  }

  /**
   * Compares the versions.
   *
   * @param toCheck what the other node says of itself
   * @param actualConfig this node's configuration
   */
  @Override
  public ConfigValidation check(Config toCheck, Config actualConfig) {
    int own = actualConfig.getInt(KEY);
    if (!toCheck.hasPath(KEY)) {
      return new Invalid(
          seq(
              "this node speaks version "
                  + own
                  + " of Furrow's records and the other node does not say which: it is no node of"
                  + " Furrow"));
    }
    String other = toCheck.getString(KEY);
    if (other.equals(Integer.toString(own))) {
      return Valid.getInstance();
    }
    return new Invalid(
        seq(
            "this node speaks version "
                + own
                + " of Furrow's records and the other node speaks version "
                + other
                + ": run the same release of Furrow on all nodes of a cluster"));
  }

  private static Seq<String> seq(String only) {
    return CollectionConverters.asScala(List.of(only)).toList();
  }
}
