package dev.furrow.config;

/** Where files of the class path are looked for. */
final class ClassLoaders {

  private ClassLoaders() {}

  /**
   * The thread's class loader, which sees the files of the user's program; unless it does not see
   * Furrow, as on a thread of the JVM's common pool in a program with class loaders of its own.
   */
  static ClassLoader choose() {
    ClassLoader own = ClassLoaders.class.getClassLoader();
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    return context != null && seesFurrow(context) ? context : own;
  }

  private static boolean seesFurrow(ClassLoader loader) {
    try {
      return Class.forName(ClassLoaders.class.getName(), false, loader) == ClassLoaders.class;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
