package dev.furrow.actors.wire;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonMappingException;

/** Puts what Jackson throws into words. */
final class ValueErrors {

  private ValueErrors() {}

  /** The place and the reason, as {@code Render.scene.lights[3]: …}. */
  static String text(String root, Throwable thrown) {
    if (thrown instanceof StackOverflowError) {
      return root + ": it is nested too deeply, or contains itself";
    }
    String path = thrown instanceof JsonMappingException mapping ? path(root, mapping) : root;
    Throwable cause = cause(thrown);
    if (cause instanceof JacksonException unmapped) {
      return path + ": " + unmapped.getOriginalMessage();
    }
    return path + ": " + cause;
  }

  /** What user code threw, if that was behind it, else what Jackson threw. */
  static Throwable cause(Throwable thrown) {
    Throwable cause = thrown;
    while (cause instanceof JacksonException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  private static String path(String root, JsonMappingException mapping) {
    StringBuilder path = new StringBuilder(root);
    for (JsonMappingException.Reference step : mapping.getPath()) {
      if (step.getFieldName() != null) {
        path.append('.').append(step.getFieldName());
      } else if (step.getIndex() >= 0) {
        path.append('[').append(step.getIndex()).append(']');
      }
    }
    return path.toString();
  }
}
