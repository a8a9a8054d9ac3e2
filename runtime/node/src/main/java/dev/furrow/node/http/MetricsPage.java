package dev.furrow.node.http;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.function.Supplier;

/** What a node and its JVM measure, as Prometheus reads it. */
final class MetricsPage implements Supplier<String>, AutoCloseable {

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  /** Listens to collections of garbage until it is closed. */
  private final JvmGcMetrics collections = new JvmGcMetrics();

  MetricsPage(MeterBinder furrow) {
    List.of(
            furrow,
            collections,
            new JvmMemoryMetrics(),
            new JvmThreadMetrics(),
            new ProcessorMetrics())
        .forEach(binder -> binder.bindTo(registry));
  }

  /** The text of this moment, version 0.0.4. */
  @Override
  public String get() {
    return registry.scrape();
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }
}
