package dev.furrow.node;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.ClassicConstants;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.ContextInitializer;
import ch.qos.logback.core.joran.spi.JoranException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

/** How Logback is set up where furrow-node is on the class path, by Logback's own search. */
final class QuietLoggingTest {

  @TempDir private Path folder;

  private static LoggerContext configured() throws JoranException {
    LoggerContext context = new LoggerContext();
    new ContextInitializer(context).autoConfig();
    return context;
  }

  @AfterEach
  void forget() {
    System.clearProperty(ClassicConstants.CONFIG_FILE_PROPERTY);
  }

  @Test
  void shouldBeQuietWhereTheProgramSaysNothing() throws JoranException {
    LoggerContext context = configured();
    assertThat(context.getLogger(Logger.ROOT_LOGGER_NAME).getLevel()).isEqualTo(Level.WARN);
    assertThat(context.getLogger("org.apache.pekko").getLevel()).isEqualTo(Level.ERROR);
  }

  @Test
  void shouldLeaveLoggingToTheProgramsOwnFile() throws IOException, JoranException {
    Path file =
        Files.writeString(
            folder.resolve("logback.xml"),
            "<configuration><root level=\"TRACE\"/></configuration>");
    System.setProperty(ClassicConstants.CONFIG_FILE_PROPERTY, file.toString());
    LoggerContext context = configured();
    assertThat(context.getLogger(Logger.ROOT_LOGGER_NAME).getLevel()).isEqualTo(Level.TRACE);
    assertThat(context.getLogger(Logger.ROOT_LOGGER_NAME).iteratorForAppenders()).isExhausted();
    assertThat(context.getLogger("org.apache.pekko").getLevel()).isNull();
  }
}
