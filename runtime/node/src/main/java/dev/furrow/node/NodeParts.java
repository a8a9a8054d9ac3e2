package dev.furrow.node;

import dev.furrow.actors.cluster.NodeGuardian;
import dev.furrow.actors.partition.Partitions;
import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.StateCodec;
import dev.furrow.actors.wire.TaskCodec;
import dev.furrow.config.NodeSettings;
import java.util.concurrent.Executor;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * What everything on a node shares.
 *
 * @param system the actor system
 * @param settings the node's settings
 * @param self the node
 * @param codec writes tasks and reads results
 * @param state writes and reads what is kept by key
 * @param partitions makes calls on it
 * @param guardian the node's guardian
 * @param callbacks where users' continuations run
 */
record NodeParts(
    ActorSystem<?> system,
    NodeSettings settings,
    NodeId self,
    TaskCodec codec,
    StateCodec state,
    Partitions partitions,
    ActorRef<NodeGuardian.Command> guardian,
    Executor callbacks) {}
