package dev.furrow.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Files whose first line is a token of {@code furrow.http}. */
public final class TokenFiles {

  /** What makes such a file, in a shell. */
  public static final String MAKE = "(umask 077; head -c 32 /dev/urandom | base64 > FILE)";

  private static final int SHORTEST = 16;
  private static final int MOST_BYTES = 4096;
  private static final Pattern SIGNS = Pattern.compile("[!-~]*");

  private TokenFiles() {}

  /**
   * Reads a token: 16 or more letters, digits and signs of ASCII.
   *
   * @throws IOException the file cannot be read, or its first line is no token; says why, and
   *     nothing of what the file holds
   */
  public static String read(Path file) throws IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MOST_BYTES);
    } catch (IOException unreadable) {
      throw new IOException("a token cannot be read: " + FileReasons.of(unreadable), unreadable);
    }
    String token =
        new String(bytes, StandardCharsets.ISO_8859_1).lines().findFirst().orElse("").strip();
    if (token.length() < SHORTEST) {
      throw new IOException(
          "the first line of "
              + file
              + " has "
              + token.length()
              + " characters of at least "
              + SHORTEST);
    }
    if (!SIGNS.matcher(token).matches()) {
      throw new IOException(
          "the first line of "
              + file
              + " has other characters than letters, digits and signs of ASCII");
    }
    return token;
  }
}
