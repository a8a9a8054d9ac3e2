package dev.furrow.actors.wire;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.furrow.Ref;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Walks the types of a task's components and of its result, and refuses what could not be read back
 * as it was, naming the place. For one task class and one thread.
 */
final class TravelCheck {

  private static final int DEPTH = 100;

  private final Readers readers;
  private final Set<Type> seen = new HashSet<>();
  private int depth;

  private TravelCheck(ObjectMapper mapper) {
    this.readers = new Readers(mapper);
  }

  /**
   * Checks a class of a task, an update or the like, and does not initialise it.
   *
   * @param contract the interface that it has
   * @param names what the interface's type arguments are, for messages
   * @return these arguments
   * @throws IllegalArgumentException it cannot travel; names the component at fault
   */
  static List<Type> check(
      Class<?> traveller, Class<?> contract, List<String> names, ObjectMapper mapper) {
    String name = ClassShape.nameOf(traveller);
    String wrong = ClassShape.problem(traveller);
    if (wrong != null) {
      throw refuse(name, wrong);
    }
    if (Modifier.isAbstract(traveller.getModifiers()) && !traveller.isEnum()) {
      throw refuse(name, "it is abstract: a node could not make one");
    }
    TravelCheck check = new TravelCheck(mapper);
    check.walk(traveller, name);
    List<Type> arguments = Generics.arguments(traveller, contract);
    for (int i = 0; i < names.size(); i++) {
      check.walk(arguments.get(i), names.get(i) + " of " + name);
    }
    return arguments;
  }

  /**
   * Checks a type.
   *
   * @param what it is of, for messages
   * @return the type with its arguments in place
   * @throws IllegalArgumentException it cannot travel; names the component at fault
   */
  static Type check(Type declared, String what, ObjectMapper mapper) {
    Type type = Generics.resolve(declared, Map.of());
    new TravelCheck(mapper).walk(type, what);
    return type;
  }

  private static IllegalArgumentException refuse(String path, String why) {
    return new IllegalArgumentException(path + " cannot travel: " + why);
  }

  private void walk(Type type, String path) {
    if (!seen.add(type)) {
      return;
    }
    if (++depth > DEPTH) {
      throw refuse(path, "its types are nested deeper than " + DEPTH);
    }
    if (type instanceof TypeVariable<?> variable) {
      throw refuse(
          path,
          "the type variable "
              + variable.getName()
              + " of "
              + variable.getGenericDeclaration()
              + " has no type here: write the type itself");
    }
    if (type instanceof GenericArrayType array) {
      walk(array.getGenericComponentType(), path + "[]");
    } else {
      Class<?> raw = Generics.rawOf(type);
      if (raw == null) {
        throw refuse(path, type.getTypeName() + " is no class");
      }
      walk(type, raw, path);
    }
    depth--;
  }

  private void walk(Type type, Class<?> raw, String path) {
    if (raw.isArray()) {
      walk(raw.getComponentType(), path + "[]");
    } else if (KnownTypes.isScalar(raw)) {
      return;
    } else if (raw == Object.class) {
      throw refuse(path, "Object says nothing of its data: name a record, or a sealed interface");
    } else if (raw == Ref.class) {
      throw refuse(path, "a Ref stays where it is: join it, and give the task its value");
    } else if (raw == Optional.class) {
      walk(Generics.arguments(type, Optional.class).get(0), path);
    } else if (Map.class.isAssignableFrom(raw) || raw == Map.Entry.class) {
      map(type, raw, path);
    } else if (Collection.class.isAssignableFrom(raw) || raw == Iterable.class) {
      walk(Generics.arguments(type, Iterable.class).get(0), path + "[]");
      container(type, raw, path);
    } else if (SealedIds.isSealed(raw)) {
      sealed(type, raw, path);
    } else {
      plain(type, raw, path);
    }
  }

  private void map(Type type, Class<?> raw, String path) {
    List<Type> arguments = Generics.arguments(type, raw == Map.Entry.class ? raw : Map.class);
    Type key = arguments.get(0);
    Class<?> keyClass = Generics.rawOf(key);
    if (key instanceof TypeVariable<?> || keyClass == null) {
      walk(key, path + " (key)");
      return;
    }
    if (!KnownTypes.isKey(keyClass) && !readers.isKey(keyClass)) {
      throw refuse(
          path,
          key.getTypeName()
              + " cannot be a map's key: use text, a number, an enum or a time, or a"
              + " list of records that have both key and value");
    }
    walk(arguments.get(1), path + "[]");
    if (raw != Map.Entry.class) {
      container(type, raw, path);
    }
  }

  private void container(Type type, Class<?> raw, String path) {
    if (KnownTypes.isContainer(raw)) {
      return;
    }
    closed(raw, path);
    problem(readers.container(type), path);
  }

  /** Refuses what is open to unknown classes, or cannot be made from outside. */
  private void closed(Class<?> raw, String path) {
    String wrong = ClassShape.problem(raw);
    if (wrong != null) {
      throw refuse(path, wrong);
    }
    if (Modifier.isAbstract(raw.getModifiers()) && !raw.isEnum()) {
      throw refuse(
          path,
          ClassShape.kindOf(raw)
              + " "
              + raw.getName()
              + " is open to classes that the reader does not know: make it sealed, or name a"
              + " record");
    }
  }

  private void sealed(Type type, Class<?> raw, String path) {
    Map<String, Class<?>> names = new HashMap<>();
    for (Class<?> permitted : SealedIds.permitted(raw)) {
      Class<?> other = names.put(SealedIds.nameOf(permitted), permitted);
      if (other != null) {
        throw refuse(
            path,
            raw.getName()
                + " permits both "
                + other.getName()
                + " and "
                + permitted.getName()
                + " under one name: rename one, or give it a @JsonTypeName");
      }
      if (!SealedIds.isSealed(permitted)
          && !permitted.isEnum()
          && !Modifier.isFinal(permitted.getModifiers())) {
        throw refuse(
            path,
            permitted.getName()
                + ", which "
                + raw.getName()
                + " permits, is open to classes that the reader does not know: make it final");
      }
      Type specialized = Generics.specialize(type, permitted);
      if (permitted == raw) {
        plain(specialized, raw, path);
      } else {
        walk(specialized, path);
      }
    }
  }

  private void plain(Type type, Class<?> raw, String path) {
    JsonSubTypes subtypes = raw.getDeclaredAnnotation(JsonSubTypes.class);
    if (subtypes != null && Readers.isNamed(raw)) {
      for (JsonSubTypes.Type subtype : subtypes.value()) {
        if (subtype.value() != raw) {
          walk(Generics.specialize(type, subtype.value()), path);
        }
      }
      if (Modifier.isAbstract(raw.getModifiers())) {
        return;
      }
    } else if (Throwable.class.isAssignableFrom(raw)) {
      throw refuse(path, raw.getName() + " is an exception: carry its text");
    }
    if (!KnownTypes.isOfJdk(raw) && !raw.isEnum() && readers.isCustom(type)) {
      problem(readers.value(type), path);
      return;
    }
    closed(raw, path);
    if (raw.isEnum()) {
      return;
    }
    if (KnownTypes.isOfJdk(raw)) {
      throw refuse(
          path,
          raw.getName() + " of the JDK is not read back as it was: carry its data in a record");
    }
    members(type, path);
  }

  private void members(Type type, String path) {
    Class<?> raw = Generics.rawOf(type);
    if (raw == null || raw.isEnum()) {
      return;
    }
    for (Members.Member member : Members.of(type)) {
      if (readers.writes(type, member.name())) {
        walk(member.type(), path + "." + member.name());
      }
    }
    problem(readers.value(type), path);
  }

  private static void problem(@Nullable String wrong, String path) {
    if (wrong != null) {
      throw refuse(path, wrong);
    }
  }
}
