package dev.furrow.actors.link;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Remembers what has been complained of, so that a stranger cannot fill the log. Bounded: the
 * oldest complaint is forgotten first and may then be made again. May be used by any thread.
 */
final class Complaints {

  private final Set<Object> made;

  Complaints(int most) {
    this.made =
        Collections.newSetFromMap(
            Collections.synchronizedMap(
                new LinkedHashMap<>() {
                  private static final long serialVersionUID = 1L;

                  @Override
                  protected boolean removeEldestEntry(Map.Entry<Object, Boolean> eldest) {
                    return size() > most;
                  }
                }));
  }

  /** Whether this is to be logged: true the first time. */
  boolean first(Object about) {
    return made.add(about);
  }
}
