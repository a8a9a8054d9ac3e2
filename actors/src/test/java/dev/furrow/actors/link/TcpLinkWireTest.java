package dev.furrow.actors.link;

import static dev.furrow.actors.link.Links.node;
import static org.assertj.core.api.Assertions.assertThat;

import dev.furrow.actors.wire.JobKey;
import dev.furrow.actors.wire.LeaseTerms;
import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.PoolId;
import dev.furrow.actors.wire.PoolMessage.Announce;
import dev.furrow.actors.wire.PoolMessage.Leases;
import dev.furrow.actors.wire.WireMessage;
import java.io.IOException;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The link with the codec that nodes use. */
class TcpLinkWireTest {

  private static final int ROWS = 300;
  private static final JobKey JOB = new JobKey("job", 1, node(1));

  @RegisterExtension final Links links = new Links();

  private final Recorder one = new Recorder();
  private final Queue<WireMessage> received = new ConcurrentLinkedQueue<>();

  private TcpLink bind(long uid, Link.Listener listener) {
    LinkSettings settings = Links.settings(Links.CLUSTER, 0, Links.MAX_PENDING);
    return links.bind(uid, settings, Links.HANDSHAKE, FrameCodec.wire(), listener);
  }

  @Test
  void shouldCarryLeasesWhole() {
    TcpLink first = bind(1, one);
    TcpLink second = bind(2, new LinkListenerOnReceived((from, message) -> received.add(message)));
    first.peer(second.self(), Links.HOST, second.port());
    one.awaitEvents("connected 2");
    Leases leases = leases();

    assertThat(first.send(second.self(), leases)).isTrue();
    assertThat(first.send(second.self(), new Announce(JOB))).isTrue();

    Eventually.holds("both have come", () -> received.size() == 2);
    assertThat(received.remove()).usingRecursiveComparison().isEqualTo(leases);
    assertThat(received.remove()).isEqualTo(new Announce(JOB));
  }

  @Test
  void shouldCloseTheConnectionAtMostWhenFramesAreMutated() throws IOException {
    TcpLink first = bind(1, one);
    TcpLink second = bind(2, new LinkListenerOnReceived((from, message) -> received.add(message)));
    first.peer(second.self(), Links.HOST, second.port());
    one.awaitEvents("connected 2");
    byte[] good = FrameCodec.wire().encode(leases());
    Random random = new Random(4);

    for (int round = 0; round < 200; round++) {
      byte[] bad = good.clone();
      for (int flip = 0; flip < 3; flip++) {
        bad[random.nextInt(bad.length)] = (byte) random.nextInt();
      }
      try (RawPeer hostile = RawPeer.dial(second.port()).join(node(9), second.self())) {
        hostile.integer(bad.length);
        hostile.bytes(bad);
      }
    }

    assertThat(first.send(second.self(), new Announce(JOB))).isTrue();
    Eventually.holds("it has come", () -> received.contains(new Announce(JOB)));
    assertThat(one.events()).containsExactly("connected 2");
  }

  private static Leases leases() {
    int[] zeros = new int[ROWS];
    return new Leases(
        JOB,
        new PoolId(new NodeId("n2", 2), 3),
        List.of("example.Square"),
        List.of(LeaseTerms.NONE),
        LongStream.range(0, ROWS).toArray(),
        LongStream.range(0, ROWS).toArray(),
        IntStream.range(0, ROWS).map(row -> 1).toArray(),
        zeros,
        zeros,
        zeros,
        IntStream.range(0, ROWS).mapToObj(row -> new byte[row % 50]).toList());
  }
}
