package dev.furrow.node;

import dev.furrow.FurrowException;
import dev.furrow.FurrowInterruptedException;
import dev.furrow.config.NodeSettings;
import dev.furrow.config.NodeTls;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.http.javadsl.ConnectionContext;
import org.apache.pekko.http.javadsl.Http;
import org.apache.pekko.http.scaladsl.HttpsConnectionContext;
import org.apache.pekko.http.scaladsl.model.Uri;
import org.apache.pekko.management.cluster.bootstrap.ClusterBootstrap;
import org.apache.pekko.management.scaladsl.PekkoManagement;
import scala.concurrent.Future;
import scala.jdk.javaapi.FutureConverters;

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
    Future<Uri> bound;
    if (settings.tls().files().isEmpty()) {
      bound = management.start();
    } else {
      NodeTls tls = NodeTls.of(system);
      Http.get(system)
          .setDefaultClientHttpsContext(
              ConnectionContext.httpsClient((host, port) -> tls.client()));
      HttpsConnectionContext https =
          (HttpsConnectionContext) ConnectionContext.httpsServer(tls::server);
      bound = management.start(with -> with.withHttpsConnectionContext(https));
    }
    await(bound, settings);
  }

  private static void await(Future<Uri> bound, NodeSettings settings) {
    try {
      FutureConverters.asJava(bound).toCompletableFuture().get(BIND.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new FurrowInterruptedException("interrupted while starting a node");
    } catch (ExecutionException | TimeoutException failed) {
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
