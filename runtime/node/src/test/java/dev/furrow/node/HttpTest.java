package dev.furrow.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.ConfigFactory;
import dev.furrow.Change;
import dev.furrow.Furrow;
import dev.furrow.FurrowException;
import dev.furrow.Update;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node answers over HTTP, and to whom it does not. */
final class HttpTest {

  private static FurrowNode start(Map<String, ?> settings) {
    Furrow.Builder builder = Furrow.builder().slots(1).set("furrow.http.port", 0);
    settings.forEach(builder::set);
    return (FurrowNode) builder.start();
  }

  // ------------------------------------------------------------- names

  private static String ask(Web web, String host, String more) {
    return ask(web, "/health/ready", host, more);
  }

  private static String ask(Web web, String target, String host, String more) {
    String form = "GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n%s\r\n";
    return web.raw(form.formatted(target, host, more));
  }

  @Test
  void shouldAnswerToItsOwnNamesAlone() {
    try (FurrowNode node =
        start(
            Map.of(
                "furrow.http.hosts",
                List.of("Furrow.Example.com", "[2001:db8::7]"),
                "furrow.node.host",
                "127.0.0.9"))) {
      Web web = new Web(node);
      for (String own :
          List.of(
              "localhost",
              "LocalHost:80",
              "127.0.0.1",
              "127.0.0.1:7080",
              "[::1]:7080",
              "127.0.0.9",
              "furrow.example.com:443",
              "[2001:db8::7]:1")) {
        assertThat(ask(web, own, "")).as(own).startsWith("HTTP/1.1 200");
      }
      for (String other :
          List.of(
              "evil.example",
              "localhost.evil.example",
              "127.0.0.2",
              "[::2]",
              "furrow.example.com.")) {
        assertThat(ask(web, other, "")).as(other).startsWith("HTTP/1.1 421");
      }
      assertThat(ask(web, "http://evil.example/metrics", "evil.example", ""))
          .startsWith("HTTP/1.1 421")
          .contains("'evil.example'", "furrow.http.hosts");
      assertThat(ask(web, "", "")).startsWith("HTTP/1.1 400");
      assertThat(ask(web, "localhost", "Host: evil.example\r\n")).startsWith("HTTP/1.1 4");
    }
  }

  @Test
  void shouldAnswerNoPagesOfOtherOrigins() {
    try (FurrowNode node = start(Map.of("furrow.http.hosts", "board.example.com"))) {
      Web web = new Web(node);
      String self = "http://127.0.0.1:" + node.httpPort().orElseThrow();
      for (String own : List.of(self, "https://board.example.com")) {
        assertThat(web.get("/api/cluster", "Origin", own).statusCode()).as(own).isEqualTo(200);
      }
      for (String other :
          List.of("null", "https://evil.example", "localhost", "http://127.0.0.1:1")) {
        HttpResponse<String> answer = web.get("/api/cluster", "Origin", other);
        assertThat(answer.statusCode()).as(other).isEqualTo(403);
        assertThat(answer.body()).contains("furrow.http.hosts");
      }
    }
  }

  // ------------------------------------------------------------ tokens

  @Test
  void shouldTakeTokensFromTheirFilesAtEachRequest(@TempDir Path folder) throws IOException {
    Path view = Files.writeString(folder.resolve("view"), "first-token-of-view\nnotes\n");
    Path admin = Files.writeString(folder.resolve("admin"), "the-token-of-admin");
    try (FurrowNode node = start(tokens(view, admin));
        LogLines log = new LogLines()) {
      Web web = new Web(node);
      assertThat(metrics(web, "first-token-of-view")).isEqualTo(200);
      assertThat(metrics(web, "notes")).isEqualTo(401);

      Files.writeString(view, "  second-token-of-view  \r\n");
      assertThat(metrics(web, "first-token-of-view")).isEqualTo(401);
      assertThat(metrics(web, "second-token-of-view")).isEqualTo(200);

      Files.delete(view);
      assertThat(metrics(web, "second-token-of-view")).isEqualTo(401);
      assertThat(metrics(web, "")).isEqualTo(401);
      Files.writeString(view, "\n");
      assertThat(metrics(web, "")).isEqualTo(401);
      assertThat(log.containing("nobody gets in")).hasSize(1).first().asString().contains("view");

      Files.writeString(view, "third-token-of-view");
      assertThat(metrics(web, "third-token-of-view")).isEqualTo(200);
      Files.writeString(view, "short");
      assertThat(metrics(web, "short")).isEqualTo(401);
      assertThat(log.containing("nobody gets in")).as("it was well meanwhile").hasSize(2);
      assertThat(web.get("/health/ready").statusCode()).isEqualTo(200);
    }
  }

  private static int metrics(Web web, String token) {
    return web.get("/metrics", "Authorization", "Bearer " + token).statusCode();
  }

  @Test
  void shouldRefuseToStartWithATokenThatIsNone(@TempDir Path folder) throws IOException {
    Path view = Files.writeString(folder.resolve("view"), "the-token-of-view");
    Path admin = Files.writeString(folder.resolve("admin"), "short-secret\n");
    assertThatThrownBy(() -> start(tokens(view, admin)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("furrow.http.admin-token-file")
        .hasMessageContaining(admin.toString())
        .message()
        .doesNotContain("short-secret");
    Path none = folder.resolve("none");
    assertThatThrownBy(() -> start(tokens(none, view)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("furrow.http.view-token-file")
        .hasMessageContaining(none.toString());
    assertThatThrownBy(() -> start(Map.of("furrow.http.view-token-file", view.toString())))
        .as("the other role would be everybody's")
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("furrow.http.admin-token-file");
  }

  private static Map<String, ?> tokens(Path view, Path admin) {
    return Map.of(
        "furrow.http.view-token-file",
        view.toString(),
        "furrow.http.admin-token-file",
        admin.toString());
  }

  // ------------------------------------------------------------ bounds

  @Test
  void shouldRefuseWhatIsNoDecentRequest() {
    try (FurrowNode node = start(Map.of())) {
      Web web = new Web(node);
      String head = "POST /api/nodes/local/drain HTTP/1.1\r\nHost: localhost\r\n";
      assertThat(web.raw("\0\1\2 garbage\r\n\r\n"))
          .startsWith("HTTP/1.1 501")
          .contains("{\"error\"");
      assertThat(web.raw("GET /" + "x".repeat(3000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"))
          .startsWith("HTTP/1.1 414")
          .contains("{\"error\"");
      assertThat(web.raw(head + "Content-Length: 2000000\r\n\r\n" + "x".repeat(5000)))
          .startsWith("HTTP/1.1 413")
          .contains("{\"error\"");
      assertThat(
              web.raw(
                  head
                      + "Transfer-Encoding: chunked\r\n\r\n"
                      + ("400\r\n" + "x".repeat(1024) + "\r\n").repeat(5)))
          .startsWith("HTTP/1.1 413");
      assertThat(web.raw(head + "Content-Length: 2\r\nConnection: close\r\n\r\n{}"))
          .startsWith("HTTP/1.1 409");
      assertThat(web.says("/health/alive")).isTrue();
    }
  }

  // -------------------------------------------------------------- port

  @Test
  void shouldSayThatItsPortIsTakenAndLeaveNothingOpen() throws IOException {
    int port;
    ActorSystem<Void> system;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = taken.getLocalPort();
      system = system("furrow.http.port = " + port);
      assertThatThrownBy(() -> FurrowNode.on(system))
          .isInstanceOf(FurrowException.class)
          .hasMessageContaining("127.0.0.1:" + port + " is in use")
          .hasMessageContaining("furrow.http.port");
    }
    try {
      FurrowNode node = FurrowNode.on(system);
      assertThat(node.httpPort()).hasValue(port);
      Web web = new Web(node);
      assertThat(web.says("/health/alive")).isTrue();
      node.close();
      assertThat(web.isOpen()).as("after its Furrow was closed").isFalse();
      assertThat(system.whenTerminated().isCompleted()).isFalse();
    } finally {
      OwnSystem.end(system);
    }
  }

  @Test
  void shouldNotListenUnlessToldTo() {
    try (Furrow node = Furrow.local()) {
      assertThat(((FurrowNode) node).httpPort()).isEmpty();
    }
  }

  @Test
  void shouldRefuseAPortThatAnybodyCouldUse() {
    ActorSystem<Void> system = system("furrow.http { port = 0, host = 0.0.0.0 }");
    try {
      assertThatThrownBy(() -> FurrowNode.on(system))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("furrow.http.view-token-file");
    } finally {
      OwnSystem.end(system);
    }
  }

  private static final String QUIET =
      """
      pekko.loglevel = OFF
      pekko.stdout-loglevel = OFF
      pekko.fail-mixed-versions = off
      """;

  private static ActorSystem<Void> system(String more) {
    return ActorSystem.create(
        Behaviors.empty(),
        "host",
        ConfigFactory.parseString(more)
            .withFallback(ConfigFactory.parseString(QUIET))
            .withFallback(ConfigFactory.load()));
  }

  // ----------------------------------------------------------- cluster

  @Test
  void shouldTellWhoIsInTheCluster() throws IOException {
    try (FurrowNode node = start(Map.of("furrow.node.resources.gpu", 2))) {
      HttpResponse<String> answer = new Web(node).get("/api/cluster");
      JsonNode json = new ObjectMapper().readTree(answer.body());
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
      assertThat(json.path("cluster").asText()).isEqualTo("furrow");
      assertThat(json.path("node").asText()).isEqualTo("local");
      assertThat(json.path("version").asText()).isEqualTo(Versions.FURROW);
      assertThat(json.path("hotPartitions").isArray()).isTrue();
      JsonNode member = json.path("nodes").path(0);
      assertThat(member.path("name").asText()).isEqualTo("local");
      assertThat(member.path("uid").asText())
          .isEqualTo(Long.toString(node.cluster().nodes().get(0).uid()));
      assertThat(member.path("self").asBoolean()).isTrue();
      assertThat(member.path("slots").asInt()).isEqualTo(1);
      assertThat(member.path("resources").path("gpu").asInt()).isEqualTo(2);
      assertThat(member.path("roles").isArray()).isTrue();
      assertThat(member.path("state").asText()).isEqualTo("UP");
    }
  }

  @Test
  void shouldReadTheNameOfANodeWithBrackets() {
    try (FurrowNode node = start(Map.of())) {
      assertThat(new Web(node).send("POST", "/api/nodes/%5B::1%5D:7355/drain").body())
          .contains("'[::1]:7355'", "there are local");
    }
  }

  @Test
  void shouldTellOfHotPartitions() throws IOException {
    try (FurrowNode node = start(Map.of())) {
      node.partitioned("visits", String.class, Long.class)
          .update("a", new Once())
          .toCompletableFuture()
          .join();
      Web web = new Web(node);
      Eventually.holds(
          "a partition is told of",
          () -> web.get("/api/cluster").body().contains("\"state\":\"visits\""));
      assertThat(web.get("/metrics").body()).contains("\nfurrow_partitions 1.0\n");
    }
  }

  record Once() implements Update<Long, Long> {
    @Override
    public Change<Long, Long> apply(Optional<Long> current) {
      return Change.set(1L, 1L);
    }
  }
}
