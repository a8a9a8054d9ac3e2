package dev.furrow.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Holds reference.conf and {@link NodeSettings} together, in both directions. */
class NodeSettingsMappingTest {

  /** Read by Pekko alone. */
  private static final Set<String> NOT_OURS = Set.of("furrow.dispatcher.control");

  /** Cannot be set by a program: the first is given to load, the second is a fact. */
  private static final Set<String> FIXED = Set.of("furrow.profile", "furrow.wire-version");

  private static final int MIB = 1024 * 1024;

  private final KnownSettings known = KnownSettings.on(ClassLoaders.choose());

  @Test
  void shouldReadEverySettingOfReferenceConfAndNoOther() {
    SettingsReader reader = new SettingsReader(FurrowConfig.load("local", Map.of()));

    NodeSettingsParser.parse(reader);

    Set<String> ours = new HashSet<>(known.names());
    ours.removeAll(NOT_OURS);
    assertThat(reader.asked()).containsExactlyInAnyOrderElementsOf(ours);
  }

  @Test
  void shouldHaveTheDocumentedDefaults() {
    NodeSettings defaults = Programs.settings(Map.of());

    int cores = Runtime.getRuntime().availableProcessors();
    assertThat(defaults)
        .isEqualTo(
            new NodeSettings(
                "local",
                1,
                new NodeSettings.Cluster("furrow", List.of(), Duration.ofSeconds(30)),
                new NodeSettings.Node(
                    "127.0.0.1",
                    0,
                    cores,
                    true,
                    List.of(),
                    Map.of(),
                    16,
                    10_000,
                    Duration.ofSeconds(20)),
                new NodeSettings.Link(
                    0,
                    96 * MIB,
                    256L * MIB,
                    Duration.ofSeconds(3),
                    Duration.ofMillis(100),
                    Duration.ofSeconds(2),
                    0,
                    Duration.ofNanos(60_000)),
                new NodeSettings.Tasks(List.of(), 16 * MIB, 64 * MIB),
                new NodeSettings.Submit(1_000_000, 256L * MIB, Duration.ofSeconds(30)),
                new NodeSettings.Results(
                    64L * MIB, Path.of(System.getProperty("java.io.tmpdir")), 10_000),
                new NodeSettings.Jobs(
                    1_024,
                    8_192,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(30),
                    64,
                    200,
                    Duration.ofMillis(100),
                    10_000),
                new NodeSettings.Partitions(
                    100_000,
                    64L * MIB,
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(10),
                    Duration.ofMinutes(10)),
                new NodeSettings.Journal(
                    NodeSettings.Journal.Kind.H2,
                    8,
                    Duration.ofSeconds(10),
                    Path.of("furrow-data").toAbsolutePath(),
                    new NodeSettings.Journal.PostgreSql("", "", "")),
                new NodeSettings.Liveness(
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(20),
                    Duration.ofMillis(20)),
                new NodeSettings.Workers(
                    List.of(),
                    Duration.ofSeconds(60),
                    Duration.ofMillis(200),
                    Duration.ofSeconds(10),
                    10,
                    CacheFolder.ofThisUser()),
                new NodeSettings.Tls(Optional.empty(), "", false),
                new NodeSettings.Http(
                    "127.0.0.1",
                    OptionalInt.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    64),
                new NodeSettings.Kubernetes(
                    3, "app.kubernetes.io/name=furrow", "", 7626, "bootstrap", false),
                Duration.ofSeconds(30)));
  }

  @Test
  void shouldReadEverySettingIntoItsOwnPlace() {
    NodeSettings settings = NodeSettings.from(FurrowConfig.load("cluster", otherValues()));

    assertThat(settings)
        .isEqualTo(
            new NodeSettings(
                "cluster",
                1,
                new NodeSettings.Cluster(
                    "field",
                    List.of(new NodeSettings.Seed("a", 1), new NodeSettings.Seed("[::1]", 65_535)),
                    Duration.ofSeconds(31)),
                new NodeSettings.Node(
                    "node.example",
                    2551,
                    3,
                    false,
                    List.of("fast", "big"),
                    Map.of("gpu", 2L, "licence.cad", 1L),
                    17,
                    10_001,
                    Duration.ofSeconds(21)),
                new NodeSettings.Link(
                    2552,
                    97 * MIB,
                    257L * MIB,
                    Duration.ofSeconds(4),
                    Duration.ofMillis(101),
                    Duration.ofSeconds(3),
                    2,
                    Duration.ofMillis(1)),
                new NodeSettings.Tasks(List.of("com.acme.*", "org.Job"), 17 * MIB, 65 * MIB),
                new NodeSettings.Submit(1_000_001, 258L * MIB, Duration.ofSeconds(32)),
                new NodeSettings.Results(66L * MIB, Path.of("spill"), 10_002),
                new NodeSettings.Jobs(
                    65,
                    66,
                    Duration.ofSeconds(11),
                    Duration.ofSeconds(33),
                    67,
                    250,
                    Duration.ofMillis(70),
                    10_003),
                new NodeSettings.Partitions(
                    100_001,
                    67L * MIB,
                    Duration.ofSeconds(33),
                    Duration.ofSeconds(6),
                    Duration.ofSeconds(14),
                    Duration.ofMinutes(9)),
                new NodeSettings.Journal(
                    NodeSettings.Journal.Kind.POSTGRESQL,
                    9,
                    Duration.ofSeconds(15),
                    Path.of("/var/lib/journal"),
                    new NodeSettings.Journal.PostgreSql("jdbc:postgresql://db/f", "me", "secret")),
                new NodeSettings.Liveness(
                    Duration.ofMillis(1500),
                    Duration.ofSeconds(6),
                    Duration.ofSeconds(22),
                    Duration.ofNanos(21_500_000)),
                new NodeSettings.Workers(
                    List.of("-Xmx512m", "-ea"),
                    Duration.ofSeconds(61),
                    Duration.ofMillis(201),
                    Duration.ofSeconds(12),
                    11,
                    Optional.of(Path.of("/var/cache/classes"))),
                new NodeSettings.Tls(
                    Optional.of(
                        new NodeSettings.TlsFiles(
                            Path.of("/tls/tls.crt"),
                            Path.of("/tls/tls.key"),
                            Path.of("/tls/ca.crt"))),
                    "field.example",
                    true),
                new NodeSettings.Http(
                    "0.0.0.0",
                    OptionalInt.of(7080),
                    Optional.of(Path.of("/tokens/view")),
                    Optional.of(Path.of("/tokens/admin")),
                    List.of("furrow.example", "proxy"),
                    65),
                new NodeSettings.Kubernetes(5, "app=field", "fields", 7627, "join", true),
                Duration.ofSeconds(34)));
  }

  @Test
  void shouldSetEverySettingToAnotherValueThanItsDefaultInTheTestAbove() {
    Config defaults = FurrowConfig.load("local", Map.of());
    Map<String, Object> others = otherValues();

    Set<String> settable = new HashSet<>(known.names());
    settable.removeAll(NOT_OURS);
    settable.removeAll(FIXED);
    assertThat(others.keySet()).containsExactlyInAnyOrderElementsOf(settable);
    Config changed = FurrowConfig.load("cluster", others);
    assertThat(settable)
        .allSatisfy(
            path -> assertThat(changed.getValue(path)).isNotEqualTo(defaults.getValue(path)));
  }

  private static Map<String, Object> otherValues() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("furrow.cluster.name", "field");
    values.put("furrow.cluster.seeds", List.of("a:1", "[::1]:65535"));
    values.put("furrow.cluster.join-timeout", Duration.ofSeconds(31));
    values.put("furrow.node.host", "node.example");
    values.put("furrow.node.port", 2551);
    values.put("furrow.node.slots", 3);
    values.put("furrow.node.roles", List.of("fast", "big", "fast"));
    values.put("furrow.node.resources", Map.of("gpu", 2, "licence.cad", "1"));
    values.put("furrow.node.abandoned.max", 17);
    values.put("furrow.node.parked.max", 10_001L);
    values.put("furrow.node.drain-timeout", "21s");
    values.put("furrow.link.port", "2552");
    values.put("furrow.link.max-frame", "97MiB");
    values.put("furrow.link.max-pending", "257MiB");
    values.put("furrow.link.connect-timeout", 4000);
    values.put("furrow.link.redial.min", "101ms");
    values.put("furrow.link.redial.max", "3s");
    values.put("furrow.link.event-loops", 2);
    values.put("furrow.link.spin", "1ms");
    values.put("furrow.tasks.allow", "com.acme.*, org.Job");
    values.put("furrow.tasks.max-bytes", 17 * MIB);
    values.put("furrow.tasks.max-result", "65MiB");
    values.put("furrow.submit.max-tasks", 1_000_001);
    values.put("furrow.submit.max-bytes", "258MiB");
    values.put("furrow.submit.timeout", "32s");
    values.put("furrow.results.memory", "66MiB");
    values.put("furrow.results.directory", "spill");
    values.put("furrow.results.window", 10_002);
    values.put("furrow.partitions.max-calls", 100_001);
    values.put("furrow.partitions.max-call-bytes", "67MiB");
    values.put("furrow.partitions.call-timeout", "33s");
    values.put("furrow.partitions.resend", "6s");
    values.put("furrow.partitions.run-timeout", "14s");
    values.put("furrow.partitions.passivate-after", "9m");
    values.put("furrow.journal.kind", "postgresql");
    values.put("furrow.journal.connections", 9);
    values.put("furrow.journal.timeout", "15s");
    values.put("furrow.journal.h2.directory", "/var/lib/journal");
    values.put("furrow.journal.postgresql.url", "jdbc:postgresql://db/f");
    values.put("furrow.journal.postgresql.user", "me");
    values.put("furrow.journal.postgresql.password", "other");
    values.put("furrow.journal.postgresql.password-file", passwordFile());
    values.put("furrow.jobs.batch", 65);
    values.put("furrow.jobs.prefetch", 66);
    values.put("furrow.jobs.ageing", "11s");
    values.put("furrow.jobs.backoff-cap", "33s");
    values.put("furrow.jobs.max-lost", 67);
    values.put("furrow.jobs.speculation.median-percent", 250);
    values.put("furrow.jobs.speculation.min-age", "70ms");
    values.put("furrow.jobs.max-jobs", 10_003);
    values.put("furrow.liveness.status-interval", Duration.ofMillis(1500));
    values.put("furrow.liveness.pool-silence", "6s");
    values.put("furrow.liveness.supervisor-silence", "22s");
    values.put("furrow.liveness.tick", Duration.ofNanos(21_500_000));
    values.put("furrow.tls.certificate", "/tls/tls.crt");
    values.put("furrow.tls.key", "/tls/tls.key");
    values.put("furrow.tls.authorities", "/tls/ca.crt");
    values.put("furrow.tls.subject", "field.example");
    values.put("furrow.tls.allow-anyone-on-the-network", true);
    values.put("furrow.http.host", "0.0.0.0");
    values.put("furrow.http.port", 7080);
    values.put("furrow.http.view-token-file", "/tokens/view");
    values.put("furrow.http.admin-token-file", "/tokens/admin");
    values.put("furrow.http.hosts", "Furrow.example, proxy");
    values.put("furrow.http.max-connections", 65);
    values.put("furrow.kubernetes.contact-points", 5);
    values.put("furrow.kubernetes.selector", "app=field");
    values.put("furrow.kubernetes.namespace", "fields");
    values.put("furrow.kubernetes.bootstrap-port", 7627);
    values.put("furrow.kubernetes.bootstrap-port-name", "join");
    values.put("furrow.kubernetes.lease", "on");
    values.put("furrow.workers.jvm-options", "-Xmx512m -ea");
    values.put("furrow.workers.class-archive", "/var/cache/classes");
    values.put("furrow.workers.start-timeout", "61s");
    values.put("furrow.workers.restart.min", "201ms");
    values.put("furrow.workers.restart.max", "12s");
    values.put("furrow.workers.restart.give-up", 11);
    values.put("furrow.close.timeout", "34s");
    return values;
  }

  private static String passwordFile() {
    try {
      Path file = Files.createTempFile("furrow-test", ".secret");
      file.toFile().deleteOnExit();
      return Files.writeString(file, "secret\nnot this\n").toString();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
