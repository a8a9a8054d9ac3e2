package dev.furrow.node;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Collects what is logged while it is open. */
final class LogLines implements AutoCloseable {

  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  LogLines() {
    lines.start();
    root.addAppender(lines);
  }

  /** The lines with a text. Appending holds the same lock. */
  List<String> containing(String text) {
    synchronized (lines) {
      return lines.list.stream()
          .map(ILoggingEvent::getFormattedMessage)
          .filter(line -> line.contains(text))
          .toList();
    }
  }

  void await(String text) {
    Eventually.holds("a line with: " + text, () -> !containing(text).isEmpty());
  }

  @Override
  public void close() {
    root.detachAppender(lines);
  }
}
