package dev.furrow.config;

import com.typesafe.config.Config;
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
      checkNode(settings.node().host(), settings.tls());
    }
    checkHttp(settings);
  }

  /**
   * Checks what an actor system says to others, and Furrow on it.
   *
   * @param host where Furrow listens
   * @param system the actor system's configuration
   * @throws IllegalArgumentException as {@link #check}
   */
  public static void checkSystem(String host, NodeSettings.Tls tls, Config system) {
    String bound = system.getString("pekko.remote.artery.bind.hostname");
    boolean open = !isLoopback(host) || !(bound.isEmpty() || isLoopback(bound));
    if (!open || tls.allowAnyone()) {
      return;
    }
    String where = isLoopback(host) ? bound : host;
    checkNode(where, tls);
    if (!system.getString("pekko.remote.artery.transport").equals("tls-tcp")
        || !system
            .getString("pekko.remote.artery.ssl.ssl-engine-provider")
            .equals(ArteryTls.class.getName())) {
      throw new IllegalArgumentException(
          "furrow.tls is set, but this actor system's own connections at "
              + where
              + " do not use it: set pekko.remote.artery.transport=tls-tcp and"
              + " pekko.remote.artery.ssl.ssl-engine-provider="
              + ArteryTls.class.getName());
    }
  }

  private static void checkNode(String host, NodeSettings.Tls tls) {
    if (tls.files().isPresent() || tls.allowAnyone() || isLoopback(host)) {
      return;
    }
    throw new IllegalArgumentException(
        "this node would listen on "
            + host
            + ", where other machines can reach it, without certificates: whoever reaches it"
            + " could run code in it. Set furrow.tls.certificate, furrow.tls.key and"
            + " furrow.tls.authorities (furrow certs init makes such files), or"
            + " furrow.node.host=127.0.0.1; only where nobody else reaches this network,"
            + " furrow.tls.allow-anyone-on-the-network=on");
  }

  /**
   * Checks what people and tools are offered.
   *
   * @throws IllegalArgumentException as {@link #check}
   */
  public static void checkHttp(NodeSettings settings) {
    Http http = settings.http();
    if (http.port().isEmpty()) {
      return;
    }
    if (http.viewToken().isPresent() != http.adminToken().isPresent()) {
      throw new IllegalArgumentException(
          "furrow.http."
              + (http.viewToken().isEmpty() ? "view" : "admin")
              + "-token-file must be set where the other one is: a role without a token is"
              + " everybody's");
    }
    if (isLoopback(http.host())) {
      return;
    }
    String where =
        "furrow.http would listen on " + http.host() + ", where other machines can reach it, ";
    if (http.viewToken().isEmpty()) {
      throw new IllegalArgumentException(
          where
              + "without tokens: set furrow.http.view-token-file and furrow.http.admin-token-file,"
              + " or furrow.http.host=127.0.0.1, or furrow.http.port=off");
    }
    if (settings.tls().files().isEmpty()) {
      throw new IllegalArgumentException(
          where
              + "without certificates, so that tokens could be read on their way: set"
              + " furrow.tls.certificate, furrow.tls.key and furrow.tls.authorities, or"
              + " furrow.http.host=127.0.0.1, or furrow.http.port=off");
    }
  }

  /** Whether people and tools are spoken to by HTTPS: where others than this machine reach it. */
  public static boolean speaksHttps(NodeSettings settings) {
    return settings.tls().files().isPresent() && !isLoopback(settings.http().host());
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
