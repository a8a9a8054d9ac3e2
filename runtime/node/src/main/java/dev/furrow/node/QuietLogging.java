package dev.furrow.node;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.DefaultJoranConfigurator;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.spi.FilterReply;
import org.slf4j.Logger;

/**
 * How Furrow logs in a program that has no {@code logback.xml}: warnings and errors, a line each,
 * to standard error. Logback's own fallback would print everything there is. Logback asks those
 * that it finds as services before it looks for a file, so that is done here.
 */
@ConfiguratorRank(-5) // after a configurator of the program's own
public final class QuietLogging extends ContextAwareBase implements Configurator {

  /** Where Logback looks for a file of the program's: a system property, and the class path. */
  private static final class FileSearch extends DefaultJoranConfigurator {

    FileSearch(LoggerContext context) {
      setContext(context);
    }

    boolean finds() {
      return performMultiStepConfigurationFileSearch(false) != null;
    }
  }

  /**
   * Pekko says that it could not join, with advice that does not hold here; so does Furrow, of
   * whoever starts the node.
   */
  private static final class NotJoined extends Filter<ILoggingEvent> {

    @Override
    public FilterReply decide(ILoggingEvent event) {
      return event.getMessage().contains("Couldn't join seed nodes")
          ? FilterReply.DENY
          : FilterReply.NEUTRAL;
    }
  }

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    if (new FileSearch(context).finds()) {
      return ExecutionStatus.INVOKE_NEXT_IF_ANY;
    }
    LayoutWrappingEncoder<ILoggingEvent> lines = new LayoutWrappingEncoder<>();
    lines.setContext(context);
    lines.setLayout(new QuietLayout());
    lines.start();
    ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
    console.setContext(context);
    console.setTarget("System.err");
    console.setEncoder(lines);
    console.addFilter(new NotJoined());
    console.start();
    ch.qos.logback.classic.Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(console);
    // Artery warns of every connection that ends, as each does when a node leaves.
    context.getLogger("org.apache.pekko").setLevel(Level.ERROR);
    context.getLogger("org.apache.pekko.cluster").setLevel(Level.WARN);
    // It warns five times a second, as often as it asks again; those who call hear why they wait.
    context.getLogger("org.apache.pekko.cluster.sharding").setLevel(Level.ERROR);
    // Furrow looks at the versions of Pekko's modules itself, and knows which may differ.
    context.getLogger("org.apache.pekko.util.ManifestInfo").setLevel(Level.OFF);
    // Where there is no connection is said to those who call.
    context.getLogger("com.zaxxer.hikari.pool.HikariPool").setLevel(Level.OFF);
    // A port that is taken is reported to whoever starts the node.
    context.getLogger("org.apache.pekko.io.TcpListener").setLevel(Level.OFF);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }
}
