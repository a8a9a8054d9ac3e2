package dev.furrow.node;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.LayoutBase;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * A line for each event, as {@code 05:21:22.518 WARN ForkedWorkers: text}, and two for each
 * exception in its chain: what it is, and where it was thrown. Written in Java, because Logback's
 * patterns load and spin some hundred classes in every JVM that starts.
 */
final class QuietLayout extends LayoutBase<ILoggingEvent> {

  @Override
  public String doLayout(ILoggingEvent event) {
    String end = System.lineSeparator();
    String level = event.getLevel().toString();
    String logger = event.getLoggerName();
    StringBuilder text = new StringBuilder(128);
    text.append(Time.of(event.getTimeStamp())).append(' ');
    text.append(level).append(" ".repeat(Math.max(0, 5 - level.length()))).append(' ');
    text.append(logger, logger.lastIndexOf('.') + 1, logger.length()).append(": ");
    text.append(event.getFormattedMessage()).append(end);
    IThrowableProxy thrown = event.getThrowableProxy();
    for (String before = ""; thrown != null; before = "Caused by: ") {
      append(text.append(before), thrown, end);
      thrown = cause(thrown);
    }
    return text.toString();
  }

  private static void append(StringBuilder text, IThrowableProxy thrown, String end) {
    text.append(thrown.getClassName());
    if (thrown.getMessage() != null) {
      text.append(": ").append(thrown.getMessage());
    }
    text.append(end);
    if (thrown.getStackTraceElementProxyArray().length > 0) {
      text.append("\tat ")
          .append(thrown.getStackTraceElementProxyArray()[0].getStackTraceElement())
          .append(end);
    }
  }

  /** None for an exception that is its own cause, directly or not. */
  private static @Nullable IThrowableProxy cause(IThrowableProxy thrown) {
    IThrowableProxy cause = thrown.getCause();
    return cause == null || cause.isCyclic() ? null : cause;
  }

  /** Apart, so that a JVM that logs nothing does not load calendars. */
  private static final class Time {

    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");
    private static final ZoneId ZONE = ZoneId.systemDefault();

    static String of(long millis) {
      return FORMAT.format(LocalTime.ofInstant(Instant.ofEpochMilli(millis), ZONE));
    }
  }
}
