package dev.furrow.actors.wire;

import java.lang.reflect.Modifier;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Finds the classes that the wire names. A class is loaded only if the allow list has it, and is
 * not initialised here. Safe for use by many threads.
 */
final class ClassFinder {

  /** Furrow's own, which no allow list need name. */
  private static final String OWN = "dev.furrow.actors.partition.";

  private final AllowList allow;
  private final ClassLoader loader;

  /** Classes that were allowed and found: there are only so many. */
  private final Map<String, Class<?>> found = new ConcurrentHashMap<>();

  ClassFinder(AllowList allow, ClassLoader loader) {
    this.allow = allow;
    this.loader = loader;
  }

  ClassLoader loader() {
    return loader;
  }

  /**
   * The class of a name.
   *
   * @param what a task, an update, …: for messages
   * @param contract the interface that it must have
   * @throws UnreadableException it is not allowed, not there, or not of the interface
   */
  Class<?> find(String name, String what, Class<?> contract) throws UnreadableException {
    Class<?> type = found.get(name);
    if (type == null) {
      type = load(name, what);
    }
    if (!contract.isAssignableFrom(type)) {
      throw new UnreadableException(
          "class "
              + shown(name)
              + " is no "
              + contract.getName()
              + " on this node and was not initialised: put the same jar on every node",
          null);
    }
    if (Modifier.isAbstract(type.getModifiers()) && !type.isEnum()) {
      throw new UnreadableException(
          what + " class " + shown(name) + " is abstract on this node", null);
    }
    found.put(name, type);
    return type;
  }

  private Class<?> load(String name, String what) throws UnreadableException {
    if (!name.startsWith(OWN) && !allow.allows(name)) {
      throw new UnreadableException(
          what
              + " class "
              + shown(name)
              + " is not allowed on this node and was not loaded: add it to"
              + " furrow.tasks.allow",
          null);
    }
    try {
      return Class.forName(name, false, loader);
    } catch (ClassNotFoundException absent) {
      throw new UnreadableException(
          "class "
              + shown(name)
              + " is not on this node's class path: put the same jar on every node",
          absent);
    } catch (LinkageError broken) {
      throw new UnreadableException(
          "class "
              + shown(name)
              + " cannot be linked on this node ("
              + broken
              + "): put the same jars on every node",
          broken);
    }
  }

  private static String shown(String name) {
    return name.length() <= 200 ? name : name.substring(0, 200) + "…";
  }
}
