package dev.furrow.k8s;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rendered manifests, as Kubernetes would take them.
 *
 * @param objects all of them
 */
record Manifests(List<HasMetadata> objects) {

  /** Stands for what only Kubernetes knows. */
  static final String POD_IP = "10.244.1.7";

  Manifests {
    objects = List.copyOf(objects);
  }

  <T extends HasMetadata> List<T> all(Class<T> type) {
    return objects.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** The only object of a type and name. */
  <T extends HasMetadata> T one(Class<T> type, String name) {
    List<T> found =
        all(type).stream().filter(object -> object.getMetadata().getName().equals(name)).toList();
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " of " + type.getSimpleName() + " " + name);
    }
    return found.get(0);
  }

  Deployment deployment() {
    return one(Deployment.class, "furrow");
  }

  Map<String, String> podLabels() {
    return deployment().getSpec().getTemplate().getMetadata().getLabels();
  }

  PodSpec pod() {
    return deployment().getSpec().getTemplate().getSpec();
  }

  Container container() {
    List<Container> containers = pod().getContainers();
    if (containers.size() != 1) {
      throw new AssertionError(containers.size() + " containers");
    }
    return containers.get(0);
  }

  /** The container's variables with the values that Kubernetes would give them, in order. */
  Map<String, String> environment() {
    Map<String, String> environment = new LinkedHashMap<>();
    for (EnvVar variable : container().getEnv()) {
      String value = value(variable);
      for (Map.Entry<String, String> before : environment.entrySet()) {
        value = value.replace("$(" + before.getKey() + ")", before.getValue());
      }
      if (environment.put(variable.getName(), value) != null) {
        throw new AssertionError(variable.getName() + " is set twice");
      }
    }
    return environment;
  }

  private String value(EnvVar variable) {
    if (variable.getValueFrom() == null) {
      return variable.getValue();
    }
    var field = variable.getValueFrom().getFieldRef();
    if (field != null && field.getFieldPath().equals("status.podIP")) {
      return POD_IP;
    }
    var resource = variable.getValueFrom().getResourceFieldRef();
    if (resource != null && resource.getResource().equals("requests.cpu")) {
      BigDecimal cores = container().getResources().getRequests().get("cpu").getNumericalAmount();
      return cores
          .divide(resource.getDivisor().getNumericalAmount(), 0, RoundingMode.CEILING)
          .toString();
    }
    throw new AssertionError("no value is known for " + variable);
  }

  /** The volume on which a file of the container lies; fails where it lies on none. */
  Volume volumeOf(String file) {
    VolumeMount mount =
        container().getVolumeMounts().stream()
            .filter(candidate -> Path.of(file).startsWith(candidate.getMountPath()))
            .findFirst()
            .orElseThrow(() -> new AssertionError(file + " lies on no volume"));
    return pod().getVolumes().stream()
        .filter(volume -> volume.getName().equals(mount.getName()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("there is no volume " + mount.getName()));
  }
}
