package dev.furrow.config;

import com.typesafe.config.Config;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * All settings of one node, read and checked. Immutable; {@code reference.conf} says what each one
 * means and what happens when its bound is reached. Sizes are in bytes.
 *
 * @param profile {@code local}, {@code cluster}, {@code kubernetes} or {@code workers}
 * @param wireVersion the version of the records that nodes exchange; equal within a cluster
 * @param cluster which cluster, and how to join it
 * @param node this node and what it offers
 * @param link the connections for leases, reports and results
 * @param tasks which tasks are accepted, and how large
 * @param submit how much a program may have under way
 * @param results where unread results are kept
 * @param jobs how jobs deal out their tasks
 * @param partitions calls on state that is kept by key
 * @param journal where durable state is kept
 * @param liveness signs of life, and what their absence means
 * @param workers the worker JVMs of this machine
 * @param tls who may speak to this node
 * @param http what people and tools ask a node
 * @param kubernetes how pods find one another
 * @param closeTimeout how long {@code close()} waits for open jobs; zero or more
 */
public record NodeSettings(
    String profile,
    int wireVersion,
    Cluster cluster,
    Node node,
    Link link,
    Tasks tasks,
    Submit submit,
    Results results,
    Jobs jobs,
    Partitions partitions,
    Journal journal,
    Liveness liveness,
    Workers workers,
    Tls tls,
    Http http,
    Kubernetes kubernetes,
    Duration closeTimeout) {

  /** The role in the cluster of a node that runs tasks. */
  public static final String WORKER_ROLE = "worker";

  /**
   * Reads and checks settings.
   *
   * @param config from {@link FurrowConfig#load}, or the configuration of a host's actor system, in
   *     whose {@code reference.conf} Furrow's settings are included
   * @throws IllegalArgumentException a setting is unknown, of a wrong type, out of its bounds or at
   *     odds with another; names it and its value
   */
  public static NodeSettings from(Config config) {
    KnownSettings.on(ClassLoaders.choose()).check(config);
    return NodeSettingsParser.parse(new SettingsReader(config));
  }

  /**
   * Which cluster, and how to join it.
   *
   * @param name of the cluster and of its actor systems
   * @param seeds nodes to join, in order; empty: this node starts a new cluster
   * @param joinTimeout how long a node tries to become a member; at least 1 s
   */
  public record Cluster(String name, List<Seed> seeds, Duration joinTimeout) {

    /** Copies the list. */
    public Cluster {
      seeds = List.copyOf(seeds);
    }

    /** The seeds as Pekko writes them: {@code pekko://name@host:port}. */
    public List<String> seedAddresses() {
      return seeds.stream().map(seed -> "pekko://" + name + "@" + seed).toList();
    }
  }

  /**
   * Where a node listens.
   *
   * @param host name or address; of IPv6 with its brackets
   * @param port 1 to 65535
   */
  public record Seed(String host, int port) {

    @Override
    public String toString() {
      return host + ":" + port;
    }
  }

  /**
   * This node and what it offers.
   *
   * @param host under which others reach it
   * @param port of the membership; 0: any free one
   * @param slots tasks that run at once, after {@code auto} was replaced by the JVM's cores; 0: it
   *     runs no tasks
   * @param autoSlots the setting was {@code auto}
   * @param roles further roles, without repetition
   * @param resources what it has for tasks that require it, by name; counts of 0 or more
   * @param maxAbandoned threads that ignore interruption, at which the node asks for no more work;
   *     at least 1
   * @param maxParked tasks that may wait inside tasks; at least 1
   * @param drainTimeout how long running tasks may go on when the node ends; zero or more
   */
  public record Node(
      String host,
      int port,
      int slots,
      boolean autoSlots,
      List<String> roles,
      Map<String, Long> resources,
      int maxAbandoned,
      int maxParked,
      Duration drainTimeout) {

    /** Copies the collections. */
    public Node {
      roles = List.copyOf(roles);
      resources = Map.copyOf(resources);
    }
  }

  /**
   * The connections for leases, reports and results.
   *
   * @param port to listen on; 0: any free one
   * @param maxFrame most bytes of one message; 64 KiB to 1 GiB
   * @param maxPending most bytes that wait for one node; at least {@code maxFrame}
   * @param connectTimeout bounds connecting, handshake included; at least 10 ms
   * @param minRedial first pause before dialling again; at least 1 ms
   * @param maxRedial longest such pause; at least {@code minRedial}
   * @param eventLoops threads; 0: one for every four cores, from 1 to 8
   * @param spin how long an idle one looks for work before it sleeps; at most 10 ms
   */
  public record Link(
      int port,
      int maxFrame,
      long maxPending,
      Duration connectTimeout,
      Duration minRedial,
      Duration maxRedial,
      int eventLoops,
      Duration spin) {}

  /**
   * Which tasks are accepted, and how large.
   *
   * @param allow class names, and packages as {@code com.acme.*}; empty: all
   * @param maxBytes most bytes of an encoded task; at least 1 KiB, fits into a frame
   * @param maxResult most bytes of an encoded result; at least 1 KiB, fits into a frame
   */
  public record Tasks(List<String> allow, int maxBytes, int maxResult) {

    /** Copies the list. */
    public Tasks {
      allow = List.copyOf(allow);
    }
  }

  /**
   * How much a program may have under way.
   *
   * @param maxTasks accepted and without an outcome; at least 1
   * @param maxBytes of these, encoded; at least {@link Tasks#maxBytes}
   * @param timeout how long a submit waits for room; zero or more
   */
  public record Submit(int maxTasks, long maxBytes, Duration timeout) {}

  /**
   * Where unread results are kept.
   *
   * @param memory most bytes in memory, of all jobs; 0 or more
   * @param directory for the rest
   * @param window outcomes by which an open reader may lag; at least 1
   */
  public record Results(long memory, Path directory, int window) {}

  /**
   * How jobs deal out their tasks.
   *
   * @param batch most leases or reports in one message; 1 to 10000
   * @param prefetch leases that a pool holds beyond its slots when tasks are short; 0 to 10000
   * @param ageing waiting that is worth one point of priority; at least 1 ms
   * @param backoffCap longest wait before a retry; at least 1 ms
   * @param maxLost attempts of one task that may be lost with their nodes; at least 1
   * @param slowPercent of the median after which an attempt is slow; at least 100
   * @param slowAge before which no attempt is slow; at least 1 ms
   * @param maxJobs open jobs of one program; at least 1
   */
  public record Jobs(
      int batch,
      int prefetch,
      Duration ageing,
      Duration backoffCap,
      int maxLost,
      int slowPercent,
      Duration slowAge,
      int maxJobs) {}

  /**
   * Calls on state that is kept by key.
   *
   * @param maxCalls of a program that have no answer; at least 1
   * @param maxCallBytes of these calls; at least 64 KiB
   * @param callTimeout how long a call waits for its answer; at least 10 ms
   * @param resend after which it is sent again; at least 1 ms
   * @param runTimeout longest run of one update; at least 1 ms
   * @param passivateAfter idle time after which a journaled partition leaves memory; at least 1 s
   */
  public record Partitions(
      int maxCalls,
      long maxCallBytes,
      Duration callTimeout,
      Duration resend,
      Duration runTimeout,
      Duration passivateAfter) {}

  /**
   * Where state that survives all nodes is kept.
   *
   * @param kind which database
   * @param connections to it; 1 to 100
   * @param timeout of one read or write; at least 1 s
   * @param h2Directory the folder of the file, absolute
   * @param postgresql where the server is
   */
  public record Journal(
      Kind kind, int connections, Duration timeout, Path h2Directory, PostgreSql postgresql) {

    /** Which database. */
    public enum Kind {
      /** There is none. */
      NONE,
      /** A file on this machine. */
      H2,
      /** A server that all nodes reach. */
      POSTGRESQL
    }

    /**
     * A PostgreSQL server.
     *
     * @param url a JDBC URL; not empty where the kind is {@code POSTGRESQL}
     * @param user who connects; empty: as the URL says
     * @param password of the user; empty if there is none
     */
    public record PostgreSql(String url, String user, String password) {

      @Override
      public String toString() {
        return url.replaceFirst("[?].*$", "") + " as " + (user.isEmpty() ? "the URL says" : user);
      }
    }
  }

  /**
   * Signs of life, and what their absence means.
   *
   * @param statusInterval how often pool and job compare what is leased; at least 1 ms
   * @param poolSilence after which a pool's leases are given to others; more than two intervals
   * @param supervisorSilence after which a pool stops a job's tasks; more than two intervals
   * @param tick how often timers are looked at; 1 ms to one interval
   */
  public record Liveness(
      Duration statusInterval, Duration poolSilence, Duration supervisorSilence, Duration tick) {}

  /**
   * The worker JVMs of this machine.
   *
   * @param jvmOptions for each of them
   * @param startTimeout from the fork to membership; at least 1 s
   * @param minRestart first pause before a dead worker is forked anew; at least 1 ms
   * @param maxRestart longest such pause; at least {@code minRestart}
   * @param giveUp deaths in a row, each within a minute of the start, after which its place stays
   *     empty; at least 1
   * @param classArchive the folder where their class archives are kept; empty: they use none
   */
  public record Workers(
      List<String> jvmOptions,
      Duration startTimeout,
      Duration minRestart,
      Duration maxRestart,
      int giveUp,
      Optional<Path> classArchive) {

    /** Copies the list. */
    public Workers {
      jvmOptions = List.copyOf(jvmOptions);
    }
  }

  /**
   * Who may speak to this node.
   *
   * @param files certificates; empty: connections are not encrypted, and whoever connects may speak
   * @param subject the name that a peer's certificate must carry; empty: one of this node's own
   * @param allowAnyone a node without certificates may be reached from other machines
   */
  public record Tls(Optional<TlsFiles> files, String subject, boolean allowAnyone) {}

  /**
   * Files in PEM form, as absolute paths.
   *
   * @param certificate this node's, before those that signed it
   * @param key its private key
   * @param authorities that sign nodes' certificates
   */
  public record TlsFiles(Path certificate, Path key, Path authorities) {}

  /**
   * What people and tools ask a node.
   *
   * @param host where it listens
   * @param port 0: any free one; empty: it does not listen
   * @param viewToken file with the token of those who may look
   * @param adminToken file with the token of those who may also tell nodes to leave
   * @param hosts further names by which it may be asked, in lower case
   * @param maxConnections at once; at least 1
   */
  public record Http(
      String host,
      OptionalInt port,
      Optional<Path> viewToken,
      Optional<Path> adminToken,
      List<String> hosts,
      int maxConnections) {

    /** Copies the list. */
    public Http {
      hosts = List.copyOf(hosts);
    }
  }

  /**
   * How pods find one another.
   *
   * @param contactPoints pods that must have answered before a new cluster is formed; at least 1
   * @param selector the labels of its pods
   * @param namespace of its pods; empty: that of this pod
   * @param bootstrapPort where pods tell which cluster they are in; 1 to 65535
   * @param bootstrapPortName its name in the pods' specification
   * @param lease of a network that broke apart, the side that holds a lease goes on
   */
  public record Kubernetes(
      int contactPoints,
      String selector,
      String namespace,
      int bootstrapPort,
      String bootstrapPortName,
      boolean lease) {}
}
