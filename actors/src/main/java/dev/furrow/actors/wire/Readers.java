package dev.furrow.actors.wire;

import com.fasterxml.jackson.annotation.JsonKey;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.AbstractDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBase;
import com.fasterxml.jackson.databind.deser.DefaultDeserializationContext;
import com.fasterxml.jackson.databind.deser.ValueInstantiator;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.ser.impl.UnknownSerializer;
import com.fasterxml.jackson.databind.ser.std.BeanSerializerBase;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Asks Jackson whether it can write and read a class. */
final class Readers {

  private final ObjectMapper mapper;

  Readers(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  /** Whether a class writes which of its subtypes a value is, by name. */
  static boolean isNamed(Class<?> type) {
    JsonTypeInfo info = type.getDeclaredAnnotation(JsonTypeInfo.class);
    return info != null && info.use() != JsonTypeInfo.Id.NONE;
  }

  /** Whether the user's own annotations say how a class is written, not its members. */
  boolean isCustom(Type type) {
    try {
      JsonSerializer<?> writer =
          mapper.getSerializerProviderInstance().findValueSerializer(javaType(type));
      return !(writer instanceof BeanSerializerBase) && !(writer instanceof UnknownSerializer);
    } catch (JsonMappingException | IllegalArgumentException unwritable) {
      return false;
    }
  }

  /** Whether a member is written; an annotation may say that it is not. */
  boolean writes(Type type, String member) {
    return mapper.getSerializationConfig().introspect(javaType(type)).findProperties().stream()
        .map(BeanPropertyDefinition::getInternalName)
        .anyMatch(member::equals);
  }

  /** Whether annotations of a class say how it is written as a key, and it can be read again. */
  boolean isKey(Class<?> type) {
    Stream<AccessibleObject> members =
        Stream.of(type.getDeclaredMethods(), type.getDeclaredFields()).flatMap(Arrays::stream);
    if (members.noneMatch(
        each ->
            each.isAnnotationPresent(JsonKey.class) || each.isAnnotationPresent(JsonValue.class))) {
      return false;
    }
    try {
      return context().findKeyDeserializer(mapper.constructType(type), null) != null;
    } catch (JsonMappingException | IllegalArgumentException unreadable) {
      return false;
    }
  }

  /** Why a collection or map cannot be read, or null. */
  @Nullable String container(Type type) {
    try {
      JsonDeserializer<?> reader = context().findRootValueDeserializer(javaType(type));
      if (reader instanceof ValueInstantiator.Gettable made
          && made.getValueInstantiator() != null
          && !isMade(made.getValueInstantiator(), true)) {
        return javaType(type).getRawClass().getName() + " has no constructor without parameters";
      }
      return null;
    } catch (JsonMappingException | IllegalArgumentException unreadable) {
      return textOf(unreadable);
    }
  }

  /** Why a class cannot be written or read, or null. */
  @Nullable String value(Type type) {
    JavaType wanted = javaType(type);
    try {
      boolean members =
          mapper.getSerializerProviderInstance().findValueSerializer(wanted)
              instanceof BeanSerializerBase;
      JsonDeserializer<?> reader = context().findRootValueDeserializer(wanted);
      if (reader instanceof AbstractDeserializer) {
        return wanted.getRawClass().getName()
            + " is open to classes that the reader does not know: make it sealed, or name a record";
      }
      if (reader instanceof BeanDeserializerBase bean
          && !isMade(bean.getValueInstantiator(), members)) {
        return wanted.getRawClass().getName()
            + " has no constructor that a reader can use: write it as a record, or annotate a"
            + " constructor with @JsonCreator";
      }
      return null;
    } catch (JsonMappingException | IllegalArgumentException unreadable) {
      return textOf(unreadable);
    }
  }

  private static boolean isMade(ValueInstantiator made, boolean fromMembers) {
    return fromMembers
        ? made.canCreateUsingDefault()
            || made.canCreateFromObjectWith()
            || made.canCreateUsingDelegate()
            || made.canCreateUsingArrayDelegate()
        : made.canInstantiate();
  }

  private JavaType javaType(Type type) {
    return mapper.constructType(type);
  }

  private DeserializationContext context() {
    return ((DefaultDeserializationContext) mapper.getDeserializationContext())
        .createDummyInstance(mapper.getDeserializationConfig());
  }

  private static String textOf(Exception wrong) {
    return wrong instanceof JsonProcessingException unreadable
        ? unreadable.getOriginalMessage()
        : String.valueOf(wrong.getMessage());
  }
}
