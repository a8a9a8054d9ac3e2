package dev.furrow.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheFolderTest {

  @TempDir Path folder;

  @Test
  void shouldBeBelowTheFolderThatTheEnvironmentNames() {
    assertThat(CacheFolder.of(Map.of("XDG_CACHE_HOME", folder.toString()), "/home/me"))
        .contains(folder.resolve("furrow"));
  }

  @Test
  void shouldBeBelowTheHomeWhenTheEnvironmentNamesNoneOrARelativeOne() {
    Path expected = folder.resolve(".cache").resolve("furrow");

    assertThat(CacheFolder.of(Map.of(), folder.toString())).contains(expected);
    assertThat(CacheFolder.of(Map.of("XDG_CACHE_HOME", "cache"), folder.toString()))
        .contains(expected);
  }

  @Test
  void shouldBeNowhereWhenThereIsNoHome() {
    assertThat(CacheFolder.of(Map.of(), "?")).isEmpty();
    assertThat(CacheFolder.of(Map.of(), "")).isEmpty();
  }
}
