package dev.furrow.actors.wire;

import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts type arguments in the place of type variables. What it returns has only classes, {@link
 * Applied}, {@link ArrayOf}, and variables that nothing is known of; all of them compare by value.
 */
final class Generics {

  private Generics() {}

  /** A generic class with its arguments, or an inner class of one. */
  record Applied(Class<?> raw, List<Type> arguments) implements ParameterizedType {
    @Override
    public Type[] getActualTypeArguments() {
      return arguments.toArray(new Type[0]);
    }

    @Override
    public Type getRawType() {
      return raw;
    }

    @Override
    public @Nullable Type getOwnerType() {
      return raw.getDeclaringClass();
    }
  }

  /** An array whose elements are generic. */
  record ArrayOf(Type element) implements GenericArrayType {
    @Override
    public Type getGenericComponentType() {
      return element;
    }
  }

  /** The class of a type that {@link #resolve} returned, or null for a variable. */
  static @Nullable Class<?> rawOf(Type type) {
    if (type instanceof Class<?> raw) {
      return raw;
    }
    return type instanceof Applied applied ? applied.raw() : null;
  }

  /** What the variables of a type that {@link #resolve} returned stand for. */
  static Map<TypeVariable<?>, Type> bindings(Type type) {
    if (!(type instanceof Applied applied)) {
      return Map.of();
    }
    TypeVariable<?>[] variables = applied.raw().getTypeParameters();
    Map<TypeVariable<?>, Type> bindings = new HashMap<>();
    for (int i = 0; i < Math.min(variables.length, applied.arguments().size()); i++) {
      bindings.put(variables[i], applied.arguments().get(i));
    }
    return bindings;
  }

  /**
   * A type with what is known of its variables put in their place; wildcards become their bound.
   */
  static Type resolve(Type type, Map<TypeVariable<?>, Type> bindings) {
    if (type instanceof TypeVariable<?> variable) {
      return bindings.getOrDefault(variable, variable);
    }
    if (type instanceof WildcardType wildcard) {
      return resolve(wildcard.getUpperBounds()[0], bindings);
    }
    if (type instanceof GenericArrayType array) {
      Type element = resolve(array.getGenericComponentType(), bindings);
      return element instanceof Class<?> raw
          ? Array.newInstance(raw, 0).getClass()
          : new ArrayOf(element);
    }
    if (type instanceof ParameterizedType generic) {
      List<Type> arguments =
          Arrays.stream(generic.getActualTypeArguments())
              .map(each -> resolve(each, bindings))
              .toList();
      return new Applied((Class<?>) generic.getRawType(), arguments);
    }
    return type;
  }

  /**
   * The arguments that a type gives to a class or interface that it extends. A variable that has no
   * argument stays as it is.
   *
   * @param type as {@link #resolve} returned it
   * @param target a supertype of it
   */
  static List<Type> arguments(Type type, Class<?> target) {
    Class<?> raw = rawOf(type);
    if (raw == target) {
      return type instanceof Applied applied
          ? applied.arguments()
          : List.of((Type[]) target.getTypeParameters());
    }
    if (raw == null || !target.isAssignableFrom(raw)) {
      throw new IllegalArgumentException(
          type.getTypeName() + " does not extend " + target.getName());
    }
    Map<TypeVariable<?>, Type> bindings = bindings(type);
    Type parent = raw.getGenericSuperclass();
    Class<?> extended = raw.getSuperclass();
    if (parent != null && extended != null && target.isAssignableFrom(extended)) {
      return arguments(resolve(parent, bindings), target);
    }
    for (Type each : raw.getGenericInterfaces()) {
      Type resolved = resolve(each, bindings);
      Class<?> implemented = rawOf(resolved);
      if (implemented != null && target.isAssignableFrom(implemented)) {
        return arguments(resolved, target);
      }
    }
    throw new IllegalStateException(raw.getName() + " has no supertype " + target.getName());
  }

  /**
   * A subclass with the arguments that follow from those of its supertype: {@code Leaf<Long>} of
   * {@code Tree<Long>} where {@code Leaf<T> implements Tree<T>}.
   */
  static Type specialize(Type type, Class<?> subclass) {
    TypeVariable<?>[] variables = subclass.getTypeParameters();
    Class<?> raw = rawOf(type);
    if (variables.length == 0 || raw == null) {
      return subclass;
    }
    List<Type> given = arguments(type, raw);
    List<Type> taken = arguments(new Applied(subclass, List.of((Type[]) variables)), raw);
    List<Type> arguments =
        Arrays.stream(variables)
            .map(
                variable ->
                    taken.contains(variable) ? given.get(taken.indexOf(variable)) : variable)
            .toList();
    return new Applied(subclass, arguments);
  }
}
