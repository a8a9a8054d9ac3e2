package dev.furrow.actors.wire;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.databind.DatabindContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.jsontype.impl.TypeIdResolverBase;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The names of what a sealed type permits: each class's {@code @JsonTypeName}, else its simple
 * name. A name in data selects among these classes and never loads one.
 */
final class SealedIds extends TypeIdResolverBase {

  private final Map<String, Class<?>> byName = new TreeMap<>();

  SealedIds(JavaType sealed) {
    super(sealed, null);
    permitted(sealed.getRawClass()).forEach(type -> byName.putIfAbsent(nameOf(type), type));
  }

  /** Whether a type names what may extend it. Enums with bodies do in the JVM; here they do not. */
  static boolean isSealed(Class<?> type) {
    // Of the JDK's types more are sealed with each release; they have forms of their own.
    return type.isSealed() && !type.isEnum() && !type.getName().startsWith("java.");
  }

  /** The concrete classes that a sealed type permits, itself included where it is concrete. */
  static List<Class<?>> permitted(Class<?> sealed) {
    Set<Class<?>> found = new LinkedHashSet<>();
    collect(sealed, found);
    found.removeIf(type -> isSealed(type) && Modifier.isAbstract(type.getModifiers()));
    return new ArrayList<>(found);
  }

  private static void collect(Class<?> type, Set<Class<?>> found) {
    if (found.add(type) && isSealed(type)) {
      for (Class<?> permitted : type.getPermittedSubclasses()) {
        collect(permitted, found);
      }
    }
  }

  static String nameOf(Class<?> type) {
    JsonTypeName annotated = type.getDeclaredAnnotation(JsonTypeName.class);
    return annotated == null || annotated.value().isEmpty()
        ? type.getSimpleName()
        : annotated.value();
  }

  @Override
  public String idFromValue(Object value) {
    return nameOf(
        value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass());
  }

  @Override
  public String idFromValueAndType(@Nullable Object value, Class<?> suggested) {
    return value == null ? nameOf(suggested) : idFromValue(value);
  }

  @Override
  public @Nullable JavaType typeFromId(DatabindContext context, String name) throws IOException {
    Class<?> type = byName.get(name);
    return type == null ? null : context.constructSpecializedType(_baseType, type);
  }

  @Override
  public String getDescForKnownTypeIds() {
    return String.join(", ", byName.keySet());
  }

  @Override
  public JsonTypeInfo.Id getMechanism() {
    return JsonTypeInfo.Id.CUSTOM;
  }
}
