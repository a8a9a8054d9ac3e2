package dev.furrow.node;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a line of the log looks like in a program without a logback.xml. */
final class QuietLayoutTest {

  private final Logger logger = new LoggerContext().getLogger("com.acme.Engine");

  @Test
  void shouldWriteTimeLevelShortNameAndText() {
    assertThat(line(Level.WARN, null))
        .matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} WARN  Engine: 3 left" + System.lineSeparator());
    assertThat(line(Level.ERROR, null)).contains(" ERROR Engine: ");
  }

  @Test
  void shouldWriteWhatWasThrownWithItsCausesAndWhere() {
    IllegalStateException thrown =
        new IllegalStateException("outer", new IllegalArgumentException("inner"));

    assertThat(line(Level.ERROR, thrown).lines().skip(1).toList())
        .satisfiesExactly(
            first -> assertThat(first).isEqualTo("java.lang.IllegalStateException: outer"),
            where -> assertThat(where).startsWith("\tat dev.furrow.node.QuietLayoutTest."),
            cause ->
                assertThat(cause).isEqualTo("Caused by: java.lang.IllegalArgumentException: inner"),
            where -> assertThat(where).startsWith("\tat dev.furrow.node.QuietLayoutTest."));
  }

  @Test
  void shouldEndWhenAnExceptionIsItsOwnCause() {
    IllegalStateException thrown = new IllegalStateException("outer");
    thrown.initCause(new IllegalArgumentException("inner", thrown));

    assertThat(line(Level.ERROR, thrown).lines()).hasSize(5);
  }

  private String line(Level level, @Nullable Throwable thrown) {
    Object[] arguments = {3};
    LoggingEvent event = new LoggingEvent("here", logger, level, "{} left", thrown, arguments);
    return new QuietLayout().doLayout(event);
  }
}
