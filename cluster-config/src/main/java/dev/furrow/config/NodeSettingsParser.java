package dev.furrow.config;

import dev.furrow.config.NodeSettings.Cluster;
import dev.furrow.config.NodeSettings.Jobs;
import dev.furrow.config.NodeSettings.Journal;
import dev.furrow.config.NodeSettings.Link;
import dev.furrow.config.NodeSettings.Liveness;
import dev.furrow.config.NodeSettings.Node;
import dev.furrow.config.NodeSettings.Partitions;
import dev.furrow.config.NodeSettings.Results;
import dev.furrow.config.NodeSettings.Seed;
import dev.furrow.config.NodeSettings.Submit;
import dev.furrow.config.NodeSettings.Tasks;
import dev.furrow.config.NodeSettings.Workers;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From names to {@link NodeSettings}. The bounds here are those that reference.conf tells. */
final class NodeSettingsParser {

  private static final int KIB = 1024;
  static final int MOST_PORT = 65_535;
  private static final int MOST_SLOTS = 10_000;
  private static final int MOST_BATCH = 10_000;
  private static final int LEAST_FRAME = 64 * KIB;
  private static final int MOST_FRAME = 1024 * KIB * KIB;
  private static final Duration MILLI = Duration.ofMillis(1);
  private static final Duration SECOND = Duration.ofSeconds(1);

  private static final Pattern CLUSTER_NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_-]*");
  private static final Pattern HOST = Pattern.compile("\\[[0-9a-fA-F:.%]+]|[^\\s:/@\\[\\]]+");
  private static final Pattern IPV6 =
      Pattern.compile("[0-9a-fA-F.]*:[0-9a-fA-F.]*:[0-9a-fA-F:.%]*");
  private static final Pattern SEED = Pattern.compile("(" + HOST + "):([0-9]{1,5})");

  private final SettingsReader reader;

  private NodeSettingsParser(SettingsReader reader) {
    this.reader = reader;
  }

  static NodeSettings parse(SettingsReader reader) {
    NodeSettingsParser parser = new NodeSettingsParser(reader);
    NetworkParser network = new NetworkParser(reader);
    NodeSettings settings =
        new NodeSettings(
            parser.profile(),
            reader.number("furrow.wire-version", 1),
            parser.cluster(),
            parser.node(),
            parser.link(),
            parser.tasks(),
            parser.submit(),
            parser.results(),
            parser.jobs(),
            parser.partitions(),
            parser.journal(),
            parser.liveness(),
            parser.workers(),
            network.tls(),
            network.http(),
            network.kubernetes(),
            reader.duration("furrow.close.timeout", Duration.ZERO));
    new SettingsRules(settings, reader).check();
    return settings;
  }

  private String profile() {
    String path = "furrow.profile";
    String profile = reader.text(path);
    if (!FurrowConfig.profiles().contains(profile)) {
      throw reader.wrong(path, "be one of " + String.join(", ", FurrowConfig.profiles()));
    }
    return profile;
  }

  private Cluster cluster() {
    String path = "furrow.cluster.name";
    String name = reader.text(path);
    if (!CLUSTER_NAME.matcher(name).matches()) {
      throw reader.wrong(path, "be letters, digits, - and _, the first a letter or digit");
    }
    return new Cluster(name, seeds(), reader.duration("furrow.cluster.join-timeout", SECOND));
  }

  private List<Seed> seeds() {
    String path = "furrow.cluster.seeds";
    return reader.list(path).stream().map(text -> seed(path, text)).toList();
  }

  private static Seed seed(String path, String text) {
    Matcher parts = SEED.matcher(text);
    int port = parts.matches() ? Integer.parseInt(parts.group(2)) : 0;
    if (port < 1 || port > MOST_PORT) {
      throw new IllegalArgumentException(
          path + " must be host:port with a port from 1 to " + MOST_PORT + " (was " + text + ")");
    }
    return new Seed(parts.group(1), port);
  }

  private Node node() {
    boolean auto = reader.is("furrow.node.slots", "auto");
    return new Node(
        host(),
        reader.number("furrow.node.port", 0, MOST_PORT),
        auto ? Runtime.getRuntime().availableProcessors() : slots(),
        auto,
        roles(),
        reader.counts("furrow.node.resources"),
        reader.number("furrow.node.abandoned.max", 1),
        reader.number("furrow.node.parked.max", 1),
        reader.duration("furrow.node.drain-timeout", Duration.ZERO));
  }

  private String host() {
    return host(reader, "furrow.node.host");
  }

  /** A bare address of IPv6, as Kubernetes gives it, gets its brackets. */
  static String host(SettingsReader reader, String path) {
    String text = reader.text(path);
    String host = IPV6.matcher(text).matches() ? "[" + text + "]" : text;
    if (!HOST.matcher(host).matches()) {
      throw reader.wrong(path, "be a host name or address without a port, of IPv6 in brackets");
    }
    return host;
  }

  private int slots() {
    String path = "furrow.node.slots";
    try {
      return reader.number(path, 0, MOST_SLOTS);
    } catch (IllegalArgumentException e) {
      throw reader.wrong(path, "be auto or a whole number from 0 to " + MOST_SLOTS);
    }
  }

  private List<String> roles() {
    String path = "furrow.node.roles";
    List<String> roles = reader.list(path).stream().distinct().toList();
    if (roles.stream().anyMatch(role -> role.startsWith("dc-"))) {
      throw reader.wrong(path, "not begin with dc-, which Pekko keeps for data centres");
    }
    return roles;
  }

  private Link link() {
    return new Link(
        reader.number("furrow.link.port", 0, MOST_PORT),
        (int) reader.size("furrow.link.max-frame", LEAST_FRAME, MOST_FRAME),
        reader.size("furrow.link.max-pending", LEAST_FRAME, Long.MAX_VALUE),
        reader.duration("furrow.link.connect-timeout", Duration.ofMillis(10)),
        reader.duration("furrow.link.redial.min", MILLI),
        reader.duration("furrow.link.redial.max", MILLI),
        reader.number("furrow.link.event-loops", 0, 64),
        reader.duration("furrow.link.spin", Duration.ZERO, Duration.ofMillis(10)));
  }

  private Tasks tasks() {
    return new Tasks(
        reader.list("furrow.tasks.allow"),
        (int) reader.size("furrow.tasks.max-bytes", KIB, MOST_FRAME),
        (int) reader.size("furrow.tasks.max-result", KIB, MOST_FRAME));
  }

  private Submit submit() {
    return new Submit(
        reader.number("furrow.submit.max-tasks", 1),
        reader.size("furrow.submit.max-bytes", KIB, Long.MAX_VALUE),
        reader.duration("furrow.submit.timeout", Duration.ZERO));
  }

  private Results results() {
    return new Results(
        reader.size("furrow.results.memory", 0, Long.MAX_VALUE),
        directory(),
        reader.number("furrow.results.window", 1));
  }

  private Path directory() {
    String path = "furrow.results.directory";
    String name = reader.text(path);
    try {
      return Path.of(name.isEmpty() ? System.getProperty("java.io.tmpdir") : name);
    } catch (InvalidPathException e) {
      throw reader.wrong(path, "be a folder's path");
    }
  }

  private Partitions partitions() {
    return new Partitions(
        reader.number("furrow.partitions.max-calls", 1),
        reader.size("furrow.partitions.max-call-bytes", 64 * KIB, Long.MAX_VALUE),
        reader.duration("furrow.partitions.call-timeout", MILLI.multipliedBy(10)),
        reader.duration("furrow.partitions.resend", MILLI),
        reader.duration("furrow.partitions.run-timeout", MILLI),
        reader.duration("furrow.partitions.passivate-after", SECOND));
  }

  private Journal journal() {
    String path = "furrow.journal.kind";
    String name = reader.text(path);
    Journal.Kind kind =
        Arrays.stream(Journal.Kind.values())
            .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(name))
            .findFirst()
            .orElseThrow(() -> reader.wrong(path, "be none, h2 or postgresql"));
    String url = reader.text("furrow.journal.postgresql.url");
    if (kind == Journal.Kind.POSTGRESQL && !url.startsWith("jdbc:postgresql:")) {
      throw reader.wrong(
          "furrow.journal.postgresql.url", "be a URL that begins with jdbc:postgresql:");
    }
    return new Journal(
        kind,
        reader.number("furrow.journal.connections", 1, 100),
        reader.duration("furrow.journal.timeout", SECOND),
        folder("furrow.journal.h2.directory").toAbsolutePath(),
        new Journal.PostgreSql(url, reader.text("furrow.journal.postgresql.user"), password()));
  }

  private String password() {
    String path = "furrow.journal.postgresql.password-file";
    String password = reader.text("furrow.journal.postgresql.password");
    if (reader.text(path).isEmpty()) {
      return password;
    }
    try (BufferedReader file = Files.newBufferedReader(folder(path))) {
      String line = file.readLine();
      return line == null ? "" : line;
    } catch (IOException unreadable) {
      throw reader.wrong(path, "name a file that can be read");
    }
  }

  private Path folder(String path) {
    try {
      return Path.of(reader.text(path));
    } catch (InvalidPathException e) {
      throw reader.wrong(path, "be a path");
    }
  }

  private Jobs jobs() {
    return new Jobs(
        reader.number("furrow.jobs.batch", 1, MOST_BATCH),
        reader.number("furrow.jobs.prefetch", 0, MOST_BATCH),
        reader.duration("furrow.jobs.ageing", MILLI),
        reader.duration("furrow.jobs.backoff-cap", MILLI),
        reader.number("furrow.jobs.max-lost", 1),
        reader.number("furrow.jobs.speculation.median-percent", 100),
        reader.duration("furrow.jobs.speculation.min-age", MILLI),
        reader.number("furrow.jobs.max-jobs", 1));
  }

  private Liveness liveness() {
    return new Liveness(
        reader.duration("furrow.liveness.status-interval", MILLI),
        reader.duration("furrow.liveness.pool-silence", MILLI),
        reader.duration("furrow.liveness.supervisor-silence", MILLI),
        reader.duration("furrow.liveness.tick", MILLI));
  }

  private Workers workers() {
    return new Workers(
        reader.words("furrow.workers.jvm-options"),
        reader.duration("furrow.workers.start-timeout", SECOND),
        reader.duration("furrow.workers.restart.min", MILLI),
        reader.duration("furrow.workers.restart.max", MILLI),
        reader.number("furrow.workers.restart.give-up", 1),
        classArchive());
  }

  private Optional<Path> classArchive() {
    String path = "furrow.workers.class-archive";
    if (reader.is(path, "auto")) {
      return CacheFolder.ofThisUser();
    }
    // A bare off is a boolean where a program sets it.
    String name = reader.text(path);
    if (name.equals("off") || name.equals("false")) {
      return Optional.empty();
    }
    try {
      Path folder = Path.of(name);
      if (folder.isAbsolute()) {
        return Optional.of(folder);
      }
    } catch (InvalidPathException e) {
      throw reader.wrong(path, "be auto, off or a folder's absolute path");
    }
    throw reader.wrong(path, "be auto, off or a folder's absolute path");
  }
}
