package dev.furrow.examples.service;

import dev.furrow.ClusterView;
import dev.furrow.Furrow;
import dev.furrow.node.FurrowMetrics;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The Furrow of this service, as Spring sees it. */
@Configuration(proxyBeanMethods = false)
class FurrowBeans {

  /**
   * A node of a cluster, started before the web server takes requests. Spring closes it when the
   * web server has answered the last one: that Furrow would leave by itself as soon as the JVM is
   * told to end is switched off.
   */
  @Bean(destroyMethod = "close")
  Furrow furrow() {
    return Furrow.builder().profile("cluster").set("pekko.jvm-shutdown-hooks", false).start();
  }

  /** Spring binds it to its own registry, beside the meters of the web server. */
  @Bean
  MeterBinder furrowMetrics(Furrow furrow) {
    return FurrowMetrics.of(furrow);
  }

  /** Part of the readiness of this service: without slots no request can be answered. */
  @Bean
  HealthIndicator furrowHealthIndicator(Furrow furrow) {
    return () -> {
      ClusterView cluster = furrow.cluster();
      Health.Builder health = cluster.slots() > 0 ? Health.up() : Health.outOfService();
      return health
          .withDetail("slots", cluster.slots())
          .withDetail("nodes", cluster.nodes().stream().map(ClusterView.Node::name).toList())
          .build();
    };
  }
}
