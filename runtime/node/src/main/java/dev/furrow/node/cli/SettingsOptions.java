package dev.furrow.node.cli;

import com.typesafe.config.Config;
import dev.furrow.config.FurrowConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The settings of a node, of which those that a flag gives are the strongest. */
final class SettingsOptions {

  private static final String PROFILE = "furrow.profile";
  private static final List<String> OF_NODES = List.of("cluster", "kubernetes");

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = {
        "cluster (default) or kubernetes.",
        "Setting furrow.profile, variable FURROW_PROFILE"
      })
  private @Nullable String profile;

  @Option(
      names = "--cluster",
      paramLabel = "NAME",
      description = {
        "Name of the cluster.",
        "Setting furrow.cluster.name, variable FURROW_CLUSTER_NAME"
      })
  private @Nullable String cluster;

  @Option(
      names = "--seed",
      paramLabel = "HOST:PORT",
      description = {
        "A node to join. May be repeated. Without any, a new cluster begins.",
        "Setting furrow.cluster.seeds, variable FURROW_CLUSTER_SEEDS"
      })
  private @Nullable List<String> seeds;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = {
        "Name or address at which other nodes reach this one.",
        "Setting furrow.node.host, variable FURROW_NODE_HOST"
      })
  private @Nullable String host;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = {
        "Port of the membership; 0 is any.",
        "Setting furrow.node.port, variable FURROW_NODE_PORT"
      })
  private @Nullable String port;

  @Option(
      names = "--link-port",
      paramLabel = "PORT",
      description = {
        "Port of leases and results; 0 is any.",
        "Setting furrow.link.port, variable FURROW_LINK_PORT"
      })
  private @Nullable String linkPort;

  @Option(
      names = "--http-port",
      paramLabel = "PORT",
      description = {
        "Port of HTTP; 0 is any, off is none.",
        "Setting furrow.http.port, variable FURROW_HTTP_PORT"
      })
  private @Nullable String httpPort;

  @Option(
      names = "--slots",
      paramLabel = "COUNT",
      description = {
        "Tasks that run at once, or auto.",
        "Setting furrow.node.slots, variable FURROW_NODE_SLOTS"
      })
  private @Nullable String slots;

  @Option(
      names = "--role",
      paramLabel = "NAME",
      description = {
        "A further role of this node. May be repeated.",
        "Setting furrow.node.roles, variable FURROW_NODE_ROLES"
      })
  private @Nullable List<String> roles;

  @Option(
      names = "--resource",
      paramLabel = "NAME=COUNT",
      description = {
        "What tasks can require of this node, as gpu=2. May be repeated.",
        "Setting furrow.node.resources, variable FURROW_NODE_RESOURCES"
      })
  private @Nullable Map<String, String> resources;

  @Option(
      names = "--set",
      paramLabel = "SETTING=VALUE",
      description = {
        "Any setting of reference.conf, as furrow.node.drain-timeout=5s. May be repeated. The"
            + " variable of a setting is its name in capitals, with _ for . and -"
      })
  private Map<String, String> set = new LinkedHashMap<>();

  /**
   * All settings of a node: of flags, system properties, the environment and files.
   *
   * @throws IllegalArgumentException a setting is unknown; says which
   */
  Config load() {
    Map<String, Object> overrides = overrides();
    String named = FurrowConfig.load(null, overrides).getString(PROFILE);
    return FurrowConfig.load(named.equals("local") ? "cluster" : named, overrides);
  }

  private Map<String, Object> overrides() {
    if (profile != null && !OF_NODES.contains(profile)) {
      throw new ParameterException(
          command.commandLine(),
          "--profile must be one of " + String.join(", ", OF_NODES) + " (was " + profile + ")");
    }
    Map<String, Object> overrides = new LinkedHashMap<>(set);
    put(overrides, PROFILE, profile);
    put(overrides, "furrow.cluster.name", cluster);
    put(overrides, "furrow.cluster.seeds", seeds);
    put(overrides, "furrow.node.host", host);
    put(overrides, "furrow.node.port", port);
    put(overrides, "furrow.link.port", linkPort);
    put(overrides, "furrow.http.port", httpPort);
    put(overrides, "furrow.node.slots", slots);
    put(overrides, "furrow.node.roles", roles);
    put(overrides, "furrow.node.resources", resources);
    return overrides;
  }

  private void put(Map<String, Object> overrides, String setting, @Nullable Object value) {
    if (value != null && overrides.put(setting, value) != null) {
      throw new ParameterException(
          command.commandLine(), setting + " is given by a flag and by --set: give it once");
    }
  }
}
