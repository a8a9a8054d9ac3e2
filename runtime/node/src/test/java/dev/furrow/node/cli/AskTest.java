package dev.furrow.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.furrow.config.NodeSettings;
import dev.furrow.config.NodeSettings.TlsFiles;
import dev.furrow.config.NodeTls;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code furrow nodes} and {@code furrow drain}: what they ask, print, and end with. */
final class AskTest {

  @TempDir Path folder;
  private Path view;
  private Path admin;

  @BeforeEach
  void writeTokens() throws IOException {
    view = Files.writeString(folder.resolve("view"), FakeNode.VIEW + "\n");
    admin = Files.writeString(folder.resolve("admin"), FakeNode.ADMIN);
  }

  private static Run ask(FakeNode node, Path token, String... command) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of("--url", node.url(), "--token-file", token.toString()));
    return Run.of(all);
  }

  private static Run with(Map<String, String> settings, String... command) {
    settings.forEach(System::setProperty);
    try {
      return Run.of(command);
    } finally {
      settings.keySet().forEach(System::clearProperty);
    }
  }

  @Test
  void shouldListNodesInColumns() throws IOException {
    try (FakeNode node = new FakeNode(null)) {
      assertThat(ask(node, view, "nodes"))
          .isEqualTo(
              new Run(
                  0,
                  """
                  NODE            STATE  SLOTS  RESOURCES  ROLES   ASKED
                  127.0.0.1:7001  UP     12     -          worker  *
                  127.0.0.1:7002  UP     4      gpu=2      worker
                  """,
                  ""));
    }
  }

  @Test
  void shouldListNodesAsTheServerDoes() throws IOException {
    try (FakeNode node = new FakeNode(null)) {
      Run run = ask(node, view, "nodes", "-o", "json");
      assertThat(run.json().fieldNames())
          .toIterable()
          .containsExactly("cluster", "node", "version", "nodes", "hotPartitions");
      assertThat(run.json().at("/nodes/1/resources/gpu").asInt()).isEqualTo(2);
    }
  }

  @Test
  void shouldAskTheNodeOfThisMachinesSettings() throws IOException {
    try (FakeNode node = new FakeNode(null)) {
      String port = node.url().replaceFirst(".*:", "");
      Map<String, String> settings =
          Map.of(
              "furrow.http.port", port,
              "furrow.http.view-token-file", view.toString(),
              "furrow.http.admin-token-file", admin.toString());
      assertThat(with(settings, "nodes").code()).isZero();
      assertThat(with(settings, "drain", FakeNode.OTHER).code()).isZero();
      assertThat(node.asked())
          .containsExactly("GET /api/cluster", "POST /api/nodes/" + FakeNode.OTHER + "/drain");
    }
  }

  @Test
  void shouldTellWhyItIsNotAllowed() throws IOException {
    try (FakeNode node = new FakeNode(null)) {
      Run without = Run.of("nodes", "--url", node.url());
      assertThat(without.code()).isEqualTo(5);
      assertThat(without.err()).contains("a token is needed", "--token-file");
      Run little = ask(node, view, "drain", FakeNode.OTHER);
      assertThat(little.code()).isEqualTo(5);
      assertThat(little.err()).contains("this token may only look").doesNotContain(FakeNode.VIEW);
      assertThat(little.out()).isEmpty();
    }
  }

  @Test
  void shouldTellThatNobodyAnswers() throws IOException {
    String url = "http://127.0.0.1:" + freePort();
    Run run = Run.of("nodes", "--url", url, "-o", "json");
    assertThat(run.code()).isEqualTo(4);
    assertThat(run.out()).isEmpty();
    assertThat(run.err().lines()).singleElement().asString().contains(url, "check that one runs");
  }

  @Test
  void shouldTellThatWhoAnswersIsNoNode() throws IOException {
    try (FakeNode node = new FakeNode(null)) {
      Run run = Run.of("nodes", "--url", node.url() + "/else", "--token-file", view.toString());
      assertThat(run.code()).isEqualTo(1);
      assertThat(run.err()).contains("no node of Furrow", "404");
    }
  }

  @Test
  void shouldNeitherSendNorPrintWhatIsNoToken() throws IOException {
    try (FakeNode node = new FakeNode(null)) {
      Run broken =
          ask(node, Files.writeString(folder.resolve("two"), "a token of 4 words\u0007"), "nodes");
      assertThat(broken.code()).isEqualTo(1);
      assertThat(broken.err()).contains("other characters than letters").doesNotContain("a token");
      assertThat(ask(node, folder.resolve("none"), "nodes").err()).contains("cannot be read");
      assertThat(node.asked()).isEmpty();
    }
  }

  @Test
  void shouldNotSendATokenThatOthersCouldRead() {
    Run run = Run.of("nodes", "--url", "http://192.0.2.1:7080", "--token-file", view.toString());
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains("could be read on its way");
  }

  @Test
  void shouldTellANodeToLeave() throws IOException {
    try (FakeNode node = new FakeNode(null)) {
      assertThat(ask(node, admin, "drain", FakeNode.OTHER))
          .isEqualTo(new Run(0, "node 127.0.0.1:7002 was told to leave\n", ""));
      assertThat(node.asked()).hasSize(1);
      Run json = ask(node, admin, "drain", FakeNode.OTHER, "-o=json");
      assertThat(json.json().toString())
          .isEqualTo("{\"node\":\"127.0.0.1:7002\",\"state\":\"leaving\"}");
    }
  }

  @Test
  void shouldWaitUntilANodeIsGone() throws IOException {
    try (FakeNode node = new FakeNode(null)) {
      Run run = ask(node, admin, "drain", FakeNode.OTHER, "--wait", "-o=json");
      assertThat(run.code()).isZero();
      assertThat(run.json().path("state").asText()).isEqualTo("gone");
      assertThat(node.asked()).as("two looks while it leaves, one after").hasSize(5);
    }
  }

  @Test
  void shouldWaitUntilTheNodeThatIsAskedIsGone() throws IOException {
    try (FakeNode node = new FakeNode(null)) {
      assertThat(ask(node, admin, "drain", FakeNode.SELF, "--wait"))
          .isEqualTo(new Run(0, "node 127.0.0.1:7001 is gone\n", ""));
    }
  }

  @Test
  void shouldNotWaitForEver() throws IOException {
    try (FakeNode node = new FakeNode(null)) {
      Run run = ask(node, admin, "drain", FakeNode.OTHER, "--wait", "--timeout=0s");
      assertThat(run.code()).isEqualTo(1);
      assertThat(run.err()).contains("still there");
    }
  }

  @Test
  void shouldTellThatThereIsNoSuchNode() throws IOException {
    try (FakeNode node = new FakeNode(null)) {
      assertThat(ask(node, admin, "drain", "127.0.0.1:9").code()).isEqualTo(6);
      assertThat(ask(node, admin, "drain", "[::1]:9", "--wait").code()).isEqualTo(6);
    }
  }

  @Test
  void shouldTrustNodesByTheNameOfTheirClusterAndNobodyElse() throws IOException {
    Path ca = certificates("ca", "furrow");
    Path foreign = certificates("foreign", "furrow");
    try (FakeNode node = new FakeNode(tls(ca).context());
        FakeNode stranger = new FakeNode(tls(foreign).context())) {
      Map<String, String> settings =
          Map.of(
              "furrow.tls.certificate", ca.resolve("tls.crt").toString(),
              "furrow.tls.key", ca.resolve("tls.key").toString(),
              "furrow.tls.authorities", ca.resolve("ca.crt").toString());
      String token = view.toString();
      assertThat(with(settings, "nodes", "--url", node.url(), "--token-file", token).code())
          .isZero();
      assertThat(with(settings, "nodes", "--url", stranger.url(), "--token-file", token).code())
          .isEqualTo(4);
      String file = ca.resolve("ca.crt").toString();
      assertThat(ask(node, view, "nodes", "--ca-file", file).code()).isZero();
      assertThat(ask(stranger, view, "nodes", "--ca-file", file).code()).isEqualTo(4);
      assertThat(ask(node, view, "nodes", "--ca-file", file, "--name=other").code()).isEqualTo(4);
      Run unknown = ask(node, view, "nodes");
      assertThat(unknown.code()).isEqualTo(4);
      assertThat(unknown.err()).contains("not trusted", "--ca-file");
      assertThat(stranger.asked()).isEmpty();
      assertThat(ask(node, view, "nodes", "--ca-file", token).err()).contains("PEM");
    }
  }

  @Test
  void shouldAskByHttpsWhereNodesSpeakIt() throws IOException {
    Path ca = certificates("ca", "furrow");
    String port = Integer.toString(freePort());
    Run run =
        with(
            Map.of(
                "furrow.profile", "kubernetes",
                "furrow.http.port", port,
                "furrow.tls.certificate", ca.resolve("tls.crt").toString(),
                "furrow.tls.key", ca.resolve("tls.key").toString(),
                "furrow.tls.authorities", ca.resolve("ca.crt").toString()),
            "nodes");
    assertThat(run.code()).isEqualTo(4);
    assertThat(run.err()).contains("https://127.0.0.1:" + port);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private Path certificates(String name, String subject) throws IOException {
    Path made = folder.resolve(name);
    new CertificateFiles(made, Instant.now()).make(subject, 1, 1);
    return made;
  }

  private static NodeTls tls(Path made) {
    TlsFiles files =
        new TlsFiles(made.resolve("tls.crt"), made.resolve("tls.key"), made.resolve("ca.crt"));
    return NodeTls.of(new NodeSettings.Tls(Optional.of(files), "", false));
  }
}
