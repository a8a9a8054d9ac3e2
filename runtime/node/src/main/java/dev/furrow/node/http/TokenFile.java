package dev.furrow.node.http;

import dev.furrow.config.TokenFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file whose first line is a token. It is read for each question, so that who replaces it
 * replaces the token. What it holds is never logged and in no message.
 */
final class TokenFile {

  private static final Logger log = LoggerFactory.getLogger(TokenFile.class);

  private final String setting;
  private final Path file;
  private final AtomicBoolean complained = new AtomicBoolean();

  /**
   * Reads it once.
   *
   * @param setting that names it
   * @throws IllegalArgumentException it cannot be read, or its first line is no token
   */
  TokenFile(String setting, Path file) {
    this.setting = setting;
    this.file = file;
    try {
      TokenFiles.read(file);
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(text(unreadable), unreadable);
    }
  }

  /** Whether a text is its token now; compared in a time that tells nothing of it. */
  boolean holds(String given) {
    try {
      String token = TokenFiles.read(file);
      complained.set(false);
      return MessageDigest.isEqual(hash(given), hash(token));
    } catch (IOException unreadable) {
      if (complained.compareAndSet(false, true)) {
        log.error("nobody gets in: {}", text(unreadable));
      }
      return false;
    }
  }

  /** Whether another file holds the same token. */
  boolean equalsNow(TokenFile other) {
    try {
      return other.holds(TokenFiles.read(file));
    } catch (IOException unreadable) {
      return false;
    }
  }

  private String text(IOException unreadable) {
    return setting
        + " gives no token: "
        + unreadable.getMessage()
        + ". Make one: "
        + TokenFiles.MAKE;
  }

  private static byte[] hash(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JVM has SHA-256", impossible);
    }
  }
}
