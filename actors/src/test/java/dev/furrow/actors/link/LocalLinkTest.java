package dev.furrow.actors.link;

import static org.assertj.core.api.Assertions.assertThat;

import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.WireMessage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalLinkTest {

  private final NodeId self = Links.node(1);
  private final Recorder recorder = new Recorder();
  private final LocalLink link = new LocalLink(self, recorder);

  @Test
  void shouldDeliverOnTheSendersThreadWhenSentToItself() {
    List<WireMessage> seen = new ArrayList<>();
    Thread sender = Thread.currentThread();
    LocalLink local =
        new LocalLink(
            self,
            new LinkListenerOnReceived(
                (from, message) -> {
                  assertThat(Thread.currentThread()).isSameAs(sender);
                  assertThat(from).isEqualTo(self);
                  seen.add(message);
                }));
    WireMessage message = AnnounceCodec.announce("job", 1);

    assertThat(local.send(self, message)).isTrue();

    assertThat(seen).singleElement().isSameAs(message);
    assertThat(local.self()).isEqualTo(self);
  }

  @Test
  void shouldDropWhenSentToAnotherNodeOrAnotherLifeOfItself() {
    assertThat(link.send(Links.node(2), AnnounceCodec.announce("job", 1))).isFalse();
    assertThat(link.send(new NodeId(self.name(), 9), AnnounceCodec.announce("job", 1))).isFalse();
    assertThat(recorder.received()).isZero();
  }

  @Test
  void shouldKeepTheListenersExceptionFromTheSender() {
    LocalLink broken =
        new LocalLink(
            self,
            new LinkListenerOnReceived(
                (from, message) -> {
                  throw new IllegalStateException("thrown by a test");
                }));

    assertThat(broken.send(self, AnnounceCodec.announce("job", 1))).isTrue();
  }
}
