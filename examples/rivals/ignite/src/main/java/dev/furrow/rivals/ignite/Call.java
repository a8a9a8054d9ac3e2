package dev.furrow.rivals.ignite;

import dev.furrow.examples.bench.kit.Work;
import org.apache.ignite.lang.IgniteCallable;

/** Work in the form that Ignite's marshaller can write: it reads no fields of records. */
final class Call implements IgniteCallable<Long> {

  private static final long serialVersionUID = 1L;

  private final char kind;
  private final long number;
  private final int size;

  Call(Work work) {
    if (work instanceof Work.NoOp noOp) {
      kind = 'n';
      number = noOp.number();
      size = 0;
    } else if (work instanceof Work.Sleep sleep) {
      kind = 's';
      number = 0;
      size = sleep.millis();
    } else if (work instanceof Work.MonteCarlo monteCarlo) {
      kind = 'm';
      number = monteCarlo.seed();
      size = monteCarlo.points();
    } else {
      kind = 'p';
      number = 0;
      size = 0;
    }
  }

  @Override
  public Long call() throws Exception {
    return switch (kind) {
      case 'n' -> new Work.NoOp(number).call();
      case 's' -> new Work.Sleep(size).call();
      case 'm' -> new Work.MonteCarlo(number, size).call();
      default -> new Work.ProcessId().call();
    };
  }
}
