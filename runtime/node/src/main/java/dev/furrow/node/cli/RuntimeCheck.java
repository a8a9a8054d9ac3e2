package dev.furrow.node.cli;

import dev.furrow.config.NodeSettings;
import dev.furrow.config.PekkoModules;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.jar.Attributes;
import java.util.jar.Manifest;

/** The JVM and the libraries in it. */
final class RuntimeCheck {

  private static final int OLDEST_JAVA = 17;
  private static final int MOST_HEAP_PERCENT = 85;

  /** The one module that may differ from the rest of Pekko. */
  private static final String DISCOVERY = "pekko-discovery";

  private RuntimeCheck() {}

  /**
   * Memory in bytes.
   *
   * @param heap the most that the heap takes
   * @param limit what this process may have, by its container or its machine
   */
  record Memory(long heap, long limit) {}

  static void java(int version, Findings findings) {
    if (version < OLDEST_JAVA) {
      findings.fail("java", "Java " + version, "run Java " + OLDEST_JAVA + " or newer");
    } else {
      findings.ok("java", "Java " + Runtime.version());
    }
  }

  static Memory memory() {
    long limit =
        ManagementFactory.getOperatingSystemMXBean()
                instanceof com.sun.management.OperatingSystemMXBean machine
            ? machine.getTotalMemorySize()
            : Long.MAX_VALUE;
    return new Memory(Runtime.getRuntime().maxMemory(), limit);
  }

  static void cores(NodeSettings settings, Findings findings) {
    int cores = Runtime.getRuntime().availableProcessors();
    int slots = settings.node().slots();
    if (slots > cores) {
      findings.warn(
          "cores",
          slots + " slots on " + cores + " cores",
          "tasks that compute slow each other down: set furrow.node.slots to auto, unless they wait");
    } else {
      findings.ok("cores", slots + " slots on " + cores + " cores");
    }
  }

  static void heap(Memory memory, Findings findings) {
    String text =
        "a heap of at most " + (memory.heap() >> 20) + " MiB of " + (memory.limit() >> 20) + " MiB";
    if (memory.heap() / (double) memory.limit() * 100 > MOST_HEAP_PERCENT) {
      findings.warn(
          "memory",
          text,
          "threads and buffers need room beside it: set -XX:MaxRAMPercentage=75 or a smaller -Xmx");
    } else {
      findings.ok("memory", text);
    }
  }

  /** The versions of Pekko's modules that a class path holds, by the names that jars give. */
  static Map<String, Set<String>> modules(ClassLoader loader) {
    Map<String, Set<String>> modules = new TreeMap<>();
    try {
      for (URL each : Collections.list(loader.getResources("META-INF/MANIFEST.MF"))) {
        try (InputStream text = each.openStream()) {
          Attributes jar = new Manifest(text).getMainAttributes();
          String title = jar.getValue(Attributes.Name.IMPLEMENTATION_TITLE);
          String version = jar.getValue(Attributes.Name.IMPLEMENTATION_VERSION);
          if (title != null && version != null && title.startsWith("pekko-")) {
            modules.computeIfAbsent(title, unknown -> new TreeSet<>()).add(version);
          }
        }
      }
    } catch (IOException unreadable) {
      throw new CommandFailure(
          ExitCode.FAILED, "the class path cannot be read: " + unreadable, unreadable);
    }
    return modules;
  }

  /** Modules that are released together must be of one version. */
  static void pekko(Map<String, Set<String>> modules, Findings findings) {
    List<Predicate<String>> families =
        List.of(
            PekkoModules::isCore,
            name -> name.startsWith("pekko-http") || name.equals("pekko-parsing"),
            name -> name.startsWith("pekko-management") || name.startsWith(DISCOVERY + "-"));
    boolean mixed = false;
    for (Predicate<String> family : families) {
      mixed |= isMixed(family, modules, findings);
    }
    if (modules.keySet().stream().noneMatch(PekkoModules::isCore)) {
      findings.warn(
          "pekko",
          "its versions cannot be told",
          "keep jars apart instead of merging them into one");
    } else if (!mixed) {
      findings.ok("pekko", "version " + String.join(", ", modules.get("pekko-actor")));
    }
  }

  private static boolean isMixed(
      Predicate<String> family, Map<String, Set<String>> modules, Findings findings) {
    Map<String, Set<String>> found = new TreeMap<>();
    modules.forEach(
        (name, versions) -> {
          if (family.test(name)) {
            versions.forEach(
                each -> found.computeIfAbsent(each, unknown -> new TreeSet<>()).add(name));
          }
        });
    if (found.size() < 2) {
      return false;
    }
    findings.fail("pekko", "modules of different versions: " + found, "bring all to one version");
    return true;
  }
}
