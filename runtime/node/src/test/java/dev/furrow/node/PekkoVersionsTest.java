package dev.furrow.node;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.furrow.FurrowException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PekkoVersionsTest {

  @Test
  void shouldRefuseAModuleOfAnotherVersion() {
    assertThatThrownBy(
            () ->
                PekkoVersions.check(
                    Map.of("pekko-actor", "1.7.0", "pekko-cluster-sharding-typed", "1.6.0")))
        .isInstanceOf(FurrowException.class)
        .hasMessage(
            "the class path mixes versions of Pekko, {pekko-cluster-sharding-typed=1.6.0} beside"
                + " 1.7.0: give all of them the same");
  }

  @Test
  void shouldLetDiscoveryAndWhatIsReleasedApartHaveTheirOwn() {
    assertThatCode(
            () ->
                PekkoVersions.check(
                    Map.of(
                        "pekko-actor", "1.7.0",
                        "pekko-remote", "1.7.0",
                        "pekko-discovery", "1.2.1",
                        "pekko-http-core", "1.3.0",
                        "pekko-management", "1.1.1",
                        "pekko-persistence-jdbc", "1.1.1",
                        "other", "3")))
        .doesNotThrowAnyException();
  }
}
