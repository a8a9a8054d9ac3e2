package dev.furrow.actors.link;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Looks host names up on a thread of their own: the JVM's lookup blocks, an event loop must not.
 */
final class HostLookup extends AddressResolverGroup<InetSocketAddress> {

  private final Executor lookups;

  HostLookup(Executor lookups) {
    this.lookups = lookups;
  }

  @Override
  protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
    return new Resolver(executor, lookups).asAddressResolver();
  }

  private static final class Resolver extends InetNameResolver {

    private final Executor lookups;

    Resolver(EventExecutor executor, Executor lookups) {
      super(executor);
      this.lookups = lookups;
    }

    @Override
    protected void doResolve(String host, Promise<InetAddress> promise) {
      if (NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host)) {
        lookUp(host, promise);
        return;
      }
      try {
        lookups.execute(() -> lookUp(host, promise));
      } catch (RejectedExecutionException busy) {
        promise.tryFailure(new UnknownHostException(host + " (too many lookups)"));
      }
    }

    private static void lookUp(String host, Promise<InetAddress> promise) {
      try {
        promise.trySuccess(InetAddress.getByName(host));
      } catch (UnknownHostException unknown) {
        promise.tryFailure(unknown);
      }
    }

    @Override
    protected void doResolveAll(String host, Promise<List<InetAddress>> promise) {
      promise.setFailure(new UnsupportedOperationException("one address of " + host + " will do"));
    }
  }
}
