package dev.furrow.actors.wire;

import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/** What can be told of a class from its form alone. */
final class ClassShape {

  private ClassShape() {}

  /** A short name for messages. */
  static String nameOf(Class<?> type) {
    return type.getSimpleName().isEmpty() ? type.getName() : type.getSimpleName();
  }

  static String kindOf(Class<?> type) {
    return type.isInterface() ? "the interface" : "the abstract class";
  }

  /** The class by whose name a value's class is known: the enum of a constant with a body. */
  static Class<?> named(Class<?> type) {
    Class<?> parent = type.getSuperclass();
    return parent != null && parent.isEnum() ? parent : type;
  }

  /** Why a node could not make an object of a class, or null. */
  static @Nullable String problem(Class<?> type) {
    if (type.isHidden() || type.isSynthetic()) {
      return "a lambda has code but no data with a name: write it as a record";
    }
    if (type.isAnonymousClass()) {
      return "an anonymous class holds on to what surrounds it: write it as a record";
    }
    if (type.isRecord() || type.isEnum() || type.isInterface()) {
      return null;
    }
    if (type.isLocalClass()) {
      return type.getName()
          + " is declared in a method and may hold on to what surrounds it: write it as a record";
    }
    if (type.isMemberClass() && !Modifier.isStatic(type.getModifiers())) {
      return type.getName()
          + " is an inner class and holds on to its outer object: make it static, or a record";
    }
    return null;
  }
}
