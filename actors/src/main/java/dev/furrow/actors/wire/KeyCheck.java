package dev.furrow.actors.wire;

import java.lang.reflect.Type;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Refuses types of keys whose equal values may be written as different bytes: a key is found by the
 * bytes that it is written as.
 */
final class KeyCheck {

  private final Set<Type> seen = new HashSet<>();

  private KeyCheck() {}

  /**
   * Checks a type.
   *
   * @param type as {@link Generics#resolve} gave it
   * @throws IllegalArgumentException it cannot be a key; names the component at fault
   */
  static void check(Type type, String what) {
    new KeyCheck().walk(type, what);
  }

  private void walk(Type type, String path) {
    Class<?> raw = Generics.rawOf(type);
    if (raw == null || !seen.add(type) || KnownTypes.isScalar(raw) || raw.isEnum()) {
      return;
    }
    if (SealedIds.isSealed(raw)) {
      for (Class<?> permitted : SealedIds.permitted(raw)) {
        if (permitted != raw) {
          walk(Generics.specialize(type, permitted), path);
        }
      }
      return;
    }
    if (!raw.isRecord()) {
      throw new IllegalArgumentException(
          path
              + " cannot be a key: equal objects of "
              + raw.getName()
              + " may be written differently. Use text, a number, an enum, a time, a UUID or a"
              + " record of these");
    }
    for (Members.Member member : Members.of(type)) {
      walk(Generics.resolve(member.type(), Map.of()), path + "." + member.name());
    }
  }
}
