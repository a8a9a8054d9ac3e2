package dev.furrow.config;

import java.util.function.Consumer;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs why connections are given up: once a minute at most, since whoever can connect can bring it
 * about, and with how many there were in between.
 */
final class TlsComplaints implements Consumer<SSLException> {

  private static final Logger log = LoggerFactory.getLogger(NodeTls.class);
  private static final long PAUSE_NANOS = 60_000_000_000L;

  private final String with;
  private final LongSupplier nanoClock;
  private boolean any;
  private long at;
  private long silent;

  /**
   * None yet.
   *
   * @param with with whom connections are, and what to see to
   */
  TlsComplaints(String with, LongSupplier nanoClock) {
    this.with = with;
    this.nanoClock = nanoClock;
  }

  @Override
  public synchronized void accept(SSLException why) {
    long now = nanoClock.getAsLong();
    if (any && now - at < PAUSE_NANOS) {
      silent++;
      return;
    }
    log.warn("a connection was given up: {} ({}; {} more before)", why.getMessage(), with, silent);
    any = true;
    at = now;
    silent = 0;
  }
}
