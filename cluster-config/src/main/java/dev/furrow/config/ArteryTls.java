package dev.furrow.config;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.remote.artery.tcp.SSLEngineProvider;
import scala.Option;

/** {@link NodeTls} for the membership's connections. Names are checked within the handshake. */
public final class ArteryTls implements SSLEngineProvider {

  private final NodeTls tls;

  /** For Pekko, which makes it by its name. */
  public ArteryTls(ActorSystem system) {
    this.tls = NodeTls.of(system);
  }

  @Override
  public SSLEngine createServerSSLEngine(String hostname, int port) {
    return tls.server();
  }

  @Override
  public SSLEngine createClientSSLEngine(String hostname, int port) {
    return tls.client();
  }

  @Override
  public Option<Throwable> verifyClientSession(String hostname, SSLSession session) {
    return Option.empty();
  }

  @Override
  public Option<Throwable> verifyServerSession(String hostname, SSLSession session) {
    return Option.empty();
  }
}
