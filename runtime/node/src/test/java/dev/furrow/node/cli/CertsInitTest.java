package dev.furrow.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.furrow.config.NodeCertificate;
import dev.furrow.config.NodeSettings;
import dev.furrow.config.NodeSettings.TlsFiles;
import dev.furrow.config.NodeTls;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code furrow certs init}: files that nodes accept, and that are renewed in place. */
final class CertsInitTest {

  @TempDir Path temp;

  private Run init(String... more) {
    String[] all =
        Arrays.copyOf(new String[] {"certs", "init", "--dir", dir().toString()}, 4 + more.length);
    System.arraycopy(more, 0, all, 4, more.length);
    return Run.of(all);
  }

  private Path dir() {
    return temp.resolve("made/here");
  }

  private String read(String name) throws IOException {
    return Files.readString(dir().resolve(name));
  }

  private NodeCertificate certificate() {
    TlsFiles files =
        new TlsFiles(dir().resolve("tls.crt"), dir().resolve("tls.key"), dir().resolve("ca.crt"));
    return NodeTls.of(new NodeSettings.Tls(Optional.of(files), "", false)).certificate();
  }

  @Test
  void shouldMakeCertificatesThatNodesAccept() {
    Run run = init("--name=field", "--days=40", "--ca-days=90");
    assertThat(run.code()).isZero();
    assertThat(run.err()).isEmpty();
    NodeCertificate made = certificate();
    assertThat(made.refusal()).isEmpty();
    assertThat(made.names()).containsExactly("field");
    assertThat(made.from()).isBefore(Instant.now());
    assertThat(Duration.between(Instant.now(), made.until()).toDays()).isEqualTo(39);
    assertThat(Duration.between(Instant.now(), made.authoritiesUntil()).toDays()).isEqualTo(89);
    assertThat(run.out())
        .contains("furrow.tls.authorities = \"" + dir().resolve("ca.crt") + "\"")
        .contains("FURROW_TLS_KEY=" + dir().resolve("tls.key"))
        .contains("kubectl -n furrow create secret generic furrow-tls")
        .contains("head -c 32 /dev/urandom")
        .doesNotContain("PRIVATE");
  }

  @Test
  void shouldLetNobodyElseReadKeys() throws IOException {
    init();
    for (String key : new String[] {"ca.key", "tls.key"}) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(dir().resolve(key))))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void shouldRenewByTheSameAuthorityUnderTheSameName() throws IOException {
    init("--name=field", "--days=40");
    String authority = read("ca.crt");
    String key = read("ca.key");
    String nodes = read("tls.crt");
    String nodesKey = read("tls.key");
    Run again = init("--days=50");
    assertThat(again.code()).isZero();
    assertThat(again.out()).contains("kept  " + dir().resolve("ca.crt"));
    assertThat(read("ca.crt")).isEqualTo(authority);
    assertThat(read("ca.key")).isEqualTo(key);
    assertThat(read("tls.crt")).isNotEqualTo(nodes);
    assertThat(read("tls.key")).isNotEqualTo(nodesKey);
    assertThat(certificate().names()).containsExactly("field");
    assertThat(certificate().refusal()).isEmpty();
    try (var files = Files.list(dir())) {
      assertThat(files).hasSize(4);
    }
  }

  @Test
  void shouldNotOutliveTheAuthority() {
    init("--ca-days=5");
    assertThat(certificate().until()).isEqualTo(certificate().authoritiesUntil());
  }

  @Test
  void shouldTellProgramsWhatItMade() {
    Run first = init("-o=json");
    assertThat(first.json().at("/authority/created").asBoolean()).isTrue();
    assertThat(first.json().at("/authority").fieldNames())
        .toIterable()
        .containsExactly("created", "certificate", "key", "until");
    assertThat(first.json().at("/node").fieldNames())
        .toIterable()
        .containsExactly("name", "certificate", "key", "until");
    assertThat(first.json().at("/node/name").asText()).isEqualTo("furrow");
    assertThat(first.json().path("settings").path("furrow.tls.key").asText())
        .isEqualTo(dir().resolve("tls.key").toString());
    assertThat(init("-o=json").json().at("/authority/created").asBoolean()).isFalse();
  }

  @Test
  void shouldTouchNothingWhenHalfAnAuthorityIsThere() throws IOException {
    init();
    Files.delete(dir().resolve("ca.key"));
    String authority = read("ca.crt");
    String nodes = read("tls.crt");
    Run run = init();
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("only one of", "ca.key");
    assertThat(read("ca.crt")).isEqualTo(authority);
    assertThat(read("tls.crt")).isEqualTo(nodes);
  }

  @Test
  void shouldRefuseTheKeyOfAnotherAuthority() throws IOException {
    init();
    String nodes = read("tls.crt");
    Path other = temp.resolve("other");
    Run.of("certs", "init", "--dir", other.toString());
    String foreign = Files.readString(other.resolve("ca.key"));
    Files.writeString(dir().resolve("ca.key"), foreign);
    Run run = init("--verbose");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err())
        .contains("not the key of ca.crt")
        .doesNotContain(foreign.substring(40, 80));
    assertThat(read("tls.crt")).isEqualTo(nodes);
  }

  @Test
  void shouldRefuseAnAuthorityThatHasEnded() throws IOException {
    new CertificateFiles(dir(), Instant.now().minus(Duration.ofDays(10))).make("furrow", 5, 5);
    Run run = init();
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("ca.crt ended at");
  }

  @Test
  void shouldRefuseANameThatNoCertificateCanCarry() {
    Run run = init("--name=a b");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("letters, digits");
  }

  @Test
  void shouldNameTheLibraryThatIsMissing() throws Exception {
    URL[] without =
        Arrays.stream(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
            .filter(entry -> !entry.contains("bouncycastle"))
            .map(CertsInitTest::url)
            .toArray(URL[]::new);
    StringWriter err = new StringWriter();
    try (URLClassLoader loader =
        new URLClassLoader(without, ClassLoader.getPlatformClassLoader())) {
      Class<?> program = loader.loadClass(NodeProgram.class.getName());
      Object code =
          loader
              .loadClass(Cli.class.getName())
              .getMethod(
                  "execute",
                  String.class,
                  program,
                  PrintWriter.class,
                  PrintWriter.class,
                  String[].class)
              .invoke(
                  null,
                  "1",
                  null,
                  new PrintWriter(new StringWriter()),
                  new PrintWriter(err),
                  new String[] {"certs", "init", "--dir", dir().toString()});
      assertThat(code).isEqualTo(1);
    }
    assertThat(err.toString()).contains("org.bouncycastle:bcpkix-jdk18on");
  }

  private static URL url(String entry) {
    try {
      return Path.of(entry).toUri().toURL();
    } catch (IOException wrong) {
      throw new IllegalStateException(wrong);
    }
  }
}
