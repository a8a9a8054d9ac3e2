package dev.furrow.actors.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.furrow.actors.wire.NodeId;
import dev.furrow.config.NodeTls;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PoolArenaMetric;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocatorMetric;
import io.netty.util.ResourceLeakDetector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Opens links for a test and closes them after it, then checks that no thread of theirs is left and
 * that every buffer was given back.
 */
final class Links implements AfterEachCallback {

  static {
    System.setProperty("io.netty.leakDetection.level", "paranoid");
    ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID); // had Netty been loaded
  }

  static final String HOST = "127.0.0.1";
  static final String CLUSTER = "barn";
  static final int MAX_FRAME = 64 * 1024;
  static final int MAX_PENDING = 8 * 1024 * 1024;
  static final Duration HANDSHAKE = Duration.ofSeconds(5);

  private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();

  private final List<AutoCloseable> open = new ArrayList<>();

  static NodeId node(long uid) {
    return new NodeId("n" + uid, uid);
  }

  static LinkSettings settings(String cluster, int port, int maxPending) {
    return new LinkSettings(
        cluster,
        HOST,
        port,
        MAX_FRAME,
        maxPending,
        Duration.ofSeconds(5),
        Duration.ofMillis(20),
        Duration.ofMillis(200));
  }

  TcpLink bind(long uid, Link.Listener listener) {
    return bind(uid, 0, listener);
  }

  TcpLink bind(long uid, int port, Link.Listener listener) {
    return bind(uid, settings(CLUSTER, port, MAX_PENDING), HANDSHAKE, listener);
  }

  TcpLink bind(long uid, LinkSettings settings, Duration handshake, Link.Listener listener) {
    return bind(uid, settings, handshake, new AnnounceCodec(), listener);
  }

  TcpLink bind(
      long uid,
      LinkSettings settings,
      Duration handshake,
      FrameCodec codec,
      Link.Listener listener) {
    return bind(uid, settings, handshake, codec, listener, null);
  }

  TcpLink bind(
      long uid,
      LinkSettings settings,
      Duration handshake,
      FrameCodec codec,
      Link.Listener listener,
      @Nullable NodeTls tls) {
    ByteBufUtil.setLeakListener((kind, records) -> LEAKS.add(kind + records));
    return closing(
        TcpLink.bind(settings, node(uid), codec, listener, Runnable::run, tls, handshake));
  }

  <C extends AutoCloseable> C closing(C resource) {
    open.add(resource);
    return resource;
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    for (AutoCloseable resource : open) {
      resource.close();
    }
    assertThat(ResourceLeakDetector.getLevel()).isEqualTo(ResourceLeakDetector.Level.PARANOID);
    assertThat(LEAKS).isEmpty();
    Eventually.holds("threads end", () -> threads().findAny().isEmpty());
    Eventually.holds("buffers are released", () -> buffers() == 0);
  }

  static Stream<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("furrow-control-"));
  }

  private static long buffers() {
    PooledByteBufAllocatorMetric metric = PooledByteBufAllocator.DEFAULT.metric();
    return Stream.concat(metric.directArenas().stream(), metric.heapArenas().stream())
        .mapToLong(PoolArenaMetric::numActiveAllocations)
        .sum();
  }
}
