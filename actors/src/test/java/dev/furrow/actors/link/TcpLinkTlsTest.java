package dev.furrow.actors.link;

import static dev.furrow.actors.link.AnnounceCodec.announce;
import static org.assertj.core.api.Assertions.assertThat;

import dev.furrow.config.CertificateAuthority;
import dev.furrow.config.CertificateAuthority.Pem;
import dev.furrow.config.NodeSettings;
import dev.furrow.config.NodeTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Who is let into a link that has certificates, and that it carries what the other one carries. */
class TcpLinkTlsTest {

  @RegisterExtension final Links links = new Links();
  @TempDir Path folder;

  private final Instant now = Instant.now();
  private final CertificateAuthority ours = authority();
  private final Recorder one = new Recorder();
  private final Recorder two = new Recorder();
  private int made;

  private CertificateAuthority authority() {
    return CertificateAuthority.create(
        "authority", now.minusSeconds(60), now.plus(Duration.ofDays(1)));
  }

  private NodeTls tls(CertificateAuthority by, String name, Instant until) throws IOException {
    Path here = Files.createDirectory(folder.resolve("node-" + ++made));
    Pem pem = by.issue(name, now.minusSeconds(60), until);
    NodeSettings.TlsFiles files =
        new NodeSettings.TlsFiles(
            Files.writeString(here.resolve("tls.crt"), pem.certificate()),
            Files.writeString(here.resolve("tls.key"), pem.key()),
            Files.writeString(here.resolve("ca.crt"), ours.pem().certificate()));
    return NodeTls.of(new NodeSettings.Tls(Optional.of(files), "furrow", false));
  }

  private NodeTls ours() throws IOException {
    return tls(ours, "furrow", now.plusSeconds(3600));
  }

  private TcpLink bind(long uid, Link.Listener listener, @Nullable NodeTls tls) {
    LinkSettings settings = Links.settings(Links.CLUSTER, 0, Links.MAX_PENDING);
    return links.bind(uid, settings, Links.HANDSHAKE, new AnnounceCodec(), listener, tls);
  }

  @Test
  void shouldCarryRecordsInBothDirectionsInOrder() throws IOException {
    TcpLink first = bind(1, one, ours());
    TcpLink second = bind(2, two, ours());
    first.peer(second.self(), Links.HOST, second.port());
    one.awaitEvents("connected 2");
    two.awaitEvents("connected 1");
    String large = "x".repeat(Links.MAX_FRAME - 16);

    for (int n = 0; n < 100; n++) {
      assertThat(first.send(second.self(), announce(large, n))).isTrue();
      assertThat(second.send(first.self(), announce("y", n))).isTrue();
    }

    Eventually.holds("all have come", () -> two.received() == 100);
    Eventually.holds("all have come", () -> one.received() == 100);
    List<Long> inOrder = LongStream.range(0, 100).boxed().toList();
    assertThat(two.numbers()).isEqualTo(inOrder);
    assertThat(one.numbers()).isEqualTo(inOrder);
  }

  /** Both ways round: it dials, and is dialled. */
  private void assertNoConnection(@Nullable NodeTls stranger) throws IOException {
    assertNoConnection(1, stranger, 2, ours());
    assertNoConnection(3, ours(), 4, stranger);
  }

  private void assertNoConnection(
      long from, @Nullable NodeTls dialing, long to, @Nullable NodeTls accepting) {
    TcpLink dialer = bind(from, one, dialing);
    TcpLink acceptor = bind(to, two, accepting);
    acceptor.peer(dialer.self(), Links.HOST, dialer.port());
    try (LogLines log = new LogLines(TcpLink.class)) {
      dialer.peer(acceptor.self(), Links.HOST, acceptor.port());
      Eventually.holds(
          "it was turned away", () -> !log.containing("closed a connection from").isEmpty());
    }
    assertThat(one.events()).isEmpty();
    assertThat(two.events()).isEmpty();
  }

  @Test
  void shouldRefuseWhoSpeaksWithoutTls() throws IOException {
    assertNoConnection(null);
  }

  @Test
  void shouldRefuseACertificateOfAForeignAuthority() throws IOException {
    assertNoConnection(tls(authority(), "furrow", now.plusSeconds(3600)));
  }

  @Test
  void shouldRefuseACertificateThatHasExpired() throws IOException {
    assertNoConnection(tls(ours, "furrow", now.minusSeconds(1)));
  }

  @Test
  void shouldRefuseACertificateOfAnotherName() throws IOException {
    assertNoConnection(tls(ours, "website", now.plusSeconds(3600)));
  }

  @Test
  void shouldGoOnWhenStrangersSendWhatIsNoTls() throws IOException {
    TcpLink first = bind(1, one, ours());
    TcpLink second = bind(2, two, ours());
    Random random = new Random(5);
    for (int round = 0; round < 100; round++) {
      try (Socket stranger = new Socket(InetAddress.getLoopbackAddress(), second.port())) {
        byte[] bytes = new byte[random.nextInt(5_000)];
        random.nextBytes(bytes);
        if (round % 2 == 0 && bytes.length > 5) {
          bytes[0] = 22; // looks like a handshake of TLS
          bytes[1] = 3;
          bytes[2] = 3;
        }
        stranger.getOutputStream().write(bytes);
      }
    }

    first.peer(second.self(), Links.HOST, second.port());
    one.awaitEvents("connected 2");
    assertThat(first.send(second.self(), announce("hello", 1))).isTrue();
    Eventually.holds("it has come", () -> two.received() == 1);
  }
}
