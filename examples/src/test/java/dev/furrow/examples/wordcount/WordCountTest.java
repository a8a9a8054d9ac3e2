package dev.furrow.examples.wordcount;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.furrow.examples.wordcount.WordCount.Counted;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WordCountTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... args) {
    return WordCount.run(
        new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), args);
  }

  private static Counted counted(Map<String, Long> counts) {
    return new Counted(counts, Summary.of(counts), Duration.ZERO);
  }

  @Test
  void shouldCountTheWordsThatAPlainLoopCounts() {
    assertThat(run("--workers", "0", "--no-kill", "--verses", "1001", "--part", "50")).isZero();
    assertThat(err.size()).isZero();
    assertThat(out.toString(UTF_8))
        .contains("Text: the King James Bible, 1,001 verses")
        .contains("Counting in 21 tasks, on this JVM")
        .containsPattern("   1  and +[0-9],[0-9]{3}  +[0-9.]+%")
        .contains("job wordcount: succeeded")
        .containsPattern("Equal: the counts of all [0-9],[0-9]{3} words");
  }

  @Test
  void shouldSayWhichCountDiffers() {
    Counted serial = counted(Map.of("earth", 2L, "heaven", 1L));

    assertThatCode(() -> WordCount.requireEqual(serial, serial)).doesNotThrowAnyException();
    assertThatThrownBy(
            () -> WordCount.requireEqual(serial, counted(Map.of("earth", 2L, "heaven", 2L))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("1 of 2 words")
        .hasMessageContaining("'heaven', was counted 2 times instead of 1");
    assertThatThrownBy(() -> WordCount.requireEqual(serial, counted(Map.of("heaven", 1L))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'earth', was counted 0 times instead of 2");
    assertThatThrownBy(
            () ->
                WordCount.requireEqual(
                    serial,
                    new Counted(serial.counts(), Summary.of(Map.of("a", 1L)), Duration.ZERO)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("not equal");
  }

  @Test
  void shouldFindWordsAmongOtherCharacters() {
    assertThat(Words.count("The LORD's day, 7 days: the sons' day"))
        .isEqualTo(Map.of("the", 2L, "lord's", 1L, "day", 2L, "days", 1L, "sons", 1L));
  }

  @Test
  void shouldReadTheWholeBookWithoutThePlacesOfVerses() throws IOException {
    List<String> verses = Book.verses();

    assertThat(verses).hasSize(Book.VERSES);
    assertThat(verses.get(0)).isEqualTo("In the beginning God created the heaven and the earth.");
    assertThat(String.join("\n", verses).length()).isGreaterThan(4_000_000);
  }

  @Test
  void shouldLoseNoVerseWhenCutIntoParts() {
    assertThat(CountPart.each(List.of("a", "b", "c"), 2))
        .containsExactly(new CountPart("a\nb"), new CountPart("c"));
  }

  @Test
  void shouldKeepTheMostFrequentWords() {
    Top top = new Top(2);
    List<Frequency> left = top.zero();
    List<Frequency> right = top.zero();
    left = top.add(left, "less", 1L);
    left = top.add(left, "most", 9L);
    left = top.add(left, "equal", 5L);
    right = top.add(right, "also", 5L);

    assertThat(top.merge(left, right))
        .containsExactly(new Frequency("most", 9), new Frequency("also", 5));
  }

  @Test
  void shouldEndWithStatusTwoWhenAnArgumentIsWrong() {
    assertThat(run("--verses", "0")).isEqualTo(2);
    assertThat(run("--workers", "2")).isEqualTo(2);
    assertThat(err.toString(UTF_8)).contains("--verses").contains("--no-kill");
  }
}
