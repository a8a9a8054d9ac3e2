package dev.furrow.actors.wire;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;

/**
 * The data of a class: a record's components, else the fields that are neither static nor
 * transient.
 */
final class Members {

  private Members() {}

  /** One of them, with its type as {@link Generics#resolve} gives it. */
  record Member(String name, Type type) {}

  /** The members of a type that {@link Generics#resolve} returned, inherited ones included. */
  static List<Member> of(Type type) {
    List<Member> members = new ArrayList<>();
    Class<?> raw = Generics.rawOf(type);
    if (raw != null && raw.isRecord()) {
      for (RecordComponent component : raw.getRecordComponents()) {
        members.add(member(component.getName(), component.getGenericType(), type));
      }
      return members;
    }
    Type current = type;
    while (raw != null && raw != Object.class) {
      for (Field field : raw.getDeclaredFields()) {
        if ((field.getModifiers() & (Modifier.STATIC | Modifier.TRANSIENT)) == 0
            && !field.isSynthetic()) {
          members.add(member(field.getName(), field.getGenericType(), current));
        }
      }
      Type parent = raw.getGenericSuperclass();
      current =
          parent == null ? Object.class : Generics.resolve(parent, Generics.bindings(current));
      raw = Generics.rawOf(current);
    }
    return members;
  }

  private static Member member(String name, Type declared, Type owner) {
    return new Member(name, Generics.resolve(declared, Generics.bindings(owner)));
  }
}
