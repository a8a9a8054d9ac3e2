package dev.furrow.actors.cluster;

import dev.furrow.actors.job.JobSupervisor;
import dev.furrow.actors.link.Link;
import dev.furrow.actors.partition.Partitions;
import dev.furrow.actors.partition.Placement;
import dev.furrow.actors.pool.WorkPool;
import dev.furrow.actors.wire.CallerMessage;
import dev.furrow.actors.wire.JobKey;
import dev.furrow.actors.wire.JobMessage;
import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.PartitionMessage;
import dev.furrow.actors.wire.PlacementMessage;
import dev.furrow.actors.wire.PoolMessage;
import dev.furrow.actors.wire.ReplicaMessage;
import dev.furrow.actors.wire.WireMessage;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * Brings records from the link to the actor that they are for, on the link's thread. A record for a
 * job that is not here is answered with {@link PoolMessage.JobGone}, so that no pool holds leases
 * of nobody.
 */
final class Router implements Link.Listener {

  private final Map<JobKey, ActorRef<JobSupervisor.Command>> jobs = new ConcurrentHashMap<>();
  private volatile @Nullable ActorRef<WorkPool.Command> pool;
  private volatile @Nullable ActorRef<NodeGuardian.Command> guardian;
  private volatile @Nullable NodeId self;
  private volatile @Nullable Link link;
  private volatile @Nullable Partitions partitions;
  private volatile @Nullable Placement placement;

  /** Who hears of connections, and where answers go; set once the link and the guardian exist. */
  void wire(NodeGuardian.Setting ofNode, ActorRef<NodeGuardian.Command> ofConnections) {
    link = ofNode.link();
    partitions = ofNode.partitions();
    placement = ofNode.placement();
    self = ofNode.card().node();
    guardian = ofConnections;
  }

  void add(JobKey job, ActorRef<JobSupervisor.Command> supervisor) {
    jobs.put(job, supervisor);
  }

  void remove(JobKey job) {
    jobs.remove(job);
  }

  void pool(@Nullable ActorRef<WorkPool.Command> current) {
    pool = current;
  }

  @Override
  public void received(NodeId from, WireMessage message) {
    if (message instanceof PoolMessage toPool) {
      ActorRef<WorkPool.Command> here = pool;
      if (here != null) {
        here.tell(new WorkPool.FromJob(toPool));
      }
    } else if (message instanceof JobMessage toJob) {
      ActorRef<JobSupervisor.Command> supervisor = jobs.get(toJob.job());
      Link answers = link;
      if (supervisor != null) {
        supervisor.tell(new JobSupervisor.FromPool(toJob));
      } else if (answers != null) {
        answers.send(from, new PoolMessage.JobGone(toJob.job()));
      }
    } else if (message instanceof PartitionMessage toPartition) {
      Partitions here = partitions;
      if (here != null) {
        here.received(from, toPartition);
      }
    } else if (message instanceof PlacementMessage.Leave) {
      NodeId node = self;
      if (node != null) {
        tell(new NodeGuardian.Leave(node));
      }
    } else if (message instanceof PlacementMessage.Leaves) {
      tell(new NodeGuardian.Leaves(from));
    } else if (message instanceof PlacementMessage ofPlaces) {
      Placement here = placement;
      if (here != null) {
        here.received(from, ofPlaces);
      }
    } else if (message instanceof ReplicaMessage ofCopies) {
      Partitions here = partitions;
      if (here != null) {
        here.received(from, ofCopies);
      }
    } else if (message instanceof CallerMessage toCaller) {
      Partitions here = partitions;
      if (here != null) {
        here.received(from, toCaller);
      }
    }
  }

  @Override
  public void connected(NodeId peer) {
    tell(new NodeGuardian.Connected(peer));
  }

  @Override
  public void closed(NodeId peer, boolean ended) {
    tell(new NodeGuardian.Closed(peer, ended));
  }

  private void tell(NodeGuardian.Command command) {
    ActorRef<NodeGuardian.Command> parent = guardian;
    if (parent != null) {
      parent.tell(command);
    }
  }
}
