package dev.furrow.spi;

import dev.furrow.Furrow;
import dev.furrow.FurrowException;
import java.util.ServiceLoader;

/** How the API finds its implementation: through {@link ServiceLoader}. Not for users. */
public interface FurrowProvider {

  /** {@return a new builder} */
  Furrow.Builder builder();

  /**
   * Finds the implementation on the class path.
   *
   * @return the implementation
   * @throws FurrowException there is none
   */
  static FurrowProvider load() {
    return ServiceLoader.load(FurrowProvider.class, FurrowProvider.class.getClassLoader())
        .findFirst()
        .orElseThrow(
            () ->
                new FurrowException(
                    "no implementation of Furrow is on the class path: add the dependency dev.furrow:furrow-node"));
  }
}
