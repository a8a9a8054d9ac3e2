package dev.furrow.actors.link;

import static dev.furrow.actors.link.AnnounceCodec.announce;
import static dev.furrow.actors.link.Links.node;
import static org.assertj.core.api.Assertions.assertThat;

import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.PoolMessage;
import dev.furrow.actors.wire.WireMessage;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TcpLinkBoundsTest {

  private static final int PENDING = 256 * 1024;
  private static final NodeId SELF = node(2);
  private static final NodeId READER = node(5);

  @RegisterExtension final Links links = new Links();

  private final Recorder recorder = new Recorder();

  private TcpLink bind() {
    LinkSettings settings = Links.settings(Links.CLUSTER, 0, PENDING);
    return links.bind(SELF.uid(), settings, Links.HANDSHAKE, recorder);
  }

  @Test
  void shouldRefuseAtTheSenderWhenAFrameIsTooLarge() throws IOException {
    TcpLink link = bind();
    RawPeer reader = links.closing(RawPeer.dial(link.port())).join(READER, SELF);
    recorder.awaitEvents("connected 5");
    int room = Links.MAX_FRAME - 16;

    assertThat(link.send(READER, announce("x".repeat(room + 1), 1))).isFalse();
    assertThat(link.send(READER, announce("x".repeat(room), 2))).isTrue();

    PoolMessage first = (PoolMessage) reader.frame();
    assertThat(first.job().epoch()).isEqualTo(2);
    assertThat(first.job().id()).hasSize(room);
    assertThat(recorder.events()).containsExactly("connected 5");
  }

  @Test
  void shouldLogOnceForEachKindWhenFramesAreTooLarge() throws IOException {
    TcpLink link = bind();
    links.closing(RawPeer.dial(link.port())).join(READER, SELF);
    recorder.awaitEvents("connected 5");
    int size = Links.MAX_FRAME + 16;

    try (LogLines log = new LogLines(Outbound.class)) {
      for (int n = 0; n < 10; n++) {
        assertThat(link.send(READER, announce("x".repeat(Links.MAX_FRAME), n))).isFalse();
      }

      assertThat(log.containing("furrow.link.max-frame is " + Links.MAX_FRAME))
          .singleElement()
          .asString()
          .contains("PoolMessage.Announce of " + size + " bytes");
    }
  }

  @Test
  void shouldDropWhatTheCodecCannotWrite() throws IOException {
    TcpLink link = bind();
    RawPeer reader = links.closing(RawPeer.dial(link.port())).join(READER, SELF);
    recorder.awaitEvents("connected 5");

    assertThat(link.send(READER, new PoolMessage.JobGone(announce("x", 1).job()))).isFalse();
    assertThat(link.send(READER, announce("x", 2))).isTrue();

    assertThat(reader.frame()).isEqualTo(announce("x", 2));
  }

  @Test
  void shouldDropAndStayBoundedWhenTheReaderIsSlow() throws IOException {
    TcpLink link = bind();
    RawPeer reader = links.closing(RawPeer.dial(link.port())).join(READER, SELF);
    recorder.awaitEvents("connected 5");

    WireMessage message = announce("x".repeat(10_000), 1);
    long sent = sendUntilStuck(link, message);
    long direct = PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
    for (int n = 0; n < 50_000; n++) {
      sent += link.send(READER, message) ? 1 : 0;
      assertThat(link.pending(READER)).isLessThanOrEqualTo(PENDING);
    }
    assertThat(PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory()).isEqualTo(direct);

    for (long n = 0; n < sent; n++) {
      assertThat(reader.frame()).isEqualTo(message);
    }
    Eventually.holds("nothing is pending", () -> link.pending(READER) == 0);
    assertThat(link.send(READER, announce("x", 2))).isTrue();
    assertThat(reader.frame()).isEqualTo(announce("x", 2));
  }

  @Test
  void shouldTurnStrangersAwayWhenThereAreTooMany() throws IOException {
    TcpLink link = bind();
    List<RawPeer> silent = new ArrayList<>();
    for (int n = 0; n < TcpLink.MOST_STRANGERS; n++) {
      silent.add(links.closing(RawPeer.dial(link.port())));
    }
    links.closing(RawPeer.dial(link.port())).awaitEnd();

    for (RawPeer one : silent) {
      one.join(READER, SELF).close();
    }

    links.closing(RawPeer.dial(link.port())).join(READER, SELF);
  }

  /** Fills the sockets' buffers and then the link's, until nothing has moved for a while. */
  private static long sendUntilStuck(TcpLink link, WireMessage message) {
    long sent = 0;
    int refusals = 0;
    while (refusals < 1_000) {
      if (link.send(READER, message)) {
        sent++;
        refusals = 0;
      } else {
        refusals++;
        LockSupport.parkNanos(100_000);
      }
    }
    return sent;
  }

  @Test
  void shouldCostWhatTheyWeighWhenManySmallFramesWait() throws IOException {
    TcpLink link = bind();
    RawPeer reader = links.closing(RawPeer.dial(link.port())).join(READER, SELF);
    recorder.awaitEvents("connected 5");
    long filled = sendUntilStuck(link, announce("x".repeat(10_000), 1));

    long small = sendUntilStuck(link, announce("", 2));

    assertThat(link.pending(READER)).isBetween(PENDING - 20L, (long) PENDING);
    for (long n = 0; n < filled; n++) {
      assertThat(((PoolMessage) reader.frame()).job().epoch()).isEqualTo(1);
    }
    for (long n = 0; n < small; n++) {
      assertThat(((PoolMessage) reader.frame()).job().epoch()).isEqualTo(2);
    }
  }
}
