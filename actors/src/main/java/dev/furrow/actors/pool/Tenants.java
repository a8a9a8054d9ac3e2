package dev.furrow.actors.pool;

import dev.furrow.actors.wire.JobKey;
import dev.furrow.actors.wire.NodeId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The jobs that offer work: each is known from its first word until it ends or falls silent. */
final class Tenants {

  private final PoolLimits limits;
  private final Stops stops;
  private final Map<JobKey, Tenant> tenants = new LinkedHashMap<>();

  Tenants(PoolLimits limits, Stops stops) {
    this.limits = limits;
    this.stops = stops;
  }

  @Nullable Tenant get(JobKey job) {
    return tenants.get(job);
  }

  /** A job speaks that may be new. */
  Tenant admit(JobKey job, long now) {
    Tenant tenant = tenants.get(job);
    if (tenant == null) {
      tenant = new Tenant(job, limits, now);
      tenants.put(job, tenant);
    }
    tenant.heardAt = now;
    tenant.busyAt = now;
    return tenant;
  }

  /** All of them; not to be changed meanwhile. */
  Collection<Tenant> all() {
    return tenants.values();
  }

  int size() {
    return tenants.size();
  }

  /** Drops a job and whatever is held of it. */
  void evict(Tenant tenant) {
    tenants.remove(tenant.job);
    stops.cancelAll(tenant);
  }

  void evictNode(NodeId node) {
    for (Tenant tenant : List.copyOf(tenants.values())) {
      if (tenant.job.node().equals(node)) {
        evict(tenant);
      }
    }
  }

  /** Drops jobs whose supervisor is silent, and forgets those that offer nothing. */
  List<Tenant> expire(long now) {
    List<Tenant> idle = new ArrayList<>();
    for (Tenant tenant : List.copyOf(tenants.values())) {
      if (now - tenant.heardAt > limits.silence()) {
        evict(tenant);
      } else if (tenant.held.isEmpty() && now - tenant.busyAt > limits.idle()) {
        tenants.remove(tenant.job);
        idle.add(tenant);
      }
    }
    return idle;
  }
}
