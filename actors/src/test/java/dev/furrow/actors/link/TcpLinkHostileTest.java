package dev.furrow.actors.link;

import static dev.furrow.actors.link.AnnounceCodec.announce;
import static dev.furrow.actors.link.Links.node;
import static org.assertj.core.api.Assertions.assertThat;

import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.WireMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TcpLinkHostileTest {

  private static final Duration SHORT = Duration.ofMillis(150);
  private static final NodeId SELF = node(2);

  @RegisterExtension final Links links = new Links();

  private final Recorder friend = new Recorder();
  private final Recorder recorder = new Recorder();
  private TcpLink friendly;
  private TcpLink link;

  @BeforeEach
  void connectAFriend() {
    LinkSettings settings = Links.settings(Links.CLUSTER, 0, Links.MAX_PENDING);
    friendly = links.bind(1, friend);
    link = links.bind(SELF.uid(), settings, SHORT, recorder);
    friendly.peer(SELF, Links.HOST, link.port());
    friend.awaitEvents("connected 2");
    recorder.awaitEvents("connected 1");
  }

  private RawPeer dial() throws IOException {
    return links.closing(RawPeer.dial(link.port()));
  }

  private void assertThatTheFriendIsStillServed() {
    int before = recorder.received();
    assertThat(friendly.send(SELF, announce("x", 1))).isTrue();
    recorder.awaitReceived(before + 1);
    assertThat(friend.events()).containsExactly("connected 2");
  }

  @Test
  void shouldCloseWhenAStrangerSendsRandomBytes() throws IOException {
    Random random = new Random(20);
    for (int round = 0; round < 20; round++) {
      RawPeer stranger = dial();
      byte[] bytes = new byte[1 + random.nextInt(2_000)];
      random.nextBytes(bytes);
      stranger.bytes(bytes);
      stranger.awaitEnd();
    }

    assertThat(recorder.events()).containsExactly("connected 1");
    assertThatTheFriendIsStillServed();
  }

  @Test
  void shouldCloseWhenAHandshakeIsTooLargeOrNegative() throws IOException {
    try (LogLines log = new LogLines(TcpLink.class)) {
      for (int length : new int[] {4089, Integer.MAX_VALUE, -1}) {
        RawPeer stranger = dial();
        stranger.integer(RawPeer.MAGIC);
        stranger.integer(length);
        stranger.awaitEnd();
      }

      assertThat(log.containing("closed a connection from"))
          .singleElement()
          .asString()
          .contains("announced a handshake of 4089 bytes");
    }

    assertThatTheFriendIsStillServed();
  }

  @Test
  void shouldCloseWhenTheBodyOfAHandshakeIsCutShort() throws IOException {
    RawPeer stranger = dial();
    stranger.integer(RawPeer.MAGIC);
    stranger.integer(6);
    stranger.integer(WireMessage.VERSION);
    stranger.bytes(new byte[] {0, 9});

    stranger.awaitEnd();
    assertThatTheFriendIsStillServed();
  }

  @Test
  void shouldCloseWhenAHandshakeStopsHalfWayOrNeverComes() throws IOException {
    RawPeer half = dial();
    half.integer(RawPeer.MAGIC);
    half.integer(100);
    half.integer(WireMessage.VERSION);
    RawPeer silent = dial();

    half.awaitEnd();
    silent.awaitEnd();
    assertThatTheFriendIsStillServed();
  }

  @Test
  void shouldNotTimeOutOnceTheHandshakeIsDone() throws IOException {
    RawPeer quick = dial().join(node(5), SELF);
    dial().awaitEnd(); // its time began after the other's

    quick.frame(announce("x", 77));
    recorder.awaitReceived(1);
    assertThat(recorder.numbers()).contains(77L);
  }

  @Test
  void shouldReadNothingThatComesBeforeTheHandshake() throws IOException {
    RawPeer stranger = dial();
    stranger.frame(announce("x", 1));

    stranger.awaitEnd();
    assertThat(recorder.received()).isZero();
  }

  @Test
  void shouldReadWhatFollowsTheHandshakeInTheSamePacket() throws IOException {
    RawPeer eager = dial();
    eager.hello(WireMessage.VERSION, Links.CLUSTER, node(5), SELF.uid());
    eager.frame(announce("x", 42));

    recorder.awaitReceived(1);
    recorder.awaitEvents("connected 1", "connected 5");
  }

  @Test
  void shouldSayWhyWhenTheClusterIsAnother() throws IOException {
    RawPeer stranger = dial();
    stranger.hello(WireMessage.VERSION, "shed", node(5), SELF.uid());

    assertThat(stranger.answer()).contains("'barn'", "'shed'");
    stranger.awaitEnd();
    assertThat(recorder.events()).containsExactly("connected 1");
  }

  @Test
  void shouldNameBothVersionsWhenTheVersionIsAnother() throws IOException {
    RawPeer stranger = dial();
    stranger.hello(99, Links.CLUSTER, node(5), SELF.uid());

    assertThat(stranger.answer())
        .contains("wire version " + WireMessage.VERSION, "99", "same Furrow version");
    stranger.awaitEnd();
  }

  @Test
  void shouldTellOnceThatThePeerRefusesAndGoOnDialling() throws IOException {
    try (LogLines log = new LogLines(Peer.class);
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      link.peer(node(6), Links.HOST, server.getLocalPort());
      for (int dial = 0; dial < 3; dial++) {
        try (RawPeer refusing = RawPeer.accept(server).skipHello()) {
          refusing.answer(dial < 2 ? "not today" : "never");
          refusing.awaitEnd();
        }
      }
      recorder.awaitEvents("connected 1", "closed 6");
      assertThat(log.containing("not today")).hasSize(1);

      RawPeer accepting = links.closing(RawPeer.accept(server).skipHello());
      accepting.answer("");
      recorder.awaitEvents("connected 1", "closed 6", "connected 6");
    }
    assertThatTheFriendIsStillServed();
  }

  @Test
  void shouldDialAgainWhenTheHandshakeIsNotAnsweredOrAnsweredWithGarbage() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      link.peer(node(6), Links.HOST, server.getLocalPort());
      try (RawPeer silent = RawPeer.accept(server).skipHello()) {
        silent.awaitEnd();
      }
      try (RawPeer garbage = RawPeer.accept(server).skipHello()) {
        garbage.integer(0x48545450);
        garbage.awaitEnd();
      }
      RawPeer.accept(server).close();
      RawPeer accepting = links.closing(RawPeer.accept(server).skipHello());
      accepting.answer("");
      recorder.awaitEvents("connected 1", "connected 6");
    }
  }

  @Test
  void shouldCloseWhenAFrameIsTooLargeNegativeOrUnreadable() throws IOException {
    int[] lengths = {Integer.MAX_VALUE, Links.MAX_FRAME + 1, -1, Integer.MIN_VALUE};
    for (int length : lengths) {
      RawPeer peer = dial().join(node(5), SELF);
      peer.integer(length);
      peer.frame(announce("never read", 9));
      peer.awaitEnd();
    }
    RawPeer peer = dial().join(node(5), SELF);
    peer.integer(3);
    peer.bytes(new byte[] {1, 2, 3});
    peer.frame(announce("never read", 9));
    peer.awaitEnd();

    Eventually.holds("all are closed", () -> recorder.events().size() == 11);
    assertThat(recorder.events().subList(1, 11)).containsSequence("connected 5", "closed 5");
    assertThat(recorder.events()).filteredOn("closed 5"::equals).hasSize(5);
    assertThat(recorder.received()).isZero();
    assertThatTheFriendIsStillServed();
  }

  @Test
  void shouldTellThatThePeerEndedWhenItsSocketIsResetOrClosed() throws IOException {
    RawPeer killed = dial().join(node(5), SELF);
    recorder.awaitEvents("connected 1", "connected 5");
    killed.reset();
    recorder.awaitEvents("connected 1", "connected 5", "ended 5");

    RawPeer closed = dial().join(node(6), SELF);
    closed.frame(announce("last words", 1));
    closed.close();
    recorder.awaitEvents("connected 1", "connected 5", "ended 5", "connected 6", "ended 6");
    assertThat(recorder.received()).isEqualTo(1);
  }

  @Test
  void shouldTellThatThePeerEndedWhenItsSocketIsResetUnderWrites() throws IOException {
    RawPeer killed = dial().join(node(5), SELF);
    recorder.awaitEvents("connected 1", "connected 5");
    while (link.send(node(5), announce("x".repeat(50_000), 1))) {
      Thread.onSpinWait();
    }
    killed.reset();

    recorder.awaitEvents("connected 1", "connected 5", "ended 5");
  }

  @Test
  void shouldReplaceTheOlderConnectionOfOnePeer() throws IOException {
    RawPeer older = dial().join(node(5), SELF);
    recorder.awaitEvents("connected 1", "connected 5");

    RawPeer newer = dial().join(node(5), SELF);
    older.awaitEnd();
    recorder.awaitEvents("connected 1", "connected 5", "closed 5", "connected 5");

    assertThat(link.send(node(5), announce("x", 3))).isTrue();
    assertThat(newer.frame()).isEqualTo(announce("x", 3));
    newer.frame(announce("x", 4));
    recorder.awaitReceived(1);
    newer.close();
    recorder.awaitEvents("connected 1", "connected 5", "closed 5", "connected 5", "ended 5");
  }
}
