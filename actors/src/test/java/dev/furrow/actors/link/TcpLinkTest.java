package dev.furrow.actors.link;

import static dev.furrow.actors.link.AnnounceCodec.announce;
import static dev.furrow.actors.link.Links.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.furrow.FurrowException;
import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.WireMessage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TcpLinkTest {

  private static final int MANY = 10_000;

  @RegisterExtension final Links links = new Links();

  private final Recorder one = new Recorder();
  private final Recorder two = new Recorder();

  private TcpLink connect(TcpLink dialer, TcpLink acceptor) {
    dialer.peer(acceptor.self(), Links.HOST, acceptor.port());
    return dialer;
  }

  @Test
  void shouldKeepTheOrderBothWays() {
    TcpLink first = links.bind(1, one);
    TcpLink second = links.bind(2, two);
    connect(first, second);
    one.awaitEvents("connected 2");
    two.awaitEvents("connected 1");

    for (int n = 0; n < MANY; n++) {
      assertThat(first.send(node(2), announce("from first", n))).isTrue();
      assertThat(second.send(node(1), announce("from second", n))).isTrue();
    }

    one.awaitReceived(MANY);
    two.awaitReceived(MANY);
    List<Long> expected = LongStream.range(0, MANY).boxed().toList();
    assertThat(one.numbers()).isEqualTo(expected);
    assertThat(two.numbers()).isEqualTo(expected);
    Eventually.holds("nothing is pending", () -> first.pending(node(2)) == 0);
  }

  @Test
  void shouldKeepTheOrderOfEachOfManySenders() throws Exception {
    TcpLink first = links.bind(1, one);
    connect(first, links.bind(2, two));
    one.awaitEvents("connected 2");

    List<Thread> senders = new ArrayList<>();
    for (int sender = 0; sender < 4; sender++) {
      long base = sender * (long) MANY;
      Thread thread =
          new Thread(
              () -> {
                for (int n = 0; n < MANY; n++) {
                  first.send(node(2), announce("x", base + n));
                }
              });
      senders.add(thread);
      thread.start();
    }
    for (Thread sender : senders) {
      sender.join();
    }

    two.awaitReceived(4 * MANY);
    for (int sender = 0; sender < 4; sender++) {
      long base = sender * (long) MANY;
      assertThat(two.numbers().stream().filter(n -> n / MANY * MANY == base).toList())
          .isEqualTo(LongStream.range(base, base + MANY).boxed().toList());
    }
  }

  @Test
  void shouldDeliverOnTheSendersThreadWhenSentToItself() {
    AtomicReference<Thread> on = new AtomicReference<>();
    TcpLink link =
        links.bind(
            1, new LinkListenerOnReceived((from, message) -> on.set(Thread.currentThread())));

    assertThat(link.send(node(1), announce("x".repeat(2 * Links.MAX_FRAME), 1))).isTrue();

    assertThat(on.get()).isSameAs(Thread.currentThread());
  }

  @Test
  void shouldDropWhenThePeerIsNotConnected() {
    TcpLink link = links.bind(1, one);

    assertThat(link.send(node(2), announce("x", 1))).isFalse();
    assertThat(link.pending(node(2))).isZero();
  }

  @Test
  void shouldLetOnlyTheSmallerNodeDial() {
    assertThat(Peer.dials(node(1), node(2))).isTrue();
    assertThat(Peer.dials(node(2), node(1))).isFalse();
    assertThat(Peer.dials(node(-1), node(1))).isTrue();
    assertThat(Peer.dials(new NodeId("a", 1), new NodeId("b", 1))).isTrue();
    assertThat(Peer.dials(new NodeId("b", 1), new NodeId("a", 1))).isFalse();

    TcpLink first = links.bind(1, one);
    TcpLink second = links.bind(2, two);
    second.peer(node(1), Links.HOST, first.port());
    first.peer(node(2), Links.HOST, second.port());
    first.peer(node(2), Links.HOST, second.port());

    one.awaitEvents("connected 2");
    two.awaitEvents("connected 1");
    first.send(node(2), announce("x", 1));
    two.awaitReceived(1);
    assertThat(one.events()).containsExactly("connected 2");
    assertThat(two.events()).containsExactly("connected 1");
  }

  @Test
  void shouldDialHostNames() {
    TcpLink first = links.bind(1, one);
    TcpLink second = links.bind(2, two);

    first.peer(node(2), "localhost", second.port());

    one.awaitEvents("connected 2");
    assertThat(Links.threads().allMatch(Thread::isDaemon)).isTrue();
  }

  @Test
  void shouldTellThatThePeerEndedAndConnectAgainWhenItIsBack() {
    TcpLink first = links.bind(1, one);
    TcpLink second = links.bind(2, two);
    connect(first, second);
    one.awaitEvents("connected 2");

    second.close();
    one.awaitEvents("connected 2", "ended 2");
    assertThat(first.send(node(2), announce("x", 1))).isFalse();

    Recorder again = new Recorder();
    TcpLink back = links.bind(2, second.port(), again);
    one.awaitEvents("connected 2", "ended 2", "connected 2");
    again.awaitEvents("connected 1");
    assertThat(back.send(node(1), announce("x", 5))).isTrue();
    one.awaitReceived(1);
  }

  @Test
  void shouldBeRefusedWhenAnotherLifeHasThePeersAddress() {
    TcpLink first = links.bind(1, one);
    TcpLink second = links.bind(2, two);
    connect(first, second);
    one.awaitEvents("connected 2");
    second.close();

    Recorder other = new Recorder();
    TcpLink third = links.bind(3, second.port(), other);

    one.awaitEvents("connected 2", "ended 2", "closed 2");
    first.peer(node(3), Links.HOST, third.port());
    other.awaitEvents("connected 1");
    one.awaitEvents("connected 2", "ended 2", "closed 2", "connected 3");
  }

  @Test
  void shouldDialUntilThePeerIsThere() {
    TcpLink first = links.bind(1, one);
    TcpLink absent = links.bind(2, two);
    int port = absent.port();
    absent.close();
    first.peer(node(2), Links.HOST, port);

    links.bind(2, port, two);

    one.awaitEvents("connected 2");
  }

  @Test
  void shouldDialTheNewAddressWhenThePeerHasMoved() {
    TcpLink first = links.bind(1, one);
    TcpLink gone = links.bind(9, new Recorder());
    int port = gone.port();
    gone.close();
    first.peer(node(2), Links.HOST, port);

    TcpLink second = links.bind(2, two);
    first.peer(node(2), Links.HOST, second.port());

    one.awaitEvents("connected 2");
  }

  @Test
  void shouldCloseSilentlyAndStayApartWhenAPeerIsForgotten() {
    TcpLink first = links.bind(1, one);
    TcpLink second = links.bind(2, two);
    connect(first, second);
    two.awaitEvents("connected 1");

    second.forget(node(1));
    one.awaitEvents("connected 2", "ended 2", "closed 2");
    assertThat(two.events()).containsExactly("connected 1");
    assertThat(second.send(node(1), announce("x", 1))).isFalse();

    second.peer(node(1), Links.HOST, first.port());
    one.awaitEvents("connected 2", "ended 2", "closed 2", "connected 2");
    two.awaitEvents("connected 1", "connected 1");

    first.forget(node(2));
    two.awaitEvents("connected 1", "connected 1", "ended 1");
    assertThat(one.events()).containsExactly("connected 2", "ended 2", "closed 2", "connected 2");
  }

  @Test
  void shouldSurviveAListenerThatThrows() {
    Recorder told = new Recorder();
    Link.Listener broken =
        new Link.Listener() {
          @Override
          public void received(NodeId from, WireMessage message) {
            told.received(from, message);
            throw new IllegalStateException("thrown by a test");
          }

          @Override
          public void connected(NodeId peer) {
            told.connected(peer);
            throw new IllegalStateException("thrown by a test");
          }

          @Override
          public void closed(NodeId peer, boolean ended) {
            told.closed(peer, ended);
            throw new AssertionError("thrown by a test");
          }
        };
    TcpLink first = links.bind(1, one);
    TcpLink second = links.bind(2, broken);
    connect(first, second);
    one.awaitEvents("connected 2");

    for (int n = 0; n < 10; n++) {
      assertThat(first.send(node(2), announce("x", n))).isTrue();
    }
    told.awaitReceived(10);
    assertThat(told.events()).containsExactly("connected 1");
    first.close();
    told.awaitEvents("connected 1", "ended 1");
  }

  @Test
  void shouldCallTheListenerNoMoreOnceClosed() {
    TcpLink first = links.bind(1, one);
    TcpLink second = links.bind(2, two);
    connect(first, second);
    one.awaitEvents("connected 2");
    for (int n = 0; n < MANY; n++) {
      first.send(node(2), announce("x", n));
    }

    second.close();
    int received = two.received();
    List<String> events = two.events();
    second.close();
    one.awaitEvents("connected 2", "ended 2");

    assertThat(two.received()).isEqualTo(received);
    assertThat(two.events()).isEqualTo(events);
    assertThat(second.send(node(2), announce("x", 1))).isFalse();
    second.peer(node(1), Links.HOST, first.port());
    second.forget(node(1));
  }

  @Test
  void shouldCloseWhenItsOwnListenerClosesIt() {
    AtomicReference<TcpLink> link = new AtomicReference<>();
    TcpLink first = links.bind(1, one);
    link.set(links.bind(2, new LinkListenerOnReceived((from, message) -> link.get().close())));
    connect(first, link.get());
    one.awaitEvents("connected 2");

    first.send(node(2), announce("x", 1));

    Eventually.holds("the peer is gone", () -> one.events().contains("ended 2"));
  }

  @Test
  void shouldNameThePortAndTheSettingWhenThePortIsInUse() {
    TcpLink first = links.bind(1, one);

    assertThatThrownBy(() -> links.bind(2, first.port(), two))
        .isInstanceOf(FurrowException.class)
        .hasMessageContaining("port 127.0.0.1:" + first.port() + " is in use")
        .hasMessageContaining("furrow.link.port");
  }

  @Test
  void shouldNameTheHostWhenItIsNotOfThisMachine() {
    LinkSettings base = Links.settings(Links.CLUSTER, 0, Links.MAX_PENDING);
    LinkSettings elsewhere =
        new LinkSettings(
            base.clusterName(),
            "192.0.2.1",
            0,
            base.maxFrameBytes(),
            base.maxPendingBytes(),
            base.connectTimeout(),
            base.redialMin(),
            base.redialMax());

    assertThatThrownBy(() -> links.bind(1, elsewhere, Links.HANDSHAKE, one))
        .isInstanceOf(FurrowException.class)
        .hasMessageContaining("192.0.2.1")
        .hasMessageContaining("furrow.node.host");
  }

  @Test
  void shouldListenOnTheGivenHostAlone() throws Exception {
    TcpLink link = links.bind(1, one);

    try (Socket socket = new Socket()) {
      InetSocketAddress other = new InetSocketAddress("127.0.0.2", link.port());
      assertThatThrownBy(() -> socket.connect(other, 1_000)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void shouldRefuseAnAddressThatNobodyCanDial() {
    TcpLink link = links.bind(1, one);

    assertThatThrownBy(() -> link.peer(node(2), Links.HOST, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("127.0.0.1:0");
  }
}
