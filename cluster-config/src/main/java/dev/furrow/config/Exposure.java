package dev.furrow.config;

import dev.furrow.config.NodeSettings.Http;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Refuses to open a port to other machines that anybody could use. */
public final class Exposure {

  private Exposure() {}

  /**
   * Checks the ports of a node of Furrow's own. A name is looked up.
   *
   * @throws IllegalArgumentException a port could be reached from other machines by whoever is
   *     there; says which and what to set
   */
  public static void check(NodeSettings settings) {
    if (!settings.profile().equals("local")) {
      checkNode(settings.node().host(), settings.tls(), settings.tls().files().isPresent());
    }
    checkHttp(settings);
  }

  /**
   * Checks what nodes say to each other.
   *
   * @param host where the node listens
   * @param membershipIsEncrypted the actor system's own connections use TLS
   * @throws IllegalArgumentException as {@link #check}
   */
  public static void checkNode(String host, NodeSettings.Tls tls, boolean membershipIsEncrypted) {
    if (tls.allowAnyone() || isLoopback(host)) {
      return;
    }
    if (tls.files().isEmpty()) {
      throw new IllegalArgumentException(
          "this node would listen on "
              + host
              + ", where other machines can reach it, without certificates: whoever reaches it"
              + " could run code in it. Set furrow.tls.certificate, furrow.tls.key and"
              + " furrow.tls.authorities (furrow certs init makes such files), or"
              + " furrow.node.host=127.0.0.1; only where nobody else reaches this network,"
              + " furrow.tls.allow-anyone-on-the-network=on");
    }
    if (!membershipIsEncrypted) {
      throw new IllegalArgumentException(
          "furrow.tls is set, but this actor system's own connections at "
              + host
              + " are not encrypted: set pekko.remote.artery.transport=tls-tcp and"
              + " pekko.remote.artery.ssl.ssl-engine-provider="
              + ArteryTls.class.getName());
    }
  }

  /**
   * Checks what people and tools are offered.
   *
   * @throws IllegalArgumentException as {@link #check}
   */
  public static void checkHttp(NodeSettings settings) {
    Http http = settings.http();
    if (http.port().isEmpty() || isLoopback(http.host())) {
      return;
    }
    String where =
        "furrow.http would listen on " + http.host() + ", where other machines can reach it, ";
    if (http.viewToken().isEmpty() || http.adminToken().isEmpty()) {
      String missing = http.viewToken().isEmpty() ? "view" : "admin";
      throw new IllegalArgumentException(
          where
              + "without a token: set furrow.http."
              + missing
              + "-token-file, or furrow.http.host=127.0.0.1, or furrow.http.port=off");
    }
    if (settings.tls().files().isEmpty() && !settings.tls().allowAnyone()) {
      throw new IllegalArgumentException(
          where
              + "without certificates, so that tokens could be read on their way: set"
              + " furrow.tls.certificate, furrow.tls.key and furrow.tls.authorities, or"
              + " furrow.http.host=127.0.0.1, or furrow.http.port=off");
    }
  }

  /** Whether only this machine reaches an address; a name that is unknown here is none of its. */
  public static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException unknown) {
      return false;
    }
  }
}
