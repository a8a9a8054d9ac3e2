package dev.furrow.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExposureTest {

  private static final Map<String, Object> CERTIFICATES =
      Map.of(
          "furrow.tls.certificate", "/tls/tls.crt",
          "furrow.tls.key", "/tls/tls.key",
          "furrow.tls.authorities", "/tls/ca.crt");

  private static final Map<String, Object> TOKENS =
      Map.of(
          "furrow.http.view-token-file", "/tokens/view",
          "furrow.http.admin-token-file", "/tokens/admin");

  private final Map<String, Object> settings = new HashMap<>();

  private void check(String profile) {
    Exposure.check(NodeSettings.from(FurrowConfig.load(profile, settings)));
  }

  private void assertRefused(String... says) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> check("cluster"))
        .satisfies(refused -> assertThat(refused.getMessage()).contains(says));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "192.0.2.7", "[2001:db8::7]", "nowhere.invalid"})
  void shouldRefuseToListenForOthersWithoutCertificates(String host) {
    settings.put("furrow.node.host", host);

    assertRefused(
        "would listen on " + host,
        "furrow.tls.certificate, furrow.tls.key and furrow.tls.authorities",
        "furrow.tls.allow-anyone-on-the-network=on");

    settings.putAll(CERTIFICATES);
    assertThatCode(() -> check("cluster")).doesNotThrowAnyException();
  }

  @Test
  void shouldListenForOthersWithoutCertificatesWhereTheSettingSaysSo() {
    settings.put("furrow.node.host", "192.0.2.7");
    settings.put("furrow.tls.allow-anyone-on-the-network", "on");

    assertThatCode(() -> check("cluster")).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.0.0.3", "localhost", "[::1]"})
  void shouldNeedNoCertificatesWhereOnlyThisMachineReachesIt(String host) {
    settings.put("furrow.node.host", host);
    settings.put("furrow.http.host", host);
    settings.put("furrow.http.port", 0);

    assertThatCode(() -> check("cluster")).doesNotThrowAnyException();
  }

  @Test
  void shouldRefuseHttpForOthersWithoutTokensAlways() {
    settings.put("furrow.http.host", "0.0.0.0");
    settings.put("furrow.http.port", 0);
    settings.put("furrow.tls.allow-anyone-on-the-network", "on");

    assertRefused("furrow.http would listen on 0.0.0.0", "furrow.http.view-token-file");
    settings.putAll(CERTIFICATES);
    assertRefused("furrow.http.view-token-file");
    settings.putAll(TOKENS);
    assertThatCode(() -> check("cluster")).doesNotThrowAnyException();
  }

  @Test
  void shouldRefuseHttpForOthersWithoutCertificates() {
    settings.put("furrow.http.host", "0.0.0.0");
    settings.put("furrow.http.port", 0);
    settings.putAll(TOKENS);

    assertRefused("furrow.http would listen on 0.0.0.0", "without certificates");
    assertThatIllegalArgumentException().isThrownBy(() -> check("local"));
    settings.put("furrow.http.port", "off");
    assertThatCode(() -> check("cluster")).doesNotThrowAnyException();
  }

  @Test
  void shouldRefuseAKubernetesNodeWithoutCertificates() {
    settings.put("furrow.node.host", "192.0.2.7");
    assertThatIllegalArgumentException().isThrownBy(() -> check("kubernetes"));
    settings.putAll(CERTIFICATES);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> check("kubernetes"))
        .withMessageContaining("token");
    settings.putAll(TOKENS);
    assertThatCode(() -> check("kubernetes")).doesNotThrowAnyException();
  }

  @Test
  void shouldRefuseATokenForOneRoleAlone() {
    settings.put("furrow.http.port", 0);
    settings.put("furrow.http.view-token-file", "/tokens/view");

    assertRefused("furrow.http.admin-token-file must be set");
  }

  @Test
  void shouldRefuseTokensOverHttpWhateverElseIsOpen() {
    settings.put("furrow.http.host", "0.0.0.0");
    settings.put("furrow.http.port", 0);
    settings.put("furrow.tls.allow-anyone-on-the-network", "on");
    settings.putAll(TOKENS);

    assertRefused("without certificates");
  }

  @Test
  void shouldRefuseAHostsSystemWhoseOwnConnectionsAreOpen() {
    settings.putAll(CERTIFICATES);
    Config own = FurrowConfig.load("cluster", settings);
    NodeSettings.Tls tls = NodeSettings.from(own).tls();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Exposure.checkSystem("192.0.2.7", tls, own))
        .withMessageContaining("pekko.remote.artery.transport=tls-tcp")
        .withMessageContaining("ssl-engine-provider=dev.furrow.config.ArteryTls");
    Config elsewhere =
        ConfigFactory.parseString("pekko.remote.artery.bind.hostname = 0.0.0.0").withFallback(own);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Exposure.checkSystem("127.0.0.1", tls, elsewhere))
        .withMessageContaining("0.0.0.0");
    Config encrypted = FurrowConfig.forSystem(own);
    assertThatCode(() -> Exposure.checkSystem("192.0.2.7", tls, encrypted))
        .doesNotThrowAnyException();
    assertThatCode(() -> Exposure.checkSystem("127.0.0.1", tls, own)).doesNotThrowAnyException();
  }

  @Test
  void shouldListenNowhereButWhereItSays() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> FurrowConfig.load("cluster", Map.of("pekko.remote.artery.bind.hostname", "::")))
        .withMessageContaining("furrow.node.host");
    Config system =
        FurrowConfig.forSystem(
            ConfigFactory.parseString("pekko.remote.artery.bind.hostname = 0.0.0.0")
                .withFallback(FurrowConfig.load("cluster", settings)));
    assertThat(system.getString("pekko.remote.artery.bind.hostname")).isEmpty();
  }
}
