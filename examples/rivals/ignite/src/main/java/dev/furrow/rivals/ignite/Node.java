package dev.furrow.rivals.ignite;

import dev.furrow.examples.bench.kit.WorkerJvms;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import org.apache.ignite.Ignite;
import org.apache.ignite.Ignition;
import org.apache.ignite.configuration.DataRegionConfiguration;
import org.apache.ignite.configuration.DataStorageConfiguration;
import org.apache.ignite.configuration.IgniteConfiguration;
import org.apache.ignite.logger.NullLogger;
import org.apache.ignite.spi.discovery.tcp.TcpDiscoverySpi;
import org.apache.ignite.spi.discovery.tcp.ipfinder.vm.TcpDiscoveryVmIpFinder;

/**
 * A node of the cluster. Everything is Ignite's default, except that nodes find one another on
 * loopback alone, the memory for data, which is not used, and the number of threads for tasks.
 */
final class Node {

  private static final long DATA_BYTES = 64L << 20;

  private Node() {}

  /** Arguments: the ports of all nodes with commas, which of them is this one's, and its slots. */
  public static void main(String[] args) throws IOException {
    WorkerJvms.endWithParent();
    start(args[0], Integer.parseInt(args[1]), Integer.parseInt(args[2]), false);
  }

  static Ignite start(String ports, int own, int slots, boolean client) throws IOException {
    String[] all = ports.split(",");
    TcpDiscoverySpi discovery = new TcpDiscoverySpi();
    discovery.setLocalPort(Integer.parseInt(all[own])).setLocalPortRange(0);
    discovery.setIpFinder(
        new TcpDiscoveryVmIpFinder()
            .setAddresses(Arrays.stream(all).skip(1).map(port -> "127.0.0.1:" + port).toList()));
    DataStorageConfiguration storage = new DataStorageConfiguration();
    storage.setDefaultDataRegionConfiguration(
        new DataRegionConfiguration().setInitialSize(DATA_BYTES).setMaxSize(DATA_BYTES));
    return Ignition.start(
        new IgniteConfiguration()
            .setLocalHost("127.0.0.1")
            .setClientMode(client)
            .setConsistentId("node-" + own)
            .setWorkDirectory(Files.createTempDirectory("bench-ignite").toString())
            .setGridLogger(new NullLogger())
            .setMetricsLogFrequency(0)
            .setPublicThreadPoolSize(slots)
            .setDataStorageConfiguration(storage)
            .setDiscoverySpi(discovery));
  }
}
