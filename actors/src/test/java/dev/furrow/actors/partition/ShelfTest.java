package dev.furrow.actors.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.furrow.Durability;
import dev.furrow.actors.wire.PartitionId;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a node that leaves has others take over. */
final class ShelfTest {

  private final Shelf shelf = new Shelf();

  private static PartitionId id(int index) {
    return new PartitionId("sums", index, 1_000, Durability.MEMORY);
  }

  @Test
  void shouldNameWhatWouldBeLostHoweverMuchIsEmpty() {
    List<PartitionId> empty = IntStream.range(0, 500).mapToObj(ShelfTest::id).toList();
    empty.forEach(shelf::expect);
    shelf.put(id(700), 1, new PartitionState());
    shelf.put(id(800), 1, new PartitionState());

    assertThat(shelf.content()).isEqualTo(2);
    assertThat(shelf.left(10)).hasSize(12).contains(id(700), id(800));
    assertThat(shelf.left(1_000)).hasSize(502).containsAll(empty);
  }

  @Test
  void shouldKeepContentUntilItIsTaken() {
    shelf.expect(id(1));
    shelf.put(id(1), 3, new PartitionState());
    shelf.expect(id(1));
    shelf.given(id(1));
    assertThat(shelf.piece(id(1), 0).epoch()).isEqualTo(3);
    shelf.drop(id(1));
    assertThat(shelf.left(1)).isEmpty();
  }

  @Test
  void shouldWaitForNobodyWhoHasBeenGivenWhatIsEmpty() {
    shelf.expect(id(1));
    assertThat(shelf.piece(id(1), 0).pieces()).isZero();
    assertThat(shelf.left(1)).containsExactly(id(1));
    shelf.given(id(1));
    assertThat(shelf.left(1)).isEmpty();
  }
}
