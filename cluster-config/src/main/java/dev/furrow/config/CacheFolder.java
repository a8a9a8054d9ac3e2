package dev.furrow.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Where this user's programs keep what they can make again. */
final class CacheFolder {

  private CacheFolder() {}

  static Optional<Path> ofThisUser() {
    return of(System.getenv(), System.getProperty("user.home", ""));
  }

  /**
   * Furrow's folder below the one that the environment names, or below {@code .cache} of the home.
   *
   * @return empty where there is no home
   */
  static Optional<Path> of(Map<String, String> environment, String home) {
    return absolute(environment.getOrDefault("XDG_CACHE_HOME", ""))
        .or(() -> absolute(environment.getOrDefault("LOCALAPPDATA", "")))
        .or(() -> absolute(home).map(folder -> folder.resolve(".cache")))
        .map(folder -> folder.resolve("furrow"));
  }

  private static Optional<Path> absolute(String name) {
    try {
      return Optional.of(Path.of(name)).filter(Path::isAbsolute);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
