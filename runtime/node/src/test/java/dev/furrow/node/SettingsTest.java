package dev.furrow.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.furrow.Furrow;
import dev.furrow.FurrowException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Settings that a program makes, right and wrong ones. */
final class SettingsTest {

  private static void assertRefused(ThrowingCallable call, String... texts) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(texts);
  }

  @Test
  void shouldNameTheNearestSettingForAnUnknownOne() {
    Furrow.Builder builder = Furrow.builder().set("furrow.node.slot", 3);
    assertRefused(
        builder::start, "unknown setting furrow.node.slot", "did you mean furrow.node.slots?");
  }

  @Test
  void shouldRefuseNumbersOutOfBounds() {
    assertRefused(() -> Furrow.builder().slots(0), "slots must be at least 1 (was 0)");
    assertRefused(() -> Furrow.builder().workers(0), "workers must be at least 1 (was 0)");
    Furrow.Builder window = Furrow.builder().set("furrow.results.window", 0);
    assertRefused(window::start, "furrow.results.window", "at least 1", "0");
    Furrow.Builder timeout = Furrow.builder().set("furrow.close.timeout", "soon");
    assertRefused(timeout::start, "furrow.close.timeout", "duration", "soon");
  }

  @Test
  void shouldNameTheProfilesThereAre() {
    assertRefused(() -> Furrow.builder().profile("mars"), "mars", "cluster", "local");
  }

  @Test
  void shouldRefuseAProfileForForkedWorkers() {
    Furrow.Builder builder = Furrow.builder().profile("local").workers(2);
    assertRefused(builder::start, "workers(2)", "local");
  }

  @Test
  void shouldRefuseWhatIsNoSetting() {
    Furrow.Builder other = Furrow.builder().set("colour", "green");
    assertRefused(other::start, "colour", "furrow.");
    Furrow.Builder type = Furrow.builder().set("furrow.node.slots", new Object());
    assertRefused(type::start, "furrow.node.slots");
    assertThatThrownBy(() -> Furrow.builder().set("furrow.node.slots", null))
        .isInstanceOf(NullPointerException.class);
  }

  @Test
  void shouldSayThatAPortIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      Furrow.Builder builder =
          Furrow.builder().profile("cluster").slots(1).set("furrow.node.port", port);
      assertThatThrownBy(builder::start)
          .isInstanceOf(FurrowException.class)
          .hasMessageContaining("127.0.0.1:" + port)
          .hasMessageContaining("furrow.node.port");
    }
  }

  @Test
  void shouldSayThatTheLinksPortIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      Furrow.Builder builder =
          Furrow.builder().profile("cluster").slots(1).set("furrow.link.port", port);
      assertThatThrownBy(builder::start)
          .isInstanceOf(FurrowException.class)
          .hasMessageContaining(String.valueOf(port))
          .hasMessageContaining("furrow.link.port");
    }
  }

  @Test
  void shouldTakeSettingsOfTheProgram() {
    try (Furrow furrow =
        Furrow.builder()
            .set("furrow.node.slots", 9)
            .slots(3)
            .set("furrow.node.resources", Map.of("gpu", 2, "ram", 7))
            .set("furrow.node.roles", "big,fast")
            .start()) {
      assertThat(furrow.cluster().slots()).isEqualTo(3);
      assertThat(furrow.cluster().nodes().get(0).resources())
          .isEqualTo(Map.of("gpu", 2L, "ram", 7L));
    }
  }

  @Test
  void shouldFormAClusterOfItself() {
    try (Furrow furrow = Furrow.builder().profile("cluster").slots(2).start()) {
      assertThat(furrow.submit(new Tasks.Square(3)).join()).isEqualTo(9);
      assertThat(furrow.cluster().nodes()).hasSize(1);
      assertThat(furrow.cluster().nodes().get(0).roles()).contains("worker");
    }
  }
}
