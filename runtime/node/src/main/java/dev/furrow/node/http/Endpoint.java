package dev.furrow.node.http;

import java.net.URI;
import java.util.Optional;
import java.util.stream.Stream;

/** All that can be asked over HTTP. */
public enum Endpoint {
  /** 200 once this node has become a member of its cluster. */
  STARTUP("GET", "/health/startup", Role.ANYONE),
  /** 200 while it is a member that takes work. */
  READY("GET", "/health/ready", Role.ANYONE),
  /** 200 while its actors answer. */
  ALIVE("GET", "/health/alive", Role.ANYONE),
  /** What it measures, in Prometheus' text form. */
  METRICS("GET", "/metrics", Role.VIEW),
  /** Who is in its cluster, as JSON. */
  CLUSTER("GET", "/api/cluster", Role.VIEW),
  /** Tells a node, this one or another, to leave its cluster. */
  DRAIN("POST", "/api/nodes/{node}/drain", Role.ADMIN);

  private static final String NODE = "{node}";

  private final String method;
  private final String path;
  private final Role role;

  Endpoint(String method, String path, Role role) {
    this.method = method;
    this.path = path;
    this.role = role;
  }

  /** {@return the method it takes; where that is {@code GET}, it takes {@code HEAD} as well} */
  public String method() {
    return method;
  }

  /** {@return its path, in which {@code {node}} stands for a node's {@code host:port}} */
  public String path() {
    return path;
  }

  /** {@return who may use it} */
  public Role role() {
    return role;
  }

  /** The one that a path leads to. */
  static Optional<Endpoint> at(String path) {
    return Stream.of(values()).filter(one -> one.matches(path)).findFirst();
  }

  private boolean matches(String asked) {
    return path.contains(NODE) ? node(asked).isPresent() : path.equals(asked);
  }

  /** The node that a path names where this one has a place for it: brackets come as %5B, %5D. */
  Optional<String> node(String asked) {
    int at = path.indexOf(NODE);
    String before = path.substring(0, at);
    String after = path.substring(at + NODE.length());
    int length = asked.length() - before.length() - after.length();
    if (length < 1 || !asked.startsWith(before) || !asked.endsWith(after)) {
      return Optional.empty();
    }
    String name = asked.substring(at, at + length);
    return name.contains("/")
        ? Optional.empty()
        : Optional.of(URI.create("/" + name).getPath().substring(1));
  }
}
