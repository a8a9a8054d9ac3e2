package dev.furrow.node;

import dev.furrow.FurrowException;
import dev.furrow.config.NodeSettings;
import dev.furrow.config.NodeTls;
import java.time.Duration;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.http.javadsl.ConnectionContext;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.scaladsl.HttpsConnectionContext;
import org.apache.pekko.management.cluster.bootstrap.ClusterBootstrap;
import org.apache.pekko.management.scaladsl.PekkoManagement;
import scala.concurrent.Await;
import scala.jdk.javaapi.DurationConverters;

/**
 * Profile {@code kubernetes}: asks Kubernetes which pods there are, and those which cluster they
 * are in; joins it, or forms a new one when as many as {@code furrow.kubernetes.contact-points}
 * have answered and none is in one. What the pods tell each other goes over mutual TLS, where the
 * node has certificates.
 */
final class PodBootstrap {

  private static final Duration BIND = Duration.ofSeconds(10);

  private PodBootstrap() {}

  /**
   * Begins to look; returns at once.
   *
   * @throws FurrowException the port is taken, or the class path lacks what this takes
   */
  static void start(ActorSystem system, NodeSettings settings) {
    try {
      listen(system, settings);
      ClusterBootstrap.get(system).start();
    } catch (NoClassDefFoundError missing) {
      throw new FurrowException(
          "profile kubernetes needs pekko-management-cluster-bootstrap, pekko-discovery-kubernetes-api"
              + " and pekko-lease-kubernetes on the class path (missing: "
              + missing.getMessage()
              + "): add them, as Furrow's image does",
          missing);
    }
  }

  private static void listen(ActorSystem system, NodeSettings settings) {
    PekkoManagement management = PekkoManagement.get(system);
    try {
      if (settings.tls().files().isEmpty()) {
        Await.result(management.start(), DurationConverters.toScala(BIND));
        return;
      }
      NodeTls tls = NodeTls.of(settings.tls());
      Http.get(system)
          .setDefaultClientHttpsContext(
              ConnectionContext.httpsClient((host, port) -> tls.client()));
      HttpsConnectionContext https =
          (HttpsConnectionContext) ConnectionContext.httpsServer(tls::server);
      Await.result(
          management.start(with -> with.withHttpsConnectionContext(https)),
          DurationConverters.toScala(BIND));
    } catch (Exception failed) {
      throw new FurrowException(
          "cannot listen on "
              + settings.node().host()
              + ":"
              + settings.kubernetes().bootstrapPort()
              + " ("
              + failed.getMessage()
              + "): set furrow.kubernetes.bootstrap-port to a free port, the same on all pods",
          failed);
    }
  }
}
