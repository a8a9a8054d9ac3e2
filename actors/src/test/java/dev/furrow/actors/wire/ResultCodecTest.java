package dev.furrow.actors.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.furrow.Task;
import dev.furrow.TaskContext;
import dev.furrow.TaskFailure;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ResultCodecTest {

  private record Numbers() implements Task<Iterable<Long>> {
    @Override
    public Iterable<Long> run(TaskContext context) {
      return List.of();
    }
  }

  private record Node(String name, List<Node> next) {}

  private record Graph() implements Task<Node> {
    @Override
    public Node run(TaskContext context) {
      return new Node("", List.of());
    }
  }

  private static ResultException refusal(Class<? extends Task<?>> type, Object result) {
    TaskCodec codec = new TaskCodec(List.of(), 1, 100_000, ResultCodecTest.class.getClassLoader());
    try {
      byte[] bytes = codec.encodeResult(type, result);
      throw new AssertionError("was written: " + bytes.length + " bytes");
    } catch (ResultException refused) {
      return refused;
    }
  }

  @Test
  void shouldStopWritingAResultThatNeverEnds() {
    AtomicLong asked = new AtomicLong();
    Iterable<Long> endless =
        () ->
            new Iterator<>() {
              @Override
              public boolean hasNext() {
                return true;
              }

              @Override
              public Long next() {
                return asked.incrementAndGet();
              }
            };
    ResultException refused = refusal(Numbers.class, endless);
    assertThat(refused.kind()).isEqualTo(TaskFailure.Kind.TOO_LARGE);
    assertThat(refused)
        .hasMessageContaining("more than 100000 bytes")
        .hasMessageContaining("furrow.tasks.max-result is 100000");
    assertThat(asked.get()).isLessThan(200_000);
  }

  @Test
  void shouldRefuseResultsThatContainThemselves() {
    List<Node> next = new ArrayList<>();
    Node node = new Node("n", next);
    next.add(node);
    ResultException refused = refusal(Graph.class, node);
    assertThat(refused.kind()).isEqualTo(TaskFailure.Kind.UNREADABLE);
    assertThat(refused).hasMessageContaining("result.next[0]");
  }

  @Test
  void shouldRefuseResultsOfAnotherTypeThanDeclared() {
    ResultException refused = refusal(Graph.class, "not a node");
    assertThat(refused.kind()).isEqualTo(TaskFailure.Kind.UNREADABLE);
    assertThat(refused).hasMessageContaining("String");
  }

  private record Lazy() implements Task<List<Long>> {
    @Override
    public List<Long> run(TaskContext context) {
      return List.of();
    }
  }

  @Test
  void shouldSayWhatAResultThrewWhileItWasWritten() {
    List<Long> broken =
        new ArrayList<>(List.of(1L)) {
          private static final long serialVersionUID = 1L;

          @Override
          public Long get(int index) {
            throw new UnsupportedOperationException("lazily broken");
          }

          @Override
          public Iterator<Long> iterator() {
            throw new UnsupportedOperationException("lazily broken");
          }
        };
    assertThat(refusal(Lazy.class, broken))
        .hasMessageContaining("lazily broken")
        .hasCauseInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void shouldKeepLongsAndNulls() throws Exception {
    assertThat(Codecs.copyResult(Lazy.class, List.of(1L, 2L)))
        .asInstanceOf(type(List.class))
        .isEqualTo(List.of(1L, 2L));
    assertThat(Codecs.copyResult(Lazy.class, null)).isNull();
  }

  @Test
  void shouldRefuseResultsWithBytesLeftOver() {
    assertThatExceptionOfType(UnreadableException.class)
        .isThrownBy(() -> Codecs.open().decodeResult(Lazy.class, new byte[] {(byte) 0x80, 0}))
        .withMessageContaining("the result of " + Lazy.class.getName() + " cannot be read");
  }
}
