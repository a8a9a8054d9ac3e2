package dev.furrow.k8s;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBuilder;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.certmanager.api.model.v1.Certificate;
import io.fabric8.certmanager.api.model.v1.Issuer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads objects of Kubernetes as strictly as its API does: a field that the API does not know, or a
 * number where it wants a text, is an error.
 */
final class ApiObjects {

  private static final List<Class<? extends HasMetadata>> TYPES =
      List.of(
          Namespace.class,
          Secret.class,
          Service.class,
          ServiceAccount.class,
          Deployment.class,
          NetworkPolicy.class,
          PodDisruptionBudget.class,
          Role.class,
          RoleBinding.class,
          Certificate.class,
          Issuer.class);

  private static final YAMLMapper MAPPER = strict();

  private ApiObjects() {}

  /** The documents of a text, in order. */
  static List<HasMetadata> read(String yaml) {
    List<HasMetadata> objects = new ArrayList<>();
    try (var documents = MAPPER.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
      while (documents.hasNext()) {
        objects.add(object(documents.next()));
      }
    } catch (IOException broken) {
      throw new UncheckedIOException(broken.getMessage(), broken);
    }
    return objects;
  }

  private static HasMetadata object(JsonNode document) throws JsonProcessingException {
    String kind = document.path("kind").asText();
    String version = document.path("apiVersion").asText();
    for (Class<? extends HasMetadata> type : TYPES) {
      if (HasMetadata.getKind(type).equals(kind)
          && HasMetadata.getApiVersion(type).equals(version)) {
        return MAPPER.treeToValue(document, type);
      }
    }
    throw new IllegalArgumentException("no such object is expected: " + version + " " + kind);
  }

  private static YAMLMapper strict() {
    YAMLMapper mapper = new YAMLMapper();
    mapper.registerModule(
        new SimpleModule()
            .setDeserializerModifier(
                new BeanDeserializerModifier() {
                  private static final long serialVersionUID = 1L;

                  /** The model's types would keep what they do not know. */
                  @Override
                  public BeanDeserializerBuilder updateBuilder(
                      DeserializationConfig config,
                      BeanDescription description,
                      BeanDeserializerBuilder builder) {
                    builder.setAnySetter(null);
                    return builder;
                  }
                }));
    for (CoercionInputShape shape :
        List.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean)) {
      mapper.coercionConfigFor(LogicalType.Textual).setCoercion(shape, CoercionAction.Fail);
    }
    return mapper;
  }
}
