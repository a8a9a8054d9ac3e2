package dev.furrow.node;

/** What this build is. */
final class Versions {

  /** Furrow's version, or {@code dev} outside of a jar. */
  static final String FURROW = read();

  private Versions() {}

  private static String read() {
    String version = Versions.class.getPackage().getImplementationVersion();
    return version == null ? "dev" : version;
  }
}
