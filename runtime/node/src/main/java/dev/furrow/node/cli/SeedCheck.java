package dev.furrow.node.cli;

import dev.furrow.config.NodeSettings;
import dev.furrow.config.NodeSettings.Seed;
import dev.furrow.config.NodeTls;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.security.cert.CertificateException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Whether a node reaches those that it is to join, and whether they speak the same TLS. */
final class SeedCheck {

  private static final int HANDSHAKE_MILLIS = 5_000;

  /**
   * With TLS 1.3 a node refuses a certificate when the handshake is done for the other side. What
   * speaks no TLS is silent.
   */
  private static final int REFUSE_MILLIS = 1_000;

  private final NodeSettings settings;
  private final Findings findings;

  SeedCheck(NodeSettings settings, Findings findings) {
    this.settings = settings;
    this.findings = findings;
  }

  void run() {
    List<Seed> seeds = settings.cluster().seeds();
    if (seeds.isEmpty()) {
      findings.ok("seeds", "none: this node would begin a new cluster");
      return;
    }
    Seed self = new Seed(settings.node().host(), settings.node().port());
    List<Seed> others = seeds.stream().filter(seed -> !seed.equals(self)).toList();
    List<Seed> answer = new ArrayList<>();
    List<Seed> silent = new ArrayList<>();
    others.forEach(seed -> (NetworkCheck.connects(address(seed)) ? answer : silent).add(seed));
    if (silent.isEmpty()) {
      findings.ok("seeds", seeds + " can be reached");
    } else if (!answer.isEmpty() || seeds.get(0).equals(self)) {
      findings.warn("seeds", silent + " cannot be reached", "start them, or correct the list");
    } else {
      findings.fail(
          "seeds",
          "none of " + silent + " can be reached",
          "check that one runs, and that no firewall stands between");
    }
    tls().ifPresent(tls -> answer.forEach(seed -> handshake(seed, tls)));
  }

  private static InetSocketAddress address(Seed seed) {
    return new InetSocketAddress(seed.host(), seed.port());
  }

  /** What this node would speak; what is wrong with its files is another finding. */
  private Optional<SSLSocketFactory> tls() {
    try {
      return Optional.of(
          isOpen()
              ? (SSLSocketFactory) SSLSocketFactory.getDefault()
              : NodeTls.of(settings.tls()).context().getSocketFactory());
    } catch (IllegalArgumentException unusable) {
      return Optional.empty();
    }
  }

  private boolean isOpen() {
    return settings.tls().files().isEmpty();
  }

  private void handshake(Seed seed, SSLSocketFactory tls) {
    if (isOpen()) {
      if (speaksTls(seed, tls)) {
        findings.fail(
            "seeds", seed + " asks for certificates, and this node has none", "set furrow.tls");
      }
      return;
    }
    String why = refusal(seed, tls);
    if (why != null) {
      findings.fail(
          "seeds",
          seed + " and this node do not trust each other: " + why,
          "give both furrow.tls with certificates of the same authorities and name");
    }
  }

  private static SSLSocket open(Seed seed, SSLSocketFactory tls, int millis) throws IOException {
    SSLSocket socket = (SSLSocket) tls.createSocket();
    socket.connect(address(seed), NetworkCheck.CONNECT_MILLIS);
    socket.setSoTimeout(millis);
    return socket;
  }

  /** Why the two would not speak to each other; null if they would. */
  private static @Nullable String refusal(Seed seed, SSLSocketFactory tls) {
    boolean speaks = false;
    try (SSLSocket socket = open(seed, tls, HANDSHAKE_MILLIS)) {
      socket.setEnabledProtocols(new String[] {"TLSv1.3"});
      socket.startHandshake();
      speaks = true;
      socket.setSoTimeout(REFUSE_MILLIS);
      return socket.getInputStream().read() < 0 ? "it ends the connection" : null;
    } catch (SocketTimeoutException listens) {
      return speaks ? null : "it does not answer in TLS";
    } catch (SSLException refused) {
      return String.valueOf(refused.getMessage());
    } catch (IOException broken) {
      return "it ends the connection";
    }
  }

  /** Whether what listens there shows a certificate; whom it is from does not matter. */
  private static boolean speaksTls(Seed seed, SSLSocketFactory any) {
    try (SSLSocket socket = open(seed, any, REFUSE_MILLIS)) {
      socket.startHandshake();
      return true;
    } catch (SSLException refused) {
      for (Throwable cause = refused; cause != null; cause = cause.getCause()) {
        if (cause instanceof CertificateException) {
          return true;
        }
      }
      return false;
    } catch (IOException silent) {
      return false;
    }
  }
}
