package dev.furrow.node;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What this JVM holds after a collection.
 *
 * @param threads that live
 * @param files file descriptors that are open
 * @param objects instances of each of Furrow's classes that can be reached
 */
record Held(int threads, long files, Map<String, Long> objects) {

  private static final Pattern ROW =
      Pattern.compile("^ *\\d+: +(\\d+) +\\d+ +(dev\\.furrow\\.\\S+)", Pattern.MULTILINE);

  static Held now() {
    return new Held(
        ManagementFactory.getThreadMXBean().getThreadCount(),
        ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
            ? unix.getOpenFileDescriptorCount()
            : 0,
        histogram());
  }

  /** The JVM's own histogram of what is alive; making it collects garbage. */
  private static Map<String, Long> histogram() {
    try {
      String table =
          (String)
              ManagementFactory.getPlatformMBeanServer()
                  .invoke(
                      new ObjectName("com.sun.management:type=DiagnosticCommand"),
                      "gcClassHistogram",
                      new Object[] {new String[0]},
                      new String[] {String[].class.getName()});
      Map<String, Long> counts = new HashMap<>();
      Matcher rows = ROW.matcher(table);
      while (rows.find()) {
        counts.put(rows.group(2), Long.parseLong(rows.group(1)));
      }
      return counts;
    } catch (JMException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** What is held beyond what was held before, and a few; empty if nothing is. */
  String beyond(Held before, int few) {
    StringBuilder more = new StringBuilder();
    if (threads > before.threads + few) {
      more.append(threads - before.threads).append(" threads; ");
    }
    if (files > before.files + few) {
      more.append(files - before.files).append(" files; ");
    }
    objects.forEach(
        (type, count) -> {
          long extra = count - before.objects.getOrDefault(type, 0L);
          if (extra > few) {
            more.append(extra).append(' ').append(type).append("; ");
          }
        });
    return more.toString();
  }
}
