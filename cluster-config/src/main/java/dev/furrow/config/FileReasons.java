package dev.furrow.config;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Why a file cannot be used, in words: the JDK's messages often are the file's name alone. */
public final class FileReasons {

  private FileReasons() {}

  /** Says why. */
  public static String of(IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return "it does not exist";
    }
    return failure instanceof AccessDeniedException
        ? "this user may not"
        : String.valueOf(failure.getMessage());
  }
}
