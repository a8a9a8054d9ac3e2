package dev.furrow.node.http;

import dev.furrow.config.NodeSettings;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The names by which a node may be asked. A web page can have its own name lead to any address, and
 * so ask whatever its visitor reaches as if it were its own site (DNS rebinding); but it cannot
 * hide that name.
 */
final class AllowedHosts {

  private final Set<String> names;
  private final Set<String> listed;

  AllowedHosts(NodeSettings settings) {
    this.listed =
        settings.http().hosts().stream().map(AllowedHosts::name).collect(Collectors.toSet());
    Set<String> all = new HashSet<>(listed);
    Stream.of("localhost", "127.0.0.1", "[::1]", settings.http().host(), settings.node().host())
        .map(AllowedHosts::name)
        .forEach(all::add);
    this.names = Set.copyOf(all);
  }

  /** Whether a request may name its host so; it names exactly one. */
  boolean mayBeAsked(List<String> hosts) {
    return hosts.size() == 1 && names.contains(name(hosts.get(0)));
  }

  /**
   * Whether pages of such origins may ask; of none where none is named. Those of other programs of
   * this machine may not, but where the settings list their host: anything may be served there.
   *
   * @param asked the name of this node in the same request, with its port
   */
  boolean mayAsk(List<String> origins, String asked) {
    return origins.stream()
        .allMatch(
            origin -> {
              int at = origin.indexOf("://");
              String page = origin.substring(Math.max(0, at + 3));
              return at >= 0 && (page.equalsIgnoreCase(asked) || listed.contains(name(page)));
            });
  }

  /** Without a port. */
  private static String name(String host) {
    int end = host.startsWith("[") ? host.indexOf(']') + 1 : host.indexOf(':');
    return (end > 0 ? host.substring(0, end) : host).toLowerCase(Locale.ROOT);
  }
}
