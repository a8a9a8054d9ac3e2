package dev.furrow.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import dev.furrow.Furrow;
import dev.furrow.config.CertificateAuthority;
import dev.furrow.config.Certificates;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Beyond loopback a node speaks HTTPS, and what is secret stays so. */
final class HttpsTest {

  private static final String VIEW = "token-of-view-0123456789";
  private static final String ADMIN = "token-of-admin-0123456789";

  private static CertificateAuthority authority;
  private static CertificateAuthority.Pem certificate;
  private static Map<String, Object> settings;

  @BeforeAll
  static void make(@TempDir Path folder) throws IOException {
    Instant now = Instant.now();
    authority = CertificateAuthority.create("test", now.minusSeconds(60), now.plusSeconds(3600));
    certificate = authority.issue("localhost", now.minusSeconds(60), now.plusSeconds(3600));
    settings =
        Map.of(
            "furrow.http.host", "0.0.0.0",
            "furrow.http.port", 0,
            "furrow.http.view-token-file", file(folder, "view", VIEW),
            "furrow.http.admin-token-file", file(folder, "admin", ADMIN),
            "furrow.tls.certificate", file(folder, "tls.crt", certificate.certificate()),
            "furrow.tls.key", file(folder, "tls.key", certificate.key()),
            "furrow.tls.authorities", file(folder, "ca.crt", authority.pem().certificate()),
            "pekko.loglevel", "DEBUG");
  }

  private static String file(Path folder, String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private static SSLContext trusting() throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    byte[] pem = authority.pem().certificate().getBytes(StandardCharsets.US_ASCII);
    context.init(null, new TrustManager[] {Certificates.trust(Certificates.read(pem))}, null);
    return context;
  }

  private static HttpResponse<String> send(
      HttpClient client, FurrowNode node, String method, String path, String token) {
    URI uri = URI.create("https://localhost:" + node.httpPort().orElseThrow() + path);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody());
    return Web.send(
        client, (token.isEmpty() ? request : request.header("Authorization", token)).build());
  }

  @Test
  void shouldSpeakHttpsBeyondLoopbackAndKeepItsSecrets() throws Exception {
    Furrow.Builder builder = Furrow.builder().slots(1);
    settings.forEach(builder::set);
    List<String> said = new ArrayList<>();
    try (Everything log = new Everything();
        FurrowNode node = (FurrowNode) builder.start()) {
      HttpClient client = HttpClient.newBuilder().sslContext(trusting()).build();
      for (String path : List.of("/health/ready", "/metrics", "/api/cluster", "/nothing")) {
        for (String token : List.of("", "Bearer " + VIEW, "Basic " + VIEW, "Bearer " + ADMIN)) {
          said.add(send(client, node, "GET", path, token).toString());
          HttpResponse<String> answer = send(client, node, "GET", path, token);
          said.add(answer.headers().map() + answer.body());
        }
      }
      assertThat(send(client, node, "GET", "/health/ready", "").statusCode()).isEqualTo(200);
      assertThat(send(client, node, "GET", "/metrics", "").statusCode()).isEqualTo(401);
      assertThat(send(client, node, "GET", "/metrics", "Bearer " + VIEW).statusCode())
          .isEqualTo(200);
      HttpResponse<String> refused =
          send(client, node, "POST", "/api/nodes/local/drain", "Bearer " + VIEW);
      assertThat(refused.statusCode()).isEqualTo(403);
      said.add(refused.body());
      Web plain = new Web(node);
      assertThatThrownBy(() -> plain.get("/health/ready")).isInstanceOf(UncheckedIOException.class);
      said.add(plain.raw("GET / HTTP/1.1\r\nAuthorization: Bearer " + ADMIN + "\r\n\r\n"));

      for (String broken :
          List.of(
              "GET /metrics HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\1\r\n\r\n",
              "GET /metrics HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {%s\r\n\r\n",
              "GET /|%s HTTP/1.1\r\nHost: localhost\r\n\r\n",
              "%s /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n",
              "GET /metrics HTTP/1.1\r\nHost: %s|\r\n\r\n")) {
        said.add(raw(node, broken.formatted(ADMIN)));
      }

      assertThat(log.containing("")).as("something was logged").isNotEmpty();
      for (String secret : List.of(VIEW, ADMIN, certificate.key().lines().toList().get(1))) {
        assertThat(log.containing(secret)).isEmpty();
        assertThat(said).noneMatch(text -> text.contains(secret));
      }
    }
  }

  /** The first bytes that come back over TLS. */
  private static String raw(FurrowNode node, String text) throws Exception {
    try (Socket socket =
        trusting()
            .getSocketFactory()
            .createSocket(InetAddress.getLoopbackAddress(), node.httpPort().orElseThrow())) {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
      byte[] some = new byte[4096];
      int length = socket.getInputStream().read(some);
      return new String(some, 0, Math.max(0, length), StandardCharsets.UTF_8);
    }
  }

  /** All that Pekko and Furrow log, of every level; the terminal is spared it. */
  private static final class Everything implements AutoCloseable {

    private final List<Logger> loggers =
        Stream.of("org.apache.pekko", "dev.furrow")
            .map(name -> (Logger) LoggerFactory.getLogger(name))
            .toList();
    private final List<Level> levels = new ArrayList<>();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    Everything() {
      lines.start();
      for (Logger logger : loggers) {
        levels.add(logger.getLevel());
        logger.setLevel(Level.TRACE);
        logger.setAdditive(false);
        logger.addAppender(lines);
      }
    }

    List<String> containing(String text) {
      synchronized (lines) {
        return lines.list.stream()
            .map(line -> line.getFormattedMessage() + " " + thrown(line.getThrowableProxy()))
            .filter(line -> line.contains(text))
            .toList();
      }
    }

    private static String thrown(@Nullable IThrowableProxy proxy) {
      return proxy == null ? "" : ThrowableProxyUtil.asString(proxy);
    }

    @Override
    public void close() {
      for (int i = 0; i < loggers.size(); i++) {
        loggers.get(i).detachAppender(lines);
        loggers.get(i).setAdditive(true);
        loggers.get(i).setLevel(levels.get(i));
      }
    }
  }
}
