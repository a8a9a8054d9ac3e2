package dev.furrow.actors.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.furrow.Durability;
import dev.furrow.actors.partition.ReplicaOwner.Effect;
import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.PartitionChange;
import dev.furrow.actors.wire.PartitionId;
import dev.furrow.actors.wire.ReplicaMessage;
import dev.furrow.actors.wire.ReplicaMessage.Propose;
import dev.furrow.actors.wire.ReplicaMessage.Pull;
import dev.furrow.actors.wire.WireException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What an owner does when nodes come and go between its steps. */
class ReplicaOwnerTest {

  private static final PartitionId ID = new PartitionId("state", 0, 1, Durability.REPLICATED);
  private static final NodeId A = new NodeId("a", 1);
  private static final NodeId B = new NodeId("b", 2);
  private static final NodeId C = new NodeId("c", 3);
  private static final NodeId D = new NodeId("d", 4);

  private final Map<NodeId, Replica> copies = new HashMap<>();
  private final Set<NodeId> silent = new HashSet<>();
  private Predicate<ReplicaMessage> lost = message -> false;
  private long view;

  /** An owner, and what it wanted done. */
  private final class Running {

    final NodeId at;
    final ReplicaOwner owner;
    final List<String> ended = new ArrayList<>();
    int kept;
    boolean serves;

    Running(NodeId at, NodeId... members) {
      this(at, List.of(members), List.of(members));
    }

    Running(NodeId at, List<NodeId> members, List<NodeId> workers) {
      this.at = at;
      owner = new ReplicaOwner(ID, at, Set.copyOf(members), workers, ++view * 10);
      act();
    }

    void act() {
      for (List<Effect> some = owner.drain(); !some.isEmpty(); some = owner.drain()) {
        some.forEach(this::act);
      }
    }

    private void act(Effect effect) {
      if (effect instanceof Effect.Send send) {
        send(send.to(), send.message());
      } else if (effect instanceof Effect.End end) {
        ended.add(end.why());
      } else if (effect instanceof Effect.Kept) {
        kept++;
      } else {
        serves = true;
      }
    }

    private void send(NodeId to, ReplicaMessage message) {
      if (silent.contains(to) || lost.test(message)) {
        return;
      }
      try {
        ReplicaMessage answer =
            copies.computeIfAbsent(to, node -> new Replica(ID)).hear(at, message);
        if (answer != null) {
          owner.hear(to, answer);
        }
      } catch (WireException wrong) {
        throw new IllegalStateException(wrong);
      }
    }

    void members(NodeId... now) {
      owner.members(Set.of(now), List.of(now));
      act();
    }

    void again() {
      owner.again();
      act();
    }

    void keep(String key) {
      byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
      PartitionChange change = new Changes().change(new ByteKey(bytes), bytes).build();
      owner.keep(change);
      act();
    }
  }

  private boolean has(NodeId node, String key) {
    Replica copy = copies.get(node);
    PartitionState state = copy == null ? null : copy.use(copy.promised());
    return state != null && state.get(new ByteKey(key.getBytes(StandardCharsets.UTF_8))) != null;
  }

  @Test
  void shouldServeWithThreeCopiesAndKeepWhatTwoOfThemHave() {
    Running owner = new Running(A, A, B, C, D);
    assertThat(owner.serves).isTrue();
    assertThat(owner.owner.copies()).hasSize(3).contains(A);
    List<NodeId> others = owner.owner.copies().stream().filter(node -> !node.equals(A)).toList();

    silent.add(others.get(0));
    owner.keep("one");
    assertThat(owner.kept).isEqualTo(1);

    silent.add(others.get(1));
    owner.keep("two");
    assertThat(owner.kept).isEqualTo(1);

    silent.remove(others.get(0));
    owner.again();
    owner.again();
    assertThat(owner.kept).isEqualTo(2);
    assertThat(has(others.get(0), "one")).isTrue();
    assertThat(has(others.get(0), "two")).isTrue();
  }

  @Test
  void shouldNotKeepWhatAnOwnerSendsThatWasReplaced() {
    Running first = new Running(A, A, B, C);
    Running second = new Running(B, A, B, C);
    assertThat(second.serves).isTrue();

    first.keep("late");

    assertThat(first.kept).isZero();
    assertThat(first.ended).hasSize(1);
    assertThat(has(B, "late")).isFalse();
  }

  @Test
  void shouldBeginWithWhatOneOfTwoCopiesHasButNotWithOneOfThree() {
    Running three = new Running(A, A, B, C);
    three.keep("kept");
    Running afterTwoLosses = new Running(C, C, D);
    assertThat(afterTwoLosses.serves).isFalse();
    assertThat(afterTwoLosses.ended.get(0)).contains("1 of 3 copies are left");

    copies.clear();
    Running two = new Running(A, A, B);
    two.keep("kept");
    Running afterOneLoss = new Running(B, B, D);
    assertThat(afterOneLoss.serves).isTrue();
    assertThat(has(D, "kept")).isTrue();
  }

  @Test
  void shouldEndWhenACopyIsGoneBeforeTheProposalIsAnswered() {
    lost = message -> message instanceof Propose;
    Running owner = new Running(A, A, B, C);
    assertThat(owner.ended).isEmpty();

    owner.members(A, B);

    assertThat(owner.ended).hasSize(1);
  }

  @Test
  void shouldEndWhenTheNodeIsGoneWhoseCopyIsRead() {
    new Running(A, A);
    lost = message -> message instanceof Pull;
    // A leaves: it has the only copy and gets no other.
    Running owner = new Running(B, List.of(A, B, C, D), List.of(B, C, D));
    assertThat(owner.ended).isEmpty();
    assertThat(owner.serves).isFalse();

    owner.members(B, C, D);

    assertThat(owner.ended).hasSize(1);
  }

  @Test
  void shouldHaveCopiesOnNodesThatJoinWhileItBegins() {
    silent.add(A);
    Running owner = new Running(A, A);
    silent.clear();

    owner.members(A, B, C);
    owner.again();

    assertThat(owner.serves).isTrue();
    assertThat(owner.owner.copies()).containsExactlyInAnyOrder(A, B, C);
  }

  @Test
  void shouldEndToHaveMoreCopiesWhenNodesJoin() {
    Running owner = new Running(A, A, B);
    assertThat(owner.owner.copies()).hasSize(2);

    owner.members(A, B, C);

    assertThat(owner.ended).hasSize(1);
    Running next = new Running(A, A, B, C);
    assertThat(next.owner.copies()).hasSize(3);
  }

  @Test
  void shouldSendACopyThatHasLostAChangeAllThatFollow() {
    Running owner = new Running(A, A, B, C);
    silent.add(C);
    for (int n = 0; n < 500; n++) {
      owner.keep("key-" + n);
    }
    assertThat(owner.kept).isEqualTo(500);
    silent.clear();

    owner.again();
    owner.again();

    assertThat(has(C, "key-0")).isTrue();
    assertThat(has(C, "key-499")).isTrue();
  }
}
