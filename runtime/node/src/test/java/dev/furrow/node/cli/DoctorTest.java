package dev.furrow.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.furrow.Furrow;
import dev.furrow.config.FurrowConfig;
import dev.furrow.config.NodeSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code furrow doctor}: what it finds, and what it finds in order. */
final class DoctorTest {

  @TempDir Path temp;

  private static Run doctor(String... flags) {
    List<String> all = new ArrayList<>(List.of("doctor", "-o=json"));
    all.addAll(List.of(flags));
    return Run.of(all);
  }

  /** The findings about one thing, as {@code level finding}. */
  private static List<String> found(String what, String... flags) {
    Run run = doctor(flags);
    List<JsonNode> all = StreamSupport.stream(run.json().spliterator(), false).toList();
    boolean fails = all.stream().anyMatch(each -> each.path("level").asText().equals("fail"));
    assertThat(run.code()).as(run.out()).isEqualTo(fails ? 3 : 0);
    return all.stream()
        .filter(each -> each.path("what").asText().equals(what))
        .map(each -> each.path("level").asText() + " " + each.path("finding").asText())
        .toList();
  }

  private static void assertFound(List<String> found, String level, String... texts) {
    assertThat(found).anySatisfy(one -> assertThat(one).startsWith(level + " ").contains(texts));
  }

  private static void assertAllOk(List<String> found) {
    assertThat(found).isNotEmpty().allSatisfy(one -> assertThat(one).startsWith("ok "));
  }

  private static ServerSocket listen() throws IOException {
    return new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = listen()) {
      return socket.getLocalPort();
    }
  }

  @Test
  void shouldFindNothingWrongWithTheDefaults() {
    Run run = Run.of("doctor");
    assertThat(run.code()).as(run.out()).isZero();
    assertThat(run.out().lines()).allMatch(line -> line.startsWith("ok    ")).hasSize(14);
    Run json = doctor();
    assertThat(json.json()).hasSize(14);
    assertThat(json.json().get(0).fieldNames())
        .toIterable()
        .containsExactly("level", "what", "finding", "advice");
    assertThat(json.json().findValuesAsText("what"))
        .containsExactly(
            "java",
            "pekko",
            "variables",
            "settings",
            "cores",
            "memory",
            "exposure",
            "host",
            "port",
            "port",
            "seeds",
            "certificates",
            "tokens",
            "journal");
  }

  @Test
  void shouldFindSettingsThatAreWrong() {
    assertFound(found("settings", "--slots=-1"), "fail", "furrow.node.slots must be");
    assertFound(found("settings", "--set=furrow.node.slot=1"), "fail", "did you mean");
    Run run = Run.of("doctor", "--slots=-1");
    assertThat(run.code()).isEqualTo(3);
    assertThat(run.out()).contains("fail  settings: furrow.node.slots must be");
  }

  @Test
  void shouldFindVariablesThatAreNoSettings() {
    Findings findings = new Findings();
    VariablesCheck.run(Map.of("FURROW_NODE_SLOTS", "1", "FURROW_SLOT", "2"), findings);
    assertThat(findings.all().get(0))
        .hasToString(
            "warn  variables: FURROW_SLOT is no setting and not looked at; a variable is a setting"
                + " of reference.conf in capitals, with _ for . and -");
    assertThat(findings.anyFailed()).isFalse();
  }

  @Test
  void shouldFindWhatIsOpenToTheNetwork() {
    assertFound(found("exposure", "--host=0.0.0.0"), "fail", "without certificates");
    assertFound(
        found("exposure", "--set=furrow.tls.allow-anyone-on-the-network=on"), "warn", "is on");
  }

  @Test
  void shouldFindHostsThatAreNotOfThisMachine() {
    assertFound(found("host", "--host=192.0.2.1"), "fail", "not of this machine");
    assertFound(found("host", "--host=0.0.0.0"), "fail", "no other node reaches");
    assertFound(found("host", "--profile=kubernetes"), "warn", "no other pod");
    assertFound(
        found("host", "--http-port=0", "--set=furrow.http.host=192.0.2.1"), "fail", "furrow.http");
  }

  @Test
  void shouldFindPortsThatAreTaken() throws IOException {
    try (ServerSocket taken = listen()) {
      String port = Integer.toString(taken.getLocalPort());
      for (String flag : List.of("--port=", "--link-port=", "--http-port=")) {
        assertFound(found("port", flag + port), "fail", port + " cannot be opened");
        assertAllOk(found("port", flag + port, "--running"));
      }
      assertFound(
          found("port", "--profile=kubernetes", "--set=furrow.kubernetes.bootstrap-port=" + port),
          "fail",
          "furrow.kubernetes.bootstrap-port");
    }
    String free = Integer.toString(freePort());
    assertAllOk(found("port", "--port=" + free));
    assertFound(found("port", "--port=" + free, "--running"), "fail", "does not answer");
    assertFound(found("port", "--port=" + free, "--http-port=" + free), "fail", "are both " + free);
  }

  @Test
  void shouldFindSeedsThatCannotBeReached() throws IOException {
    int silent = freePort();
    try (ServerSocket there = listen()) {
      String good = "--seed=127.0.0.1:" + there.getLocalPort();
      String bad = "--seed=127.0.0.1:" + silent;
      assertAllOk(found("seeds", good));
      assertFound(found("seeds", bad), "fail", "none of [127.0.0.1:" + silent + "]");
      assertFound(found("seeds", good, bad), "warn", "[127.0.0.1:" + silent + "]");
      assertAllOk(found("seeds", bad, "--port=" + silent));
    }
  }

  @Test
  void shouldFindSeedsThatDoNotTrustThisNode() throws IOException {
    Path good = certificates("good", Instant.now(), 100);
    Path other = certificates("other", Instant.now(), 100);
    try (Furrow open = node(Map.of());
        Furrow closed =
            node(
                Map.of(
                    "furrow.tls.certificate", good.resolve("tls.crt"),
                    "furrow.tls.key", good.resolve("tls.key"),
                    "furrow.tls.authorities", good.resolve("ca.crt")))) {
      assertAllOk(found("seeds", seed(open)));
      assertAllOk(found("seeds", with(tls(good), seed(closed))));
      assertFound(
          found("seeds", with(tls(other), seed(closed))), "fail", "do not trust each other");
      assertFound(found("seeds", with(tls(good), seed(open))), "fail", "do not trust each other");
      assertFound(found("seeds", seed(closed)), "fail", "asks for certificates");
    }
  }

  private static Furrow node(Map<String, Object> settings) {
    Furrow.Builder builder =
        Furrow.builder().profile("cluster").slots(1).set("furrow.node.port", 0);
    settings.forEach((name, value) -> builder.set(name, value.toString()));
    return builder.start();
  }

  private static String seed(Furrow node) {
    return "--seed=" + node.cluster().nodes().get(0).name();
  }

  @Test
  void shouldFindCertificatesThatNodesWouldRefuse() throws IOException {
    Path made = certificates("good", Instant.now(), 100);
    assertFound(found("certificates", tls(made)), "ok", "[furrow]", "valid until");
    assertAllOk(found("key", tls(made)));
    Path soon = certificates("soon", Instant.now(), 20);
    assertFound(found("certificates", tls(soon)), "warn", "tls.crt ends at");
    Path old = certificates("old", Instant.now().minus(Duration.ofDays(9)), 5);
    assertFound(found("certificates", tls(old)), "fail", "ended at");
    Path early = certificates("early", Instant.now().plus(Duration.ofDays(9)), 5);
    assertFound(found("certificates", tls(early)), "fail", "valid from");

    String[] foreign = tls(made);
    foreign[2] = tls(soon)[2];
    assertFound(found("certificates", foreign), "fail", "would refuse each other");
    assertFound(
        found("certificates", with(tls(made), "--set=furrow.tls.subject=other")),
        "fail",
        "would refuse each other",
        "[other]");
    String[] another = tls(made);
    another[1] = tls(soon)[1];
    assertFound(found("certificates", another), "fail", "the key of another");
    Files.delete(made.resolve("tls.crt"));
    assertFound(found("certificates", tls(made)), "fail", "can read");
  }

  @Test
  void shouldFindAnAuthorityThatEndsSoonerThanItsCertificate() throws IOException {
    Path made = temp.resolve("made");
    new CertificateFiles(made, Instant.now()).make("furrow", 100, 20);
    assertFound(found("certificates", tls(made)), "warn", "ends at");
  }

  @Test
  void shouldFindAKeyThatEverybodyCanRead() throws IOException {
    Path made = certificates("made", Instant.now(), 100);
    Files.setPosixFilePermissions(
        made.resolve("tls.key"), PosixFilePermissions.fromString("rw-r--r--"));
    assertFound(found("key", tls(made)), "warn", "can be read by every user");
  }

  @Test
  void shouldFindTokensThatDoNotProtect() throws IOException {
    Path good = token("good", "sixteen-letters-");
    Path other = token("other", "other-sixteen-letters");
    Path brief = token("brief", "too-brief-token");
    String port = "--http-port=0";
    String view = "--set=furrow.http.view-token-file=";
    String admin = "--set=furrow.http.admin-token-file=";
    assertAllOk(found("tokens", port, view + good, admin + other));
    assertAllOk(found("tokens", port));
    assertFound(found("tokens", port, view + brief), "fail", "15 characters of at least 16");
    assertFound(
        found("tokens", port, view + token("blanks", "a token with some blanks")),
        "fail",
        "other characters");
    assertFound(found("tokens", port, view + good, admin + good), "fail", "those who may look");
    assertFound(found("tokens", port, view + temp.resolve("none")), "fail", "cannot be read");
    Files.setPosixFilePermissions(good, PosixFilePermissions.fromString("rw-r--r--"));
    assertFound(found("tokens", port, view + good), "warn", "every user");
    assertThat(doctor(port, view + brief, admin + good).out())
        .doesNotContain("too-brief-token", "sixteen-letters-");
  }

  @Test
  void shouldFindClocksThatDiffer() throws Exception {
    assertFound(clock(Duration.ZERO), "ok", "within a second");
    assertFound(clock(Duration.ofSeconds(5)), "warn", "ahead of");
    assertFound(clock(Duration.ofSeconds(-5)), "warn", "behind");
    assertFound(found("clock", "--url=http://127.0.0.1:" + freePort()), "fail", "no node answers");
  }

  private static List<String> clock(Duration ahead) throws Exception {
    try (ServerSocket server = listen()) {
      Thread node = new Thread(() -> answerOnce(server, ahead));
      node.start();
      List<String> found = found("clock", "--url=http://127.0.0.1:" + server.getLocalPort());
      node.join();
      return found;
    }
  }

  private static void answerOnce(ServerSocket server, Duration ahead) {
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC).plus(ahead));
    String text =
        "HTTP/1.1 200 OK\r\nDate: " + date + "\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
    try (Socket socket = server.accept()) {
      socket.getInputStream().read();
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
    } catch (IOException gone) {
      throw new IllegalStateException(gone);
    }
  }

  @Test
  void shouldFindModulesOfPekkoThatAreMixed() {
    Map<String, Set<String>> alright =
        Map.of(
            "pekko-actor", Set.of("1.7.0"),
            "pekko-cluster", Set.of("1.7.0"),
            "pekko-discovery", Set.of("1.2.1"),
            "pekko-http", Set.of("1.3.0"),
            "pekko-management", Set.of("1.1.1"));
    assertThat(pekko(alright)).containsExactly("ok    pekko: version 1.7.0");
    assertThat(pekko(Map.of("pekko-actor", Set.of("1.7.0"), "pekko-cluster", Set.of("1.6.0"))))
        .singleElement()
        .asString()
        .startsWith("fail  pekko: modules of different versions")
        .contains("1.6.0=[pekko-cluster]");
    assertThat(pekko(Map.of("pekko-actor", Set.of("1.6.0", "1.7.0"))).get(0)).startsWith("fail");
    assertThat(
            pekko(
                Map.of(
                    "pekko-actor", Set.of("1.7.0"),
                    "pekko-http", Set.of("1.3.0"),
                    "pekko-http-core", Set.of("1.2.0"))))
        .singleElement()
        .asString()
        .startsWith("fail");
    assertThat(pekko(Map.of()).get(0)).startsWith("warn");
  }

  private static List<String> pekko(Map<String, Set<String>> modules) {
    Findings findings = new Findings();
    RuntimeCheck.pekko(modules, findings);
    return findings.all().stream().map(Object::toString).toList();
  }

  @Test
  void shouldFindTooOldAJvmAndTooLittleOfIt() {
    Findings findings = new Findings();
    RuntimeCheck.java(16, findings);
    NodeSettings settings =
        NodeSettings.from(FurrowConfig.load("cluster", Map.of("furrow.node.slots", 10_000)));
    RuntimeCheck.cores(settings, findings);
    RuntimeCheck.heap(new RuntimeCheck.Memory(90L << 20, 100L << 20), findings);
    RuntimeCheck.heap(new RuntimeCheck.Memory(75L << 20, 100L << 20), findings);
    assertThat(findings.all())
        .extracting(each -> each.level() + " " + each.what())
        .containsExactly("fail java", "warn cores", "warn memory", "ok memory");
  }

  @Test
  void shouldFindAJournalThatDoesNotAnswerAndKeepItsPassword() throws IOException {
    String url = "jdbc:postgresql://127.0.0.1:" + freePort() + "/furrow?password=hidden-one";
    Run run =
        doctor(
            "--set=furrow.journal.kind=postgresql",
            "--set=furrow.journal.postgresql.url=" + url,
            "--set=furrow.journal.postgresql.password=hidden-two");
    assertThat(run.code()).isEqualTo(3);
    assertThat(run.out()).contains("cannot be used").doesNotContain("hidden");
  }

  private Path token(String name, String text) throws IOException {
    Path file = Files.writeString(temp.resolve(name), text + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private Path certificates(String name, Instant now, int days) throws IOException {
    Path made = temp.resolve(name);
    new CertificateFiles(made, now).make("furrow", days, 3650);
    return made;
  }

  private static String[] tls(Path made) {
    return new String[] {
      "--set=furrow.tls.certificate=" + made.resolve("tls.crt"),
      "--set=furrow.tls.key=" + made.resolve("tls.key"),
      "--set=furrow.tls.authorities=" + made.resolve("ca.crt")
    };
  }

  private static String[] with(String[] flags, String more) {
    List<String> all = new ArrayList<>(List.of(flags));
    all.add(more);
    return all.toArray(String[]::new);
  }
}
