package dev.furrow.actors.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.WireMessage;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class HandshakeTest {

  private final NodeId self = Links.node(2);
  private final NodeId peer = Links.node(1);
  private final Admission admission = new Admission(self, Links.CLUSTER);

  @Test
  void shouldKeepTheLayoutOfHello() {
    ByteBuf out = Unpooled.buffer();
    Hello hello = new Hello(WireMessage.VERSION, "ab", new NodeId("h:1", 258), 3);
    hello.write(out);

    assertThat(ByteBufUtil.hexDump(out))
        .isEqualTo(
            "00000001" + "00026162" + "0003683a31" + "0000000000000102" + "0000000000000003");
    assertThat(Hello.read(out)).isEqualTo(hello);
  }

  @Test
  void shouldKeepTheLayoutOfTheAnswer() {
    ByteBuf out = Unpooled.buffer();
    Answer.refused("no").write(out);
    Answer.ACCEPTED.write(out);

    assertThat(ByteBufUtil.hexDump(out)).isEqualTo("00" + "00026e6f" + "01" + "0000");
    assertThat(Answer.read(out)).isEqualTo(Answer.refused("no"));
    assertThat(Answer.read(out)).isEqualTo(Answer.ACCEPTED);
  }

  @Test
  void shouldNotReadPastTheEndWhenALengthLies() {
    ByteBuf in = Unpooled.wrappedBuffer(new byte[] {0, 0, 0, 1, (byte) 0xff, (byte) 0xff, 'a'});

    assertThatThrownBy(() -> Hello.read(in)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void shouldReplaceControlCharactersOfStrangers() {
    ByteBuf out = Unpooled.buffer();
    Answer.refused("a\r\nWARN b").write(out);

    assertThat(Answer.read(out).reason()).isEqualTo("a??WARN b");
  }

  @Test
  void shouldCutReasonsThatAreTooLong() {
    ByteBuf out = Unpooled.buffer();
    Answer.refused("é".repeat(10_000)).write(out);

    assertThat(out.readableBytes()).isLessThan(HandshakeHandler.MAX_FRAME);
  }

  @Test
  void shouldNameBothVersionsWhenTheyDiffer() {
    Answer answer = admission.answer(new Hello(99, "", peer, 0));

    assertThat(answer.accepted()).isFalse();
    assertThat(answer.reason())
        .contains("version " + WireMessage.VERSION, "99", "run the same Furrow version");
  }

  @Test
  void shouldRefuseAnotherClusterAnotherLifeAndItself() {
    assertThat(answer("shed", peer, 2).reason()).contains("'barn'", "'shed'");
    assertThat(answer(Links.CLUSTER, peer, 3).reason()).contains("n2#2", "uid 3", "has ended");
    assertThat(answer(Links.CLUSTER, self, 2).reason()).contains("itself");
    assertThat(answer(Links.CLUSTER, peer, 2)).isEqualTo(Answer.ACCEPTED);
  }

  @Test
  void shouldRefuseAForgottenPeerUntilItIsAnnouncedAgain() {
    admission.forget(peer);
    assertThat(answer(Links.CLUSTER, peer, 2).accepted()).isFalse();

    admission.announce(peer);
    assertThat(answer(Links.CLUSTER, peer, 2).accepted()).isTrue();
  }

  @Test
  void shouldRememberOnlySoManyForgottenPeers() {
    LongStream.range(10, 3000).forEach(uid -> admission.forget(Links.node(uid)));

    assertThat(answer(Links.CLUSTER, Links.node(10), 2).accepted()).isTrue();
    assertThat(answer(Links.CLUSTER, Links.node(2999), 2).accepted()).isFalse();
  }

  private Answer answer(String cluster, NodeId from, long to) {
    return admission.answer(new Hello(WireMessage.VERSION, cluster, from, to));
  }

  @Test
  void shouldComplainOnceAndRememberOnlySoMuch() {
    Complaints complaints = new Complaints(2);

    assertThat(complaints.first("a")).isTrue();
    assertThat(complaints.first("a")).isFalse();
    assertThat(complaints.first("b")).isTrue();
    assertThat(complaints.first("c")).isTrue();
    assertThat(complaints.first("a")).isTrue();
  }
}
