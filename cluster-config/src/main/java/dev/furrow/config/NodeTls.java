package dev.furrow.config;

import dev.furrow.config.NodeSettings.TlsFiles;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.apache.pekko.actor.AbstractExtensionId;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.ExtendedActorSystem;
import org.apache.pekko.actor.Extension;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mutual TLS with the certificates of {@code furrow.tls}: one way for all that nodes say to each
 * other. A peer shows a certificate that one of the authorities has signed, that is valid now, and
 * that carries this cluster's name; otherwise the handshake fails.
 *
 * <p>The files are read again when somebody connects, at most once a second. New ones serve new
 * connections; those that stand go on. Files that cannot be read or do not fit together are logged,
 * once, and the ones before stay in use. May be used by any thread.
 */
public final class NodeTls implements Extension {

  /** Finds the one of a system. */
  private static final class Id extends AbstractExtensionId<NodeTls> {

    @Override
    public NodeTls createExtension(ExtendedActorSystem system) {
      return of(NodeSettings.from(system.settings().config()).tls());
    }
  }

  private static final Id ID = new Id();
  private static final Logger log = LoggerFactory.getLogger(NodeTls.class);
  private static final long LOOK_NANOS = 1_000_000_000L;
  private static final String[] BETWEEN_NODES = {"TLSv1.3"};
  private static final String[] FOR_TOOLS = {"TLSv1.3", "TLSv1.2"};

  private final TlsFiles files;
  private final String subject;
  private final LongSupplier nanoClock;
  private final TlsComplaints ofNodes;
  private final TlsComplaints ofTools;

  // Guarded by this.
  private PemFiles seen;
  private Identity identity;
  private long lookedAt;
  private String complaint = "";

  private NodeTls(TlsFiles files, String subject, LongSupplier nanoClock) {
    this.files = files;
    this.subject = subject;
    this.nanoClock = nanoClock;
    this.ofNodes =
        new TlsComplaints(
            "another process, if a node: all need furrow.tls, with certificates of the same"
                + " authorities and of one name",
            nanoClock);
    this.ofTools = new TlsComplaints("a client of HTTP: it must trust furrow.tls", nanoClock);
    this.seen = PemFiles.read(files);
    this.identity = Identity.of(seen, subject);
    this.lookedAt = nanoClock.getAsLong();
  }

  /**
   * The one of an actor system, whose settings name the files: for all that a node opens.
   *
   * @throws IllegalArgumentException as {@link #of(NodeSettings.Tls)}
   */
  public static NodeTls of(ActorSystem system) {
    return ID.get(system);
  }

  /**
   * Reads the files.
   *
   * @param tls whose files are set
   * @throws IllegalArgumentException a file cannot be read, holds something else, or does not fit
   *     the others; names it, and never what a key's file holds
   */
  public static NodeTls of(NodeSettings.Tls tls) {
    return of(tls, System::nanoTime);
  }

  static NodeTls of(NodeSettings.Tls tls, LongSupplier nanoClock) {
    TlsFiles files =
        tls.files()
            .orElseThrow(() -> new IllegalArgumentException("furrow.tls names no certificates"));
    return new NodeTls(files, tls.subject(), nanoClock);
  }

  /** For one connection that is accepted: asks for a certificate and shows one. */
  public SSLEngine server() {
    SSLEngine engine = engine(BETWEEN_NODES, ofNodes);
    engine.setUseClientMode(false);
    engine.setNeedClientAuth(true);
    return engine;
  }

  /** For one connection that is made: likewise. */
  public SSLEngine client() {
    SSLEngine engine = engine(BETWEEN_NODES, ofNodes);
    engine.setUseClientMode(true);
    return engine;
  }

  /** For one connection of a tool: shows a certificate and asks for none. */
  public SSLEngine serverOfTools() {
    SSLEngine engine = engine(FOR_TOOLS, ofTools);
    engine.setUseClientMode(false);
    return engine;
  }

  /** What the files say now. */
  public SSLContext context() {
    return identity().context();
  }

  /** What this node shows, as of now. */
  public NodeCertificate certificate() {
    return identity().describe();
  }

  /** Who this node is by its certificate, as of now. */
  synchronized Identity identity() {
    long now = nanoClock.getAsLong();
    if (now - lookedAt >= LOOK_NANOS) {
      lookedAt = now;
      look();
    }
    return identity;
  }

  private void look() {
    try {
      PemFiles found = PemFiles.read(files);
      if (!found.equals(seen)) {
        identity = Identity.of(found, subject);
        seen = found;
        log.info("certificates were replaced: {}", identity);
      }
      complaint = "";
    } catch (IllegalArgumentException unfit) {
      String text = String.valueOf(unfit.getMessage());
      if (!text.equals(complaint)) {
        complaint = text;
        log.warn("the certificates before stay in use: {}", text);
      }
    }
  }

  private SSLEngine engine(String[] protocols, TlsComplaints complaints) {
    SSLEngine engine = new RecordGuard(context().createSSLEngine(), complaints);
    engine.setEnabledProtocols(protocols);
    return engine;
  }
}
