package dev.furrow.actors.link;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * How a node's link listens, dials and bounds what it holds.
 *
 * @param clusterName nodes of another cluster are refused; 1 to 1024 bytes of UTF-8
 * @param host the one address to listen on
 * @param port the port to listen on; 0 takes any free one
 * @param maxFrameBytes largest encoded record, at least 1024; the same on every node
 * @param maxPendingBytes bytes that may wait to be written to one peer; at least {@code
 *     maxFrameBytes}
 * @param connectTimeout how long one dial may take
 * @param redialMin wait before the first redial; doubles with every failure
 * @param redialMax longest wait between redials
 */
public record LinkSettings(
    String clusterName,
    String host,
    int port,
    int maxFrameBytes,
    int maxPendingBytes,
    Duration connectTimeout,
    Duration redialMin,
    Duration redialMax) {

  private static final int LEAST_FRAME = 1024;
  private static final int LONGEST_NAME = 1024;
  private static final Duration LONGEST = Duration.ofDays(1);

  /** Checks every value. */
  public LinkSettings {
    int name = clusterName.getBytes(StandardCharsets.UTF_8).length;
    require(
        !clusterName.isBlank() && name <= LONGEST_NAME,
        "the cluster's name must have 1 to " + LONGEST_NAME + " bytes (was '" + clusterName + "')");
    require(
        clusterName.chars().noneMatch(Character::isISOControl),
        "the cluster's name must have no control characters (was '" + clusterName + "')");
    require(!host.isBlank(), "furrow.node.host must name an address of this machine (was empty)");
    require(port >= 0 && port <= 65_535, "furrow.link.port must be 0 to 65535 (was " + port + ")");
    require(
        maxFrameBytes >= LEAST_FRAME,
        "furrow.link.max-frame must be at least " + LEAST_FRAME + " (was " + maxFrameBytes + ")");
    require(
        maxPendingBytes >= maxFrameBytes,
        "furrow.link.max-pending must be at least furrow.link.max-frame, which is "
            + maxFrameBytes
            + " (was "
            + maxPendingBytes
            + ")");
    requireTime("furrow.link.connect-timeout", connectTimeout);
    requireTime("furrow.link.redial.min", redialMin);
    requireTime("furrow.link.redial.max", redialMax);
    require(
        redialMin.compareTo(redialMax) <= 0,
        "furrow.link.redial.min must not exceed furrow.link.redial.max, which is "
            + redialMax
            + " (was "
            + redialMin
            + ")");
  }

  private static void requireTime(String setting, Duration time) {
    boolean fits = time.toMillis() >= 1 && time.compareTo(LONGEST) <= 0;
    require(fits, setting + " must be 1 ms to 1 day (was " + time + ")");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
