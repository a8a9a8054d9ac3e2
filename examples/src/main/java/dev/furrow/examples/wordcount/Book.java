package dev.furrow.examples.wordcount;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** The text that comes with this example. Its origin and form are in NOTICE beside it. */
final class Book {

  static final String TITLE = "the King James Bible";
  static final int VERSES = 31_102;

  private static final String FILE = "verses.txt.gz";

  private Book() {}

  /**
   * Reads the verses, in order, each without its place in the book.
   *
   * @throws IOException the file is missing or damaged; the message names it
   */
  static List<String> verses() throws IOException {
    try (InputStream in = Book.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw damaged("is not on the class path beside " + Book.class.getName());
      }
      String text = new String(new GZIPInputStream(in).readAllBytes(), US_ASCII);
      List<String> verses =
          text.lines().map(line -> line.substring(line.indexOf(' ') + 1)).toList();
      if (verses.size() != VERSES) {
        throw damaged("must have " + VERSES + " lines (were " + verses.size() + ")");
      }
      return verses;
    }
  }

  private static IOException damaged(String how) {
    return new IOException(FILE + " " + how + "; build the examples again");
  }
}
