package dev.furrow.examples.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PictureTest {

  private static final Picture PICTURE = new Picture(1, 3, 90, 50);

  @Test
  void shouldPaintATileAsTheSamePartOfTheWhole() throws InterruptedException {
    byte[] whole = PICTURE.paint();
    byte[] tile = PICTURE.paint(40, 20, 30, 10);
    for (int row = 0; row < 10; row++) {
      int from = ((20 + row) * 90 + 40) * Picture.BYTES;
      assertThat(Arrays.copyOfRange(tile, row * 90, (row + 1) * 90))
          .isEqualTo(Arrays.copyOfRange(whole, from, from + 90));
    }
  }

  @Test
  void shouldPaintOtherFramesFromOtherSides() throws InterruptedException {
    assertThat(new Picture(2, 3, 90, 50).paint()).isNotEqualTo(PICTURE.paint());
  }

  @Test
  void shouldPaintManyColours() throws InterruptedException {
    byte[] rgb = PICTURE.paint();
    Set<Integer> greens = new HashSet<>();
    for (int at = 1; at < rgb.length; at += Picture.BYTES) {
      greens.add(rgb[at] & 0xff);
    }
    assertThat(greens).hasSizeGreaterThan(100);
  }

  @Test
  void shouldCoverThePictureWithTilesOnce() {
    List<RenderTile> tiles = RenderTile.of(PICTURE);
    assertThat(tiles).hasSize(6);
    assertThat(tiles.stream().mapToInt(tile -> tile.width() * tile.height()).sum())
        .isEqualTo(90 * 50);
    assertThat(tiles.get(5)).isEqualTo(new RenderTile(PICTURE, 80, 40, 10, 10));
  }

  @Test
  void shouldPutTilesTogetherInAnyOrder() throws InterruptedException {
    List<RenderTile> tiles = new ArrayList<>(RenderTile.of(PICTURE));
    Collections.reverse(tiles);
    Frames frames = new Frames();
    Optional<byte[]> whole = Optional.empty();
    for (RenderTile tile : tiles) {
      assertThat(whole).isEmpty();
      whole = frames.add(tile, PICTURE.paint(tile.left(), tile.top(), tile.width(), tile.height()));
    }
    assertThat(whole.orElseThrow()).isEqualTo(PICTURE.paint());
  }

  @Test
  void shouldStopWhenItsThreadIsInterrupted() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(PICTURE::paint).isInstanceOf(InterruptedException.class);
  }
}
