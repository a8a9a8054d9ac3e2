package dev.furrow.examples.render;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.furrow.examples.CommandLine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RenderTest {

  private static final Picture SMALL = new Picture(0, 1, 16, 16);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir Path folder;

  private int run(String... args) {
    return Render.run(
        folder, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), args);
  }

  @Test
  void shouldWriteFramesThatAPlainLoopPaintsAlike() throws IOException {
    Files.createFile(folder.resolve("frame-007.png"));
    assertThat(run("--frames", "2", "--size", "64x48", "--workers", "0")).isZero();
    assertThat(err.size()).isZero();
    assertThat(out.toString(UTF_8))
        .contains("Film: 2 frames of 64 x 48 pixels in 8 tiles")
        .contains(folder.resolve("frame-001.png").toString())
        .contains("Equal: the loop painted every pixel of every file")
        .contains("job render: succeeded");
    assertThat(folder)
        .isDirectoryNotContaining("glob:**frame-007.png")
        .isDirectoryContaining("glob:**frame-000.png");
  }

  @Test
  void shouldReadBackWhatItWrote() throws Exception {
    PngFolder files = PngFolder.empty(folder);
    byte[] painted = SMALL.paint();
    files.write(SMALL, painted);
    assertThat(files.read(0)).isEqualTo(painted);
  }

  @Test
  void shouldSayWhichPixelDiffers() throws InterruptedException {
    byte[] painted = SMALL.paint();
    byte[] other = painted.clone();
    assertThatCode(() -> Film.requireEqual(SMALL, painted, other)).doesNotThrowAnyException();
    other[(5 * 16 + 3) * Picture.BYTES + 2]++;
    assertThatThrownBy(() -> Film.requireEqual(SMALL, painted, other))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("frame 0 differs at column 3, row 5 between its file and a plain loop");
  }

  @Test
  void shouldTakeEveryArgument() {
    assertThat(
            RenderArguments.parse(
                new CommandLine("--frames", "9", "--size", "160x90", "--workers", "3")))
        .isEqualTo(new RenderArguments(9, 160, 90, 3));
  }

  @ParameterizedTest
  @CsvSource({"640", "640x", "15x360", "640x4097", "99999x10", "axb"})
  void shouldEndWithStatusTwoAndShowUsageWhenTheSizeIsWrong(String size) {
    assertThat(run("--size", size)).isEqualTo(2);
    assertThat(err.toString(UTF_8))
        .startsWith(
            "render: --size must be two numbers from 16 to 4096, as 640x360 (was '" + size + "')")
        .contains("--frames n");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void shouldEndWithStatusOneWhenTheFolderCannotBeMade() throws IOException {
    Path file = Files.createFile(folder.resolve("taken"));
    assertThat(
            Render.run(
                file,
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                "--workers",
                "0"))
        .isEqualTo(1);
    assertThat(err.toString(UTF_8)).startsWith("render: ").contains("taken");
  }
}
