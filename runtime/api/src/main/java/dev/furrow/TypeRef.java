package dev.furrow;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;

/**
 * A type with its arguments, which a {@link Class} cannot say: {@code new TypeRef<List<Long>>() {}}
 * (after Neal Gafter, "Super Type Tokens", 2006).
 *
 * @param <T> the type
 */
public abstract class TypeRef<T> {

  private final Type type;

  /** Reads the type argument of the subclass. */
  protected TypeRef() {
    Type parent = getClass().getGenericSuperclass();
    if (!(parent instanceof ParameterizedType generic) || generic.getRawType() != TypeRef.class) {
      throw new IllegalStateException(
          "a TypeRef is made with its type, as new TypeRef<List<Long>>() {} (was "
              + parent.getTypeName()
              + ")");
    }
    this.type = generic.getActualTypeArguments()[0];
  }

  private TypeRef(Type type) {
    this.type = type;
  }

  /**
   * The reference of a class.
   *
   * @param type the class
   * @param <T> the type
   * @return its reference
   */
  public static <T> TypeRef<T> of(Class<T> type) {
    return new TypeRef<T>(type) {};
  }

  /** {@return the type} */
  public final Type type() {
    return type;
  }

  @Override
  public final String toString() {
    return type.getTypeName();
  }
}
