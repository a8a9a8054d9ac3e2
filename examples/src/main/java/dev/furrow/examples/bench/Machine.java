package dev.furrow.examples.bench;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a run was on.
 *
 * @param time when it began
 * @param cores processors that this JVM sees
 * @param java the JVM's version
 * @param system the operating system
 * @param load its load average of a minute before the run; negative where there is none
 */
record Machine(Instant time, int cores, String java, String system, double load) {

  static Machine now() {
    var system = ManagementFactory.getOperatingSystemMXBean();
    return new Machine(
        Instant.now().truncatedTo(ChronoUnit.SECONDS),
        system.getAvailableProcessors(),
        Runtime.version().toString(),
        system.getName() + " " + system.getVersion() + " " + system.getArch(),
        system.getSystemLoadAverage());
  }

  Map<String, Object> asMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("time", time.toString());
    map.put("cores", cores);
    map.put("java", java);
    map.put("system", system);
    map.put("load", load);
    return map;
  }
}
