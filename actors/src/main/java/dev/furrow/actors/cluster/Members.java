package dev.furrow.actors.cluster;

import dev.furrow.ClusterView;
import dev.furrow.actors.link.TcpLink;
import dev.furrow.actors.wire.NodeCard;
import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.PlacementMessage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.cluster.ClusterEvent;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;
import org.apache.pekko.cluster.typed.Cluster;
import org.apache.pekko.cluster.typed.Down;
import org.apache.pekko.cluster.typed.Leave;

/**
 * What a node knows of the members of its cluster: exchanges cards with them, has the link connect
 * to them, and tells who came, broke off and went. Of the guardian's thread alone.
 */
final class Members {

  /** A member is told to leave so often before its cluster is told. */
  private static final int MOST_ORDERS = 10;

  /** So many cards of nodes that are not known to be members are kept. */
  private static final int MOST_EARLY = 10_000;

  /** Who acts on what becomes known. */
  interface Listener {

    /** Tasks can be given to a member. */
    void offersWork(NodeId node);

    /** The link to a member is there. */
    void connected(NodeId node);

    /** It broke; {@code ended} if the member said so. */
    void closed(NodeId node, boolean ended);

    /** It is a member no more; {@code left} if it went in order. */
    void removed(NodeId node, boolean left);
  }

  private final NodeGuardian.Setting setting;
  private final ActorSystem<?> system;
  private final Listener listener;
  private final Peer me;
  private final Map<NodeId, Peer> peers = new LinkedHashMap<>();

  /** Cards of nodes that this one has not yet heard are members. */
  private final Map<NodeId, NodeCard> early = new HashMap<>();

  /** Likewise, those that have connected. */
  private final Set<NodeId> strangers = new HashSet<>();

  /** Knows of this node. */
  Members(NodeGuardian.Setting setting, ActorSystem<?> system, Listener listener) {
    this.setting = setting;
    this.system = system;
    this.listener = listener;
    this.me = new Peer(setting.card().node(), setting.roles());
    me.card = setting.card();
    me.connected = true;
    peers.put(me.id, me);
  }

  /** Those that tasks can be given to. */
  List<NodeId> workers() {
    return peers.values().stream().filter(Peer::offersWork).map(peer -> peer.id).toList();
  }

  /** Tells placement and users who is there. */
  void publish() {
    List<ClusterView.Node> nodes = new ArrayList<>();
    Map<NodeId, Integer> slots = new HashMap<>();
    Set<NodeId> leaving = new HashSet<>();
    for (Peer peer : peers.values()) {
      nodes.add(peer.seen(peer == me));
      slots.put(peer.id, peer.leaves() ? 0 : peer.slots());
      if (peer.leaves() && peer.slots() > 0) {
        leaving.add(peer.id);
      }
    }
    nodes.sort(Comparator.comparing(ClusterView.Node::name));
    setting.placement().members(slots, leaving);
    setting.view().accept(new Peer.Seen(List.copyOf(nodes)));
  }

  // -------------------------------------------------------------- cluster

  /** The cluster says something of a member. */
  void changed(ClusterEvent.ClusterDomainEvent event) {
    if (event instanceof ClusterEvent.MemberUp up) {
      add(up.member());
    } else if (event instanceof ClusterEvent.MemberWeaklyUp up) {
      add(up.member());
    } else if (event instanceof ClusterEvent.MemberLeft left) {
      add(left.member());
      change(left.member(), peer -> peer.leaving = true);
    } else if (event instanceof ClusterEvent.MemberExited exited) {
      add(exited.member());
      change(exited.member(), peer -> peer.leaving = true);
    } else if (event instanceof ClusterEvent.MemberRemoved removed) {
      remove(removed.member(), removed.previousStatus().equals(MemberStatus.exiting()));
    } else if (event instanceof ClusterEvent.UnreachableMember unreachable) {
      change(unreachable.member(), peer -> peer.reachable = false);
    } else if (event instanceof ClusterEvent.ReachableMember reachable) {
      change(reachable.member(), peer -> peer.reachable = true);
    }
  }

  private static NodeId id(Member member) {
    return NodeGuardian.nodeId(member.uniqueAddress());
  }

  private void change(Member member, Consumer<Peer> how) {
    Peer peer = peers.get(id(member));
    if (peer != null) {
      how.accept(peer);
      publish();
    }
  }

  private void add(Member member) {
    NodeId id = id(member);
    if (peers.containsKey(id)) {
      return;
    }
    Peer peer = new Peer(id, NodeGuardian.roles(member));
    peer.connected = strangers.remove(id);
    peers.put(id, peer);
    NodeCard card = early.remove(id);
    if (card != null) {
      accept(peer, card);
    }
    introduce(id, peer.card == null);
    publish();
  }

  private void remove(Member member, boolean left) {
    NodeId id = id(member);
    early.remove(id);
    strangers.remove(id);
    if (id.equals(me.id) || peers.remove(id) == null) {
      return;
    }
    if (setting.link() instanceof TcpLink tcp) {
      tcp.forget(id);
    }
    listener.removed(id, left);
    publish();
  }

  /** Those with a role are known to have ended: nobody need wait until they are found silent. */
  void down(String role) {
    if (!setting.clustered()) {
      return;
    }
    Cluster cluster = Cluster.get(system);
    for (Member member : cluster.state().getMembers()) {
      if (member.hasRole(role)) {
        cluster.manager().tell(new Down(member.address()));
      }
    }
  }

  // ---------------------------------------------------------------- cards

  /** A node says what it is, and may want to hear the same of this one. */
  void introduced(NodeGuardian.Card message) {
    NodeCard card = message.card();
    Peer peer = peers.get(card.node());
    if (peer == null) {
      // Its card may come before this node has heard that it is a member.
      if (early.size() < MOST_EARLY) {
        early.put(card.node(), card);
      }
    } else if (peer.card == null) {
      accept(peer, card);
    }
    if (message.answer() && setting.clustered()) {
      introduce(card.node(), false);
    }
  }

  private void accept(Peer peer, NodeCard card) {
    peer.card = card;
    if (setting.link() instanceof TcpLink tcp) {
      tcp.peer(card.node(), card.linkHost(), card.linkPort());
    }
    if (peer.offersWork()) {
      listener.offersWork(peer.id);
    }
    publish();
  }

  private void introduce(NodeId to, boolean answer) {
    guardianOf(to).tell(new NodeGuardian.Card(setting.card(), answer));
  }

  /** The link to a node is there. */
  void connected(NodeId node) {
    Peer peer = peers.get(node);
    if (peer == null) {
      strangers.add(node);
      return;
    }
    peer.connected = true;
    if (me.drains) {
      setting.link().send(node, new PlacementMessage.Leaves());
    }
    if (peer.offersWork()) {
      listener.offersWork(node);
    }
    listener.connected(node);
    publish();
  }

  /** The link to a node broke; {@code ended} if that node said so. */
  void closed(NodeId node, boolean ended) {
    strangers.remove(node);
    Peer peer = peers.get(node);
    if (peer != null) {
      peer.connected = false;
      peer.drains = false; // its system may stay a member, and may have another Furrow
      listener.closed(node, ended);
      publish();
    }
  }

  /** Says again what may have been lost; to be called now and then. */
  void greet() {
    for (Peer peer : peers.values()) {
      if (peer.card == null || !peer.connected) {
        introduce(peer.id, peer.card == null);
      }
      if (peer.orders > 0 && !peer.leaves()) {
        order(peer);
      }
    }
  }

  // ---------------------------------------------------------------- leave

  /** A member is to leave. */
  void leave(NodeId node) {
    if (!setting.clustered()) {
      return; // there is nothing to leave
    }
    Peer peer = peers.get(node);
    if (peer == me) {
      // Not by way of the cluster: whoever is marked as leaving there may no longer decide where
      // partitions go, and another would have to begin first. Tasks of the host may run in it.
      system
          .dispatchers()
          .lookup(DispatcherSelector.blocking())
          .execute(
              () ->
                  CoordinatedShutdown.get(system).run(CoordinatedShutdown.clusterLeavingReason()));
    } else if (peer == null) {
      mark(node);
    } else if (!peer.leaving) {
      order(peer);
    }
  }

  /** One without a Furrow, or that does not do what it is told, is marked as leaving. */
  private void order(Peer peer) {
    if (peer.works() && peer.orders < MOST_ORDERS) {
      peer.orders++;
      setting.link().send(peer.id, new PlacementMessage.Leave());
    } else {
      peer.orders = 0;
      mark(peer.id);
    }
  }

  private void mark(NodeId node) {
    Cluster.get(system).manager().tell(Leave.create(address(node)));
  }

  /** A member has begun to leave, or this node has, which then says so to all. */
  void leaves(NodeId node) {
    Peer peer = peers.get(node);
    if (peer == null || peer.drains) {
      return;
    }
    peer.drains = true;
    publish();
    if (peer == me) {
      for (Peer each : peers.values()) {
        if (each.connected && each != me) {
          setting.link().send(each.id, new PlacementMessage.Leaves());
        }
      }
    }
  }

  /** Whether this node has begun to leave. */
  boolean drains() {
    return me.drains;
  }

  // ---------------------------------------------------------------- others

  private Address address(NodeId node) {
    Address own = Cluster.get(system).selfMember().address();
    int colon = node.name().lastIndexOf(':');
    return new Address(
        own.protocol(),
        own.system(),
        node.name().substring(0, colon),
        Integer.parseInt(node.name().substring(colon + 1)));
  }

  private ActorRef<NodeGuardian.Command> guardianOf(NodeId node) {
    return ActorRefResolver.get(system)
        .resolveActorRef(address(node) + "/system/" + NodeGuardian.NAME);
  }
}
