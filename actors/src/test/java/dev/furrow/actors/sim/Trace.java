package dev.furrow.actors.sim;

import dev.furrow.actors.wire.JobMessage;
import dev.furrow.actors.wire.PoolMessage;
import dev.furrow.actors.wire.WireMessage;
import java.util.Arrays;

/** Messages as a person reads them. */
final class Trace {

  private Trace() {}

  private static String about(WireMessage message) {
    return message instanceof PoolMessage m ? m.job().id() : ((JobMessage) message).job().id();
  }

  static String brief(WireMessage message) {
    String name = message.getClass().getSimpleName() + " of " + about(message);
    if (message instanceof PoolMessage.Leases m) {
      return name
          + " inc "
          + m.pool().incarnation()
          + " leases "
          + Arrays.toString(m.lease())
          + " tasks "
          + Arrays.toString(m.task())
          + " caution "
          + Arrays.toString(m.caution());
    }
    if (message instanceof PoolMessage.Cancel m) {
      return name + " " + Arrays.toString(m.leases());
    }
    if (message instanceof PoolMessage.Go m) {
      return name + " " + Arrays.toString(m.leases());
    }
    if (message instanceof JobMessage.Demand m) {
      return name
          + " inc "
          + m.pool().incarnation()
          + " #"
          + m.sequence()
          + " most "
          + m.most()
          + (m.leaving() ? " leaving" : "");
    }
    if (message instanceof JobMessage.Reports m) {
      return name
          + " inc "
          + m.pool().incarnation()
          + " #"
          + m.sequence()
          + " leases "
          + Arrays.toString(m.lease())
          + " kinds "
          + Arrays.toString(m.kind());
    }
    if (message instanceof JobMessage.Started m) {
      return name + " " + Arrays.toString(m.leases());
    }
    if (message instanceof JobMessage.Returned m) {
      return name + " " + Arrays.toString(m.leases());
    }
    if (message instanceof JobMessage.Holding m) {
      return name
          + " inc "
          + m.pool().incarnation()
          + " #"
          + m.sequence()
          + " held "
          + Arrays.toString(m.held())
          + " started "
          + Arrays.toString(m.started())
          + " waiting "
          + Arrays.toString(m.waiting());
    }
    return name;
  }
}
