package dev.furrow.rivals.hazelcast;

import com.hazelcast.config.Config;
import com.hazelcast.config.ExecutorConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import dev.furrow.examples.bench.kit.Kept;
import dev.furrow.examples.bench.kit.WorkerJvms;
import java.util.Arrays;

/**
 * A member of the cluster. Everything is Hazelcast's default, except that members find one another
 * on loopback alone, that nothing is sent to its makers, the size of the executor, and that maps
 * have a backup only where they are to be replicated.
 */
final class Member {

  static final String EXECUTOR = "bench";

  private Member() {}

  /**
   * Arguments: the ports of all members with commas, which of them is this one's, and its slots.
   */
  public static void main(String[] args) {
    WorkerJvms.endWithParent();
    start(args[0], Integer.parseInt(args[1]), Integer.parseInt(args[2]), false);
  }

  static HazelcastInstance start(String ports, int own, int slots, boolean lite) {
    String[] all = ports.split(",");
    Config config = new Config().setClusterName("bench").setLiteMember(lite);
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.setProperty("hazelcast.logging.type", "none");
    config.setProperty("hazelcast.socket.bind.any", "false");
    config.getMapConfig("default").setBackupCount(Kept.here() == Kept.REPLICATED ? 1 : 0);
    config.addExecutorConfig(new ExecutorConfig(EXECUTOR, slots));
    NetworkConfig network = config.getNetworkConfig();
    network.setPort(Integer.parseInt(all[own])).setPortAutoIncrement(false);
    network.getInterfaces().setEnabled(true).addInterface("127.0.0.1");
    JoinConfig join = network.getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    join.getTcpIpConfig().setEnabled(true);
    Arrays.stream(all).forEach(port -> join.getTcpIpConfig().addMember("127.0.0.1:" + port));
    return Hazelcast.newHazelcastInstance(config);
  }
}
