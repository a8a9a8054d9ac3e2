package dev.furrow.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import dev.furrow.config.Environment;
import dev.furrow.config.Exposure;
import dev.furrow.config.FurrowConfig;
import dev.furrow.config.NodeSettings;
import dev.furrow.node.http.Endpoint;
import io.fabric8.certmanager.api.model.v1.Certificate;
import io.fabric8.certmanager.api.model.v1.Issuer;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds each setting, port, path and bound of the manifests against Furrow's own. */
final class ManifestsTest {

  private static final String NAME = "app.kubernetes.io/name";
  private static final int USER = 10001;

  /** Secrets that the overlays expect, with the keys that the documentation tells to make. */
  private static final Map<String, Set<String>> GIVEN =
      Map.of(
          "furrow-http", Set.of("view-token", "admin-token"),
          "furrow-journal", Set.of("password", "ca.crt"));

  @TempDir static Path folder;

  private static final Map<String, Manifests> RENDERED = new LinkedHashMap<>();

  private record Variant(Manifests manifests, Config config, NodeSettings settings) {}

  @BeforeAll
  static void render() {
    Kustomize kustomize = Kustomize.in(folder);
    RENDERED.put("base", kustomize.render("base"));
    RENDERED.put("development", kustomize.render("overlays/development"));
    RENDERED.put("production", kustomize.render("overlays/production"));
    RENDERED.put("gpu", kustomize.render("overlays/development", "gpu", "lease", "postgresql"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "development", "production", "gpu"})
  void shouldSetNothingThatIsNoSetting(String name) throws IOException {
    assertThat(Environment.unknown(RENDERED.get(name).environment())).isEmpty();
    assertThat(variant(name).settings().profile()).isEqualTo("kubernetes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "development", "production", "gpu"})
  void shouldBeClosedToWhoeverHasNoCertificateOrToken(String name) throws IOException {
    NodeSettings settings = variant(name).settings();

    Exposure.check(settings);
    assertThat(settings.node().host()).isEqualTo(Manifests.POD_IP);
    assertThat(settings.tls().allowAnyone()).isFalse();
    assertThat(settings.tls().files()).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "development", "production", "gpu"})
  void shouldFindEachFileOnAVolume(String name) throws IOException {
    Manifests manifests = RENDERED.get(name);
    Map<String, Set<String>> made = new TreeMap<>(GIVEN);
    for (Certificate certificate : manifests.all(Certificate.class)) {
      made.put(certificate.getSpec().getSecretName(), Set.of("tls.crt", "tls.key", "ca.crt"));
    }
    for (Secret secret : manifests.all(Secret.class)) {
      made.put(secret.getMetadata().getName(), secret.getData().keySet());
    }
    for (Map.Entry<String, String> variable : manifests.environment().entrySet()) {
      String value = variable.getValue();
      if (value.startsWith("/etc/")) {
        Volume volume = manifests.volumeOf(value);
        assertThat(volume.getSecret()).as(value).isNotNull();
        assertThat(volume.getSecret().getDefaultMode()).as(value).isEqualTo(0440);
        assertThat(made.get(volume.getSecret().getSecretName()))
            .as(value)
            .contains(Path.of(value).getFileName().toString());
      } else if (value.startsWith("/")) {
        assertThat(manifests.volumeOf(value).getEmptyDir()).as(value).isNotNull();
      }
    }
    assertThat(manifests.volumeOf("/tmp/any").getEmptyDir()).isNotNull();
    assertThat(variant(name).settings().results().directory())
        .isEqualTo(folder.resolve(name + "/var/lib/furrow/results"));
    // Files of a subPath stay as they were when their Secret changes.
    assertThat(manifests.container().getVolumeMounts())
        .allSatisfy(mount -> assertThat(mount.getSubPath()).isNull());
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "development", "production", "gpu"})
  void shouldOpenThePortsOfTheProfileAndNoOthers(String name) throws IOException {
    Variant variant = variant(name);
    Map<String, Integer> ports = ports(variant.settings());

    assertThat(
            variant.manifests().container().getPorts().stream()
                .collect(Collectors.toMap(ContainerPort::getName, ContainerPort::getContainerPort)))
        .isEqualTo(ports);
    Service service = variant.manifests().one(Service.class, "furrow");
    assertThat(
            service.getSpec().getPorts().stream()
                .collect(Collectors.toMap(ServicePort::getName, ServicePort::getPort)))
        .isEqualTo(ports);
    assertThat(service.getSpec().getPorts())
        .allSatisfy(port -> assertThat(port.getTargetPort().getStrVal()).isEqualTo(port.getName()));
    assertThat(variant.settings().http().hosts()).contains(service.getMetadata().getName());
    assertThat(service.getSpec().getClusterIP()).isEqualTo("None");
    assertThat(service.getSpec().getPublishNotReadyAddresses()).isTrue();
    assertThat(service.getSpec().getSelector()).isEqualTo(nodes(variant.manifests()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "development", "production", "gpu"})
  void shouldProbeThePathsThatTheNodeAnswers(String name) throws IOException {
    Variant variant = variant(name);
    var container = variant.manifests().container();

    assertProbe(container.getStartupProbe(), Endpoint.STARTUP);
    assertProbe(container.getReadinessProbe(), Endpoint.READY);
    assertProbe(container.getLivenessProbe(), Endpoint.ALIVE);
    assertThat(patience(container.getStartupProbe()))
        .as("a journal that is tried by reading and writing, and the cluster")
        .isGreaterThan(
            variant
                .settings()
                .cluster()
                .joinTimeout()
                .plus(variant.settings().journal().timeout().multipliedBy(2)));
    assertThat(patience(container.getLivenessProbe()))
        .isGreaterThan(
            variant
                .config()
                .getDuration("pekko.cluster.failure-detector.acceptable-heartbeat-pause")
                .multipliedBy(5));
  }

  private static void assertProbe(Probe probe, Endpoint health) {
    assertThat(probe.getHttpGet().getScheme()).isEqualTo("HTTPS");
    assertThat(probe.getHttpGet().getPath()).isEqualTo(health.path());
    assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("http");
    assertThat(probe.getTimeoutSeconds()).isLessThan(probe.getPeriodSeconds());
  }

  private static Duration patience(Probe probe) {
    return Duration.ofSeconds((long) probe.getPeriodSeconds() * probe.getFailureThreshold());
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "development", "production", "gpu"})
  void shouldFormOneClusterOfAllReplicas(String name) throws IOException {
    Variant variant = variant(name);
    NodeSettings.Kubernetes kubernetes = variant.settings().kubernetes();

    assertThat(kubernetes.contactPoints())
        .isEqualTo(variant.manifests().deployment().getSpec().getReplicas());
    Map<String, String> selected =
        Stream.of(kubernetes.selector().split(","))
            .map(term -> term.split("="))
            .collect(Collectors.toMap(term -> term[0], term -> term[1]));
    assertThat(selected).isEqualTo(nodes(variant.manifests()));
    assertThat(variant.manifests().deployment().getSpec().getSelector().getMatchLabels())
        .isEqualTo(selected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "development", "production", "gpu"})
  void shouldGiveANodeMoreTimeToLeaveThanItCanTake(String name) throws IOException {
    Variant variant = variant(name);
    Config phases = variant.config().getConfig("pekko.coordinated-shutdown.phases");
    Duration most =
        variant.settings().closeTimeout().plus(variant.settings().node().drainTimeout());
    for (String phase : phases.root().keySet()) {
      Config own = phases.getConfig(phase);
      most =
          most.plus(
              own.hasPath("timeout")
                  ? own.getDuration("timeout")
                  : variant
                      .config()
                      .getDuration("pekko.coordinated-shutdown.default-phase-timeout"));
    }

    assertThat(variant.manifests().pod().getTerminationGracePeriodSeconds())
        .isGreaterThan(most.toSeconds());
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "development", "production", "gpu"})
  void shouldReplaceNodesOneByOneAndNotFasterThanTheClusterSettles(String name) throws IOException {
    Variant variant = variant(name);
    var spec = variant.manifests().deployment().getSpec();
    Config cluster = variant.config().getConfig("pekko.cluster");

    assertThat(spec.getStrategy().getType()).isEqualTo("RollingUpdate");
    assertThat(spec.getStrategy().getRollingUpdate().getMaxSurge().getIntVal()).isEqualTo(1);
    assertThat(spec.getStrategy().getRollingUpdate().getMaxUnavailable().getIntVal()).isZero();
    assertThat(Duration.ofSeconds(spec.getMinReadySeconds()))
        .isGreaterThan(
            cluster
                .getDuration("failure-detector.acceptable-heartbeat-pause")
                .plus(cluster.getDuration("split-brain-resolver.stable-after")));
    var budget = variant.manifests().one(PodDisruptionBudget.class, "furrow").getSpec();
    assertThat(budget.getMaxUnavailable().getIntVal()).isEqualTo(1);
    assertThat(budget.getSelector().getMatchLabels()).isEqualTo(nodes(variant.manifests()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "development", "production", "gpu"})
  void shouldSpreadNodesOverMachinesAndZones(String name) {
    Manifests manifests = RENDERED.get(name);
    List<TopologySpreadConstraint> spread = manifests.pod().getTopologySpreadConstraints();

    assertThat(spread)
        .extracting(TopologySpreadConstraint::getTopologyKey)
        .containsExactly("kubernetes.io/hostname", "topology.kubernetes.io/zone");
    assertThat(spread)
        .allSatisfy(
            constraint -> {
              assertThat(constraint.getMaxSkew()).isEqualTo(1);
              assertThat(constraint.getLabelSelector().getMatchLabels())
                  .isEqualTo(nodes(manifests));
            });
    assertThat(spread.get(0).getWhenUnsatisfiable())
        .isEqualTo(name.equals("production") ? "DoNotSchedule" : "ScheduleAnyway");
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "development", "production", "gpu"})
  void shouldRunWithoutPrivileges(String name) {
    Manifests manifests = RENDERED.get(name);
    var pod = manifests.pod();
    var own = manifests.container().getSecurityContext();

    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod.getSecurityContext().getRunAsUser()).isEqualTo(USER);
    assertThat(pod.getSecurityContext().getRunAsGroup()).isEqualTo(USER);
    assertThat(pod.getSecurityContext().getFsGroup()).isEqualTo(USER);
    assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    assertThat(own.getAllowPrivilegeEscalation()).isFalse();
    assertThat(own.getReadOnlyRootFilesystem()).isTrue();
    assertThat(own.getCapabilities().getDrop()).containsExactly("ALL");
    assertThat(own.getCapabilities().getAdd()).isEmpty();
    assertThat(own.getPrivileged()).isNull();
    assertThat(pod.getEnableServiceLinks()).isFalse();
    assertThat(pod.getHostNetwork()).isNull();
    assertThat(pod.getVolumes()).allSatisfy(volume -> assertThat(volume.getHostPath()).isNull());
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "development", "production", "gpu"})
  void shouldKeepItsMemoryAndItsCores(String name) {
    Manifests manifests = RENDERED.get(name);
    var resources = manifests.container().getResources();

    assertThat(resources.getRequests().get("memory"))
        .isEqualTo(resources.getLimits().get("memory"));
    assertThat(resources.getLimits()).doesNotContainKey("cpu");
    assertThat(resources.getRequests()).containsKey("cpu");
    assertThat(manifests.environment().get("JDK_JAVA_OPTIONS"))
        .matches("-XX:ActiveProcessorCount=[1-9][0-9]*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "development", "production", "gpu"})
  void shouldAskKubernetesForPodsAndNothingElse(String name) throws IOException {
    Variant variant = variant(name);
    Manifests manifests = variant.manifests();
    Set<String> may = new TreeSet<>();
    for (var rule : manifests.one(Role.class, "furrow").getRules()) {
      assertThat(rule.getApiGroups()).hasSize(1);
      for (String resource : rule.getResources()) {
        rule.getVerbs().forEach(verb -> may.add(verb + " " + resource));
      }
    }
    Set<String> needed = new TreeSet<>(Set.of("list pods"));
    if (variant.settings().kubernetes().lease()) {
      needed.addAll(Set.of("get leases", "create leases", "update leases", "delete leases"));
    }

    assertThat(may).isEqualTo(needed);
    assertThat(manifests.all(Role.class)).hasSize(1);
    assertThat(manifests.all(RoleBinding.class))
        .allSatisfy(binding -> assertThat(binding.getRoleRef().getName()).isEqualTo("furrow"));
    RoleBinding binding = manifests.one(RoleBinding.class, "furrow");
    assertThat(binding.getSubjects())
        .singleElement()
        .satisfies(
            subject -> {
              assertThat(subject.getKind()).isEqualTo("ServiceAccount");
              assertThat(subject.getName()).isEqualTo(manifests.pod().getServiceAccountName());
            });
    assertThat(manifests.all(ServiceAccount.class))
        .allSatisfy(account -> assertThat(account.getAutomountServiceAccountToken()).isFalse());
    assertThat(manifests.pod().getAutomountServiceAccountToken()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "development", "production", "gpu"})
  void shouldDenyAllTrafficButWhatIsNeeded(String name) throws IOException {
    Variant variant = variant(name);
    Map<String, Integer> ports = ports(variant.settings());
    String nodes = "pods " + nodes(variant.manifests());
    Set<String> needed = new TreeSet<>();
    for (String direction : List.of("from ", "to ")) {
      for (String port : List.of("membership", "link", "bootstrap")) {
        needed.add(direction + nodes + " TCP " + ports.get(port));
      }
    }
    needed.add("from namespaces {kubernetes.io/metadata.name=monitoring} TCP " + ports.get("http"));
    String dns = "to namespaces {kubernetes.io/metadata.name=kube-system} pods {k8s-app=kube-dns} ";
    needed.addAll(Set.of(dns + "TCP 53", dns + "UDP 53", "to all TCP 443", "to all TCP 6443"));
    if (Set.of("development", "gpu").contains(name)) {
      needed.add("to all TCP 8443"); // minikube
    }
    if (variant.settings().journal().kind() == NodeSettings.Journal.Kind.POSTGRESQL) {
      needed.add("to namespaces {kubernetes.io/metadata.name=database} TCP 5432");
      assertThat(variant.settings().journal().postgresql().url()).contains(":5432/");
    }
    if (!name.equals("base")) {
      String drivers = "pods {furrow.dev/driver=true}";
      for (String port : List.of("membership", "link")) {
        needed.add("from " + drivers + " TCP " + ports.get(port));
        needed.add("to " + drivers + " TCP " + ports.get(port));
      }
      needed.add("from " + drivers + " TCP " + ports.get("bootstrap"));
    }

    Set<String> allowed = new TreeSet<>();
    for (NetworkPolicy policy : variant.manifests().all(NetworkPolicy.class)) {
      assertThat(policy.getSpec().getPodSelector().getMatchLabels())
          .isEqualTo(nodes(variant.manifests()));
      allowed.addAll(Traffic.allowedBy(policy));
    }
    assertThat(allowed).isEqualTo(needed);
    assertThat(variant.manifests().one(NetworkPolicy.class, "furrow").getSpec().getPolicyTypes())
        .containsExactlyInAnyOrder("Ingress", "Egress");
  }

  @ParameterizedTest
  @ValueSource(strings = {"base", "development", "production", "gpu"})
  void shouldHaveCertificatesThatNodesAccept(String name) throws IOException {
    Variant variant = variant(name);
    List<Certificate> certificates =
        variant.manifests().all(Certificate.class).stream()
            .filter(certificate -> !Boolean.TRUE.equals(certificate.getSpec().getIsCA()))
            .toList();

    assertThat(certificates).isNotEmpty();
    for (Certificate certificate : certificates) {
      var spec = certificate.getSpec();
      assertThat(spec.getDnsNames()).containsExactly(variant.settings().tls().subject());
      assertThat(spec.getUsages())
          .containsExactlyInAnyOrder("digital signature", "server auth", "client auth");
      assertThat(spec.getPrivateKey().getEncoding()).isEqualTo("PKCS8");
      assertThat(spec.getPrivateKey().getRotationPolicy()).isEqualTo("Always");
      assertThat(spec.getRenewBefore().getDuration()).isLessThan(spec.getDuration().getDuration());
      if (name.equals("production")) {
        assertThat(spec.getIssuerRef().getKind()).isEqualTo("ClusterIssuer");
      } else if (!name.equals("base")) {
        variant.manifests().one(Issuer.class, spec.getIssuerRef().getName());
      }
    }
    Volume tls =
        variant.manifests().volumeOf(variant.manifests().environment().get("FURROW_TLS_KEY"));
    assertThat(variant.manifests().one(Certificate.class, "furrow").getSpec().getSecretName())
        .isEqualTo(tls.getSecret().getSecretName());
  }

  @ParameterizedTest
  @ValueSource(strings = {"development", "production", "gpu"})
  void shouldRunTheImageThatIsBuilt(String name) {
    Manifests manifests = RENDERED.get(name);

    assertThat(manifests.container().getImage())
        .endsWith("furrow:" + System.getProperty("image.tag"));
    assertThat(manifests.objects())
        .filteredOn(object -> !object.getKind().equals("Namespace"))
        .extracting(HasMetadata::getMetadata)
        .allSatisfy(metadata -> assertThat(metadata.getNamespace()).isEqualTo("furrow"));
    assertThat(manifests.podLabels())
        .containsKeys(NAME, "app.kubernetes.io/component", "app.kubernetes.io/part-of");
  }

  @Test
  void shouldMeetRequirementsOfTasksWithTheGpuOfThePod() throws IOException {
    Variant variant = variant("gpu");

    assertThat(variant.manifests().container().getResources().getLimits().get("nvidia.com/gpu"))
        .hasToString("1");
    assertThat(variant.settings().node().resources()).containsExactly(Map.entry("gpu", 1L));
    assertThat(variant("development").settings().node().resources()).isEmpty();
  }

  @Test
  void shouldRefuseWhatTheApiOfKubernetesDoesNotKnow() {
    String service = "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: ";

    assertThat(ApiObjects.read(service + "{clusterIP: None}}")).hasSize(1);
    assertThatThrownBy(() -> ApiObjects.read(service + "{clusterIp: None}}"))
        .hasMessageContaining("clusterIp");
    assertThatThrownBy(() -> ApiObjects.read(service + "{selector: {version: 1}}}"))
        .hasMessageContaining("Integer");
    assertThatThrownBy(() -> ApiObjects.read("{apiVersion: v1beta1, kind: Service}"))
        .hasMessageContaining("v1beta1 Service");
  }

  /** The labels by which everything selects the cluster's pods; the pods must have them. */
  private static Map<String, String> nodes(Manifests manifests) {
    Map<String, String> labels = Map.of(NAME, "furrow");
    assertThat(manifests.podLabels()).containsAllEntriesOf(labels);
    return labels;
  }

  private static Map<String, Integer> ports(NodeSettings settings) {
    return Map.of(
        "membership",
        settings.node().port(),
        "link",
        settings.link().port(),
        settings.kubernetes().bootstrapPortName(),
        settings.kubernetes().bootstrapPort(),
        "http",
        settings.http().port().orElseThrow());
  }

  /** What a node would make of exactly the variables of its container. */
  private static Variant variant(String name) throws IOException {
    Manifests manifests = RENDERED.get(name);
    Map<String, String> environment = new LinkedHashMap<>();
    for (Map.Entry<String, String> variable : manifests.environment().entrySet()) {
      String value = variable.getValue();
      if (value.startsWith("/")) {
        Path file = folder.resolve(name + value);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "first line\n");
        value = file.toString();
      }
      environment.put(variable.getKey(), value);
    }
    Config config = FurrowConfig.load(null, Map.of(), environment);
    return new Variant(manifests, FurrowConfig.forSystem(config), NodeSettings.from(config));
  }
}
