package dev.furrow.node;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigValueFactory;
import dev.furrow.FurrowException;
import dev.furrow.FurrowInterruptedException;
import dev.furrow.config.Exposure;
import dev.furrow.config.FurrowConfig;
import dev.furrow.config.NodeSettings;
import dev.furrow.config.NodeTls;
import dev.furrow.config.SettingsCheck;
import java.net.BindException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.AddressFromURIString;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.Member;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Starts and ends an actor system of Furrow's own. */
final class OwnSystem {

  private static final Duration END = Duration.ofSeconds(20);
  private static final String SEEDS = "pekko.cluster.seed-nodes";

  static {
    // Set up before the actor system's many threads log at once.
    LoggerFactory.getLogger(OwnSystem.class).trace("logging is set up");
  }

  private OwnSystem() {}

  /**
   * Starts a node and waits until it is a member of its cluster.
   *
   * @param beforeEnd is run when the Furrow is closed, before its actor system ends
   */
  static FurrowNode start(Config config, @Nullable Executor callbacks, Runnable beforeEnd) {
    NodeSettings settings = NodeSettings.from(config);
    return start(config, settings, callbacks, beforeEnd, null);
  }

  /**
   * Starts a node that joins another as soon as that is known, and waits for both.
   *
   * @param seed becomes the other's {@code host:port}
   */
  static FurrowNode startJoining(Config config, Future<String> seed) {
    return start(config, NodeSettings.from(config), null, () -> {}, seed);
  }

  private static FurrowNode start(
      Config config,
      NodeSettings settings,
      @Nullable Executor callbacks,
      Runnable beforeEnd,
      @Nullable Future<String> seed) {
    Exposure.check(settings);
    if (settings.tls().files().isPresent()) {
      NodeTls.of(settings.tls()); // says which file is wrong; Pekko would not
    }
    // It joins when it can do what members are asked for, and not by itself before that.
    Config alone =
        FurrowConfig.forSystem(config).withValue(SEEDS, ConfigValueFactory.fromIterable(List.of()));
    ActorSystem<Void> system = create(settings, alone);
    FurrowNode node;
    try {
      PekkoVersions.check(Adapter.toClassic(system));
      node =
          FurrowNode.own(
              system,
              settings,
              callbacks,
              () -> {
                beforeEnd.run();
                if (settings.profile().equals("workers") && seed == null) {
                  downOthers(system);
                }
                end(system);
              });
    } catch (RuntimeException failed) {
      end(system);
      throw failed;
    }
    try {
      if (!settings.profile().equals("local")) {
        node.prepare();
        join(system, settings, seed);
      }
      node.awaitView(view -> !view.nodes().isEmpty(), settings.cluster().joinTimeout());
      return node;
    } catch (InterruptedException interrupted) {
      node.close();
      Thread.currentThread().interrupt();
      throw new FurrowInterruptedException("interrupted while starting a node");
    } catch (RuntimeException failed) {
      node.close();
      throw failed;
    }
  }

  private static ActorSystem<Void> create(NodeSettings settings, Config config) {
    try {
      return ActorSystem.create(Behaviors.empty(), settings.cluster().name(), config);
    } catch (RuntimeException failed) {
      for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
        boolean taken =
            cause instanceof BindException
                || String.valueOf(cause.getMessage()).contains("Bind failed");
        if (taken) {
          throw new FurrowException(
              "address "
                  + settings.node().host()
                  + ":"
                  + settings.node().port()
                  + " cannot be used (is another node running there?): set furrow.node.port to a"
                  + " free port or to 0, and furrow.node.host to an address of this machine",
              failed);
        }
      }
      throw failed;
    }
  }

  private static void join(
      ActorSystem<Void> system, NodeSettings settings, @Nullable Future<String> seed)
      throws InterruptedException {
    Cluster cluster = Cluster.get(Adapter.toClassic(system));
    CountDownLatch up = new CountDownLatch(1);
    cluster.registerOnMemberUp(up::countDown);
    system.getWhenTerminated().whenComplete((done, failure) -> up.countDown());
    String seeds = settings.cluster().seeds().toString();
    if (seed != null) {
      seeds = await(seed);
      joinSeeds(cluster, List.of("pekko://" + settings.cluster().name() + "@" + seeds));
    } else if (settings.profile().equals("kubernetes")) {
      PodBootstrap.start(Adapter.toClassic(system), settings);
    } else if (settings.cluster().seeds().isEmpty()) {
      cluster.join(cluster.selfAddress());
    } else {
      joinSeeds(cluster, settings.cluster().seedAddresses());
    }
    // A little longer than Pekko's own limit, whose end says more.
    Duration limit = settings.cluster().joinTimeout().plusSeconds(2);
    boolean answered = up.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    if (!answered || system.whenTerminated().isCompleted() || ending(system).isPresent()) {
      throw new FurrowException(whyNot(system, settings, seeds));
    }
  }

  private static void joinSeeds(Cluster cluster, List<String> addresses) {
    cluster.joinSeedNodes(addresses.stream().map(AddressFromURIString::parse).toList());
  }

  private static String await(Future<String> seed) throws InterruptedException {
    try {
      return seed.get();
    } catch (ExecutionException never) {
      throw new FurrowException("the node to join is not known", never);
    }
  }

  /** Why an actor system is told to end, if it is. */
  static Optional<CoordinatedShutdown.Reason> ending(ActorSystem<?> system) {
    return CoordinatedShutdown.get(Adapter.toClassic(system)).getShutdownReason();
  }

  private static String whyNot(ActorSystem<Void> system, NodeSettings settings, String seeds) {
    boolean incompatible =
        ending(system)
            .filter(CoordinatedShutdown.incompatibleConfigurationDetectedReason()::equals)
            .isPresent();
    if (incompatible) {
      return "the cluster at "
          + (seeds.equals("[]") ? "the other pods" : seeds)
          + " refuses this node: its release of Furrow, whose wire version is "
          + settings.wireVersion()
          + ", or one of the settings that are the same on all nodes differs, which are here "
          + SettingsCheck.describe(system.settings().config())
          + ". Give all nodes the same (the log of the nodes that are there names the difference)";
    }
    if (settings.profile().equals("kubernetes")) {
      return "no cluster was joined or formed in time: "
          + settings.kubernetes().contactPoints()
          + " pods with labels "
          + settings.kubernetes().selector()
          + " must answer on their port "
          + settings.kubernetes().bootstrapPortName()
          + ". Check that so many run, that the service account may list pods, that network"
          + " policies let port "
          + settings.kubernetes().bootstrapPort()
          + " pass between them, and that their certificates fit";
    }
    return "none of the seed nodes "
        + seeds
        + " answered within "
        + settings.cluster().joinTimeout().toSeconds()
        + " s: check that one runs, that its furrow.cluster.name is"
        + " '"
        + settings.cluster().name()
        + "' too, that this machine reaches it, and that "
        + (settings.tls().files().isPresent()
            ? "it has furrow.tls, with certificates of the same authorities"
            : "it has no furrow.tls either, for this node has none")
        + " (furrow doctor looks at it); or leave furrow.cluster.seeds empty to form a new cluster";
  }

  /**
   * A driver's workers have ended: without them its node leaves at once, and need not wait until
   * they are found to be silent.
   */
  private static void downOthers(ActorSystem<?> system) {
    Cluster cluster = Cluster.get(Adapter.toClassic(system));
    for (Member member : cluster.state().getMembers()) {
      if (!member.uniqueAddress().equals(cluster.selfUniqueAddress())) {
        cluster.down(member.address());
      }
    }
  }

  /** Leaves the cluster, ends the system and waits for that. */
  static void end(ActorSystem<?> system) {
    system.terminate();
    try {
      system.getWhenTerminated().toCompletableFuture().get(END.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException late) {
      system.log().warn("the actor system has not ended within {}", END);
    }
  }
}
