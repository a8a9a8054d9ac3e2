package dev.furrow.actors.wire;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.jsontype.TypeResolverBuilder;
import com.fasterxml.jackson.databind.jsontype.impl.StdTypeResolverBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Has a value whose declared type is sealed written as {@code [name, value]}, where the name is one
 * of those that the sealed type itself permits: see {@link SealedIds}. A type that carries
 * Jackson's own {@code @JsonTypeInfo} keeps to that, unless it would write names of classes.
 */
final class SealedNames extends JacksonAnnotationIntrospector {

  private static final long serialVersionUID = 1L;

  @Override
  public @Nullable TypeResolverBuilder<?> findTypeResolver(
      MapperConfig<?> config, AnnotatedClass described, JavaType type) {
    TypeResolverBuilder<?> annotated = super.findTypeResolver(config, described, type);
    if (annotated != null || !SealedIds.isSealed(type.getRawClass())) {
      return annotated;
    }
    return new StdTypeResolverBuilder()
        .init(JsonTypeInfo.Id.CUSTOM, new SealedIds(type))
        .inclusion(JsonTypeInfo.As.WRAPPER_ARRAY);
  }

  @Override
  public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(
      MapperConfig<?> config, Annotated annotated) {
    JsonTypeInfo.Value info = super.findPolymorphicTypeInfo(config, annotated);
    if (info != null
        && (info.getIdType() == JsonTypeInfo.Id.CLASS
            || info.getIdType() == JsonTypeInfo.Id.MINIMAL_CLASS)) {
      throw new IllegalArgumentException(
          "@JsonTypeInfo of "
              + annotated.getName()
              + " writes names of classes: use Id.NAME, or a sealed interface without it");
    }
    return info;
  }

  @Override
  public @Nullable List<NamedType> findSubtypes(Annotated annotated) {
    List<NamedType> named = super.findSubtypes(annotated);
    if (named != null
        || !(annotated instanceof AnnotatedClass)
        || !SealedIds.isSealed(annotated.getRawType())) {
      return named;
    }
    return SealedIds.permitted(annotated.getRawType()).stream()
        .map(type -> new NamedType(type, SealedIds.nameOf(type)))
        .toList();
  }
}
