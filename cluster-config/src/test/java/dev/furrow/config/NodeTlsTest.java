package dev.furrow.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.furrow.config.CertificateAuthority.Pem;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class NodeTlsTest {

  private static final Logger LOGGER = (Logger) LoggerFactory.getLogger(NodeTls.class);

  private final Instant now = Instant.now();
  private final Instant then = now.plus(Duration.ofDays(1));
  private final CertificateAuthority ours = authority();
  private final CertificateAuthority foreign = authority();

  @TempDir Path folder;

  private final AtomicLong nanos = new AtomicLong();
  private int identities;

  private CertificateAuthority authority() {
    return CertificateAuthority.create("authority", now.minusSeconds(60), then);
  }

  private Pem valid(CertificateAuthority by, String name) {
    return by.issue(name, now.minusSeconds(60), then);
  }

  private NodeSettings.Tls files(Pem node, CertificateAuthority trusted) throws IOException {
    identities++;
    Path here = Files.createDirectory(folder.resolve("node-" + identities));
    write(here, node, trusted.pem().certificate());
    return settings(here, "");
  }

  private static NodeSettings.Tls settings(Path here, String subject) {
    return new NodeSettings.Tls(
        Optional.of(
            new NodeSettings.TlsFiles(
                here.resolve("tls.crt"), here.resolve("tls.key"), here.resolve("ca.crt"))),
        subject,
        false);
  }

  private static void write(Path here, Pem node, String trusted) throws IOException {
    Files.writeString(here.resolve("tls.crt"), node.certificate());
    Files.writeString(here.resolve("tls.key"), node.key());
    Files.writeString(here.resolve("ca.crt"), trusted);
  }

  private NodeTls tls(Pem node, CertificateAuthority trusted) throws IOException {
    return NodeTls.of(files(node, trusted), nanos::get);
  }

  private NodeTls ours() throws IOException {
    return tls(valid(ours, "furrow"), ours);
  }

  private void assertRefused(NodeTls stranger, String why) throws IOException {
    NodeTls node = ours();
    assertThatThrownBy(() -> Handshake.between(stranger.client(), node.server()))
        .isInstanceOf(SSLException.class)
        .hasStackTraceContaining(why);
    assertThatThrownBy(() -> Handshake.between(node.client(), stranger.server()))
        .isInstanceOf(SSLException.class)
        .hasStackTraceContaining(why);
  }

  @Test
  void shouldLetNodesOfOneClusterSpeak() throws IOException {
    NodeTls one = ours();
    NodeTls two = ours();

    assertThatCode(() -> Handshake.between(one.client(), two.server())).doesNotThrowAnyException();
    SSLEngine server = two.server();
    Handshake.between(one.client(), server);
    assertThat(server.getSession().getProtocol()).isEqualTo("TLSv1.3");
  }

  @Test
  void shouldRefuseWhomAForeignAuthorityHasSigned() throws IOException {
    // It trusts ours, so that it is the node that refuses.
    assertRefused(
        tls(valid(foreign, "furrow"), ours), "Path does not chain with any of the trust anchors");
  }

  @Test
  void shouldRefuseACertificateThatHasExpired() throws IOException {
    Pem expired = ours.issue("furrow", now.minusSeconds(60), now.minusSeconds(10));
    assertRefused(tls(expired, ours), "validity check failed");
  }

  @Test
  void shouldRefuseACertificateThatIsNotYetValid() throws IOException {
    Pem early = ours.issue("furrow", now.plusSeconds(3600), then);
    assertRefused(tls(early, ours), "validity check failed");
  }

  @Test
  void shouldRefuseACertificateOfAnotherName() throws IOException {
    NodeTls other =
        NodeTls.of(
            settings(
                files(valid(ours, "website"), ours).files().orElseThrow().key().getParent(),
                "furrow"),
            nanos::get);
    assertRefused(other, "the certificate is that of [website] and not of one of [furrow]");
  }

  @Test
  void shouldRefuseWhoShowsNoCertificate() throws Exception {
    NodeTls node = ours();
    SSLContext trusting = SSLContext.getInstance("TLS");
    trusting.init(null, new TrustManager[] {new TrustAll()}, null);
    SSLEngine stranger = trusting.createSSLEngine();
    stranger.setUseClientMode(true);

    assertThatThrownBy(() -> Handshake.between(stranger, node.server()))
        .isInstanceOf(SSLException.class)
        .hasMessageContaining("Empty client certificate chain");
    SSLEngine tool = trusting.createSSLEngine();
    tool.setUseClientMode(true);
    Handshake.between(tool, node.serverOfTools());
  }

  @Test
  void shouldAskWhoComesBackForItsCertificateAgain() throws IOException {
    NodeTls node = ours();
    SSLContext one = ours().context();

    // With one context, as most servers have, who comes back resumes its session.
    assertThat(resumes(() -> served(one))).isTrue();
    assertThat(resumes(node::server)).isFalse();
  }

  private static SSLEngine served(SSLContext context) {
    SSLEngine server = context.createSSLEngine();
    server.setUseClientMode(false);
    server.setNeedClientAuth(true);
    return server;
  }

  private boolean resumes(Supplier<SSLEngine> server) throws IOException {
    SSLContext client = ours().context();
    long first = connect(client, server.get());
    long now = first;
    while (now == first) {
      now = System.currentTimeMillis();
    }
    return connect(client, server.get()) == first;
  }

  /** When the session was made. */
  private static long connect(SSLContext context, SSLEngine server) throws IOException {
    SSLEngine client = context.createSSLEngine("node", 1);
    client.setUseClientMode(true);
    Handshake.between(client, server);
    return client.getSession().getCreationTime();
  }

  /** An engine that waits for more is asked for ever by those that have no more room. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "160303" + "7fff", // a record of 32 KiB
        "ff0301" + "0001", // a length of SSL 2
        "80800103" + "01",
        "474554" + "202f" // GET /
      })
  void shouldGiveUpOnWhatIsNoTlsByItsFirstBytes(String hex) throws IOException {
    ByteBuffer came = ByteBuffer.allocate(18_000);
    came.put(HexFormat.of().parseHex(hex)).rewind();
    SSLEngine server = ours().server();

    assertThatThrownBy(() -> server.unwrap(came, ByteBuffer.allocate(1 << 16)))
        .isInstanceOf(SSLException.class);
  }

  @Test
  void shouldServeNewCertificatesWithoutARestart() throws IOException {
    NodeSettings.Tls files = files(valid(ours, "furrow"), ours);
    NodeTls node = NodeTls.of(files, nanos::get);
    NodeTls before = ours();
    NodeTls after = tls(valid(foreign, "furrow"), foreign);
    Path here = files.files().orElseThrow().key().getParent();
    Handshake.between(before.client(), node.server());

    write(here, valid(foreign, "furrow"), foreign.pem().certificate());
    Handshake.between(before.client(), node.server()); // it does not look at each connection
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());

    Handshake.between(after.client(), node.server());
    Handshake.between(node.client(), after.server());
    assertThatThrownBy(() -> Handshake.between(before.client(), node.server()))
        .isInstanceOf(SSLException.class);
  }

  @Test
  void shouldTrustTwoAuthoritiesWhileOneReplacesTheOther() throws IOException {
    NodeSettings.Tls files = files(valid(ours, "furrow"), ours);
    Path here = files.files().orElseThrow().key().getParent();
    Files.writeString(
        here.resolve("ca.crt"), ours.pem().certificate() + foreign.pem().certificate());
    NodeTls node = NodeTls.of(files, nanos::get);
    NodeTls both = tls(valid(foreign, "furrow"), ours);

    Handshake.between(both.client(), node.server());
  }

  @Test
  void shouldKeepTheCertificatesBeforeWhenNewOnesDoNotFit() throws IOException {
    NodeSettings.Tls files = files(valid(ours, "furrow"), ours);
    NodeTls node = NodeTls.of(files, nanos::get);
    Path here = files.files().orElseThrow().key().getParent();
    ListAppender<ILoggingEvent> log = listen();
    try {
      Pem another = valid(ours, "furrow");
      Files.writeString(here.resolve("tls.key"), another.key());
      for (int look = 0; look < 3; look++) {
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        Handshake.between(ours().client(), node.server());
      }
      assertThat(log.list).hasSize(1);
      assertThat(log.list.get(0).getFormattedMessage())
          .contains("stay in use", "furrow.tls.key must name the key of furrow.tls.certificate");
    } finally {
      LOGGER.detachAppender(log);
    }
  }

  private static ListAppender<ILoggingEvent> listen() {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    LOGGER.setLevel(Level.WARN);
    LOGGER.addAppender(log);
    return log;
  }

  @Test
  void shouldSayOnceAMinuteWhyConnectionsAreGivenUp() throws IOException {
    NodeTls node = NodeTls.of(files(valid(ours, "furrow"), ours), nanos::get);
    NodeTls stranger = tls(valid(foreign, "furrow"), ours);
    ListAppender<ILoggingEvent> log = listen();
    try {
      for (int minute = 0; minute < 2; minute++) {
        for (int attempt = 0; attempt < 3; attempt++) {
          assertThatThrownBy(() -> Handshake.between(stranger.client(), node.server()))
              .isInstanceOf(SSLException.class);
        }
        nanos.addAndGet(Duration.ofSeconds(60).toNanos());
      }
      assertThat(log.list)
          .extracting(ILoggingEvent::getFormattedMessage)
          .filteredOn(line -> line.contains("trust anchors"))
          .hasSize(2)
          .satisfies(lines -> assertThat(lines.get(1)).contains("2 more before"));
    } finally {
      LOGGER.detachAppender(log);
    }
  }

  @Test
  void shouldSayWhichFileIsWrongAndNeverWhatAKeyIs() throws IOException {
    NodeSettings.Tls files = files(valid(ours, "furrow"), ours);
    Path here = files.files().orElseThrow().key().getParent();
    String key = Files.readString(here.resolve("tls.key"));
    String secret = key.lines().skip(1).findFirst().orElseThrow();

    Files.writeString(here.resolve("tls.key"), key.replace("PRIVATE KEY", "EC PRIVATE KEY"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NodeTls.of(files))
        .withMessageStartingWith("furrow.tls.key must name a file with one private key in PEM form")
        .withMessageContaining(here.resolve("tls.key").toString())
        .satisfies(failure -> assertThat(failure).hasStackTraceContaining("tls.key"))
        .satisfies(
            failure -> {
              StringWriter text = new StringWriter();
              failure.printStackTrace(new PrintWriter(text));
              assertThat(text.toString()).doesNotContain(secret);
            });

    Files.writeString(here.resolve("tls.key"), key);
    Files.writeString(here.resolve("ca.crt"), "nothing");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NodeTls.of(files))
        .withMessageStartingWith("furrow.tls.authorities must name");
    Files.delete(here.resolve("tls.crt"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> NodeTls.of(files))
        .withMessage(
            "furrow.tls.certificate must name a file that this process can read (was "
                + here.resolve("tls.crt")
                + ")");
  }

  private static final class TrustAll extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
