package dev.furrow.node.http;

/** Who may ask for something. */
public enum Role {
  /** Everybody who reaches the port: probes have no token. */
  ANYONE,
  /** Those who may look; and those who may more. */
  VIEW,
  /** Those who may also tell nodes to leave. */
  ADMIN
}
