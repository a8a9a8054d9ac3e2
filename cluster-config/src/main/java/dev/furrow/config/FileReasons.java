package dev.furrow.config;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Why a file cannot be used, in words: the JDK's messages often are the file's name alone. */
public final class FileReasons {

  private FileReasons() {}

  /** Says why, and which file it is. */
  public static String of(IOException failure) {
    if (failure instanceof NoSuchFileException missing) {
      return missing.getFile() + " does not exist";
    }
    return failure instanceof AccessDeniedException denied
        ? "this user may not use " + denied.getFile()
        : String.valueOf(failure.getMessage());
  }
}
