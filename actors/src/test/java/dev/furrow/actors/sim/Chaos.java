package dev.furrow.actors.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Everything bad that happens to nodes and links, until it is told to stop. */
final class Chaos {

  private static final long MILLI = 1_000_000;

  /** What may happen in a world. */
  enum Trouble {
    CRASH,
    VANISH,
    PAUSE,
    BREAK,
    CUT_ONE_WAY,
    CUT_BOTH_WAYS,
    EXPEL,
    LEAVE,
    POOL_RESTART,
    JOIN,
    CANCEL_TASK,
    CANCEL_JOB,
    DRIVER_CRASH
  }

  private final Simulation world;
  private final List<Trouble> troubles = new ArrayList<>();
  private final long interval;
  boolean over;

  Chaos(Simulation world) {
    this.world = world;
    this.interval = world.between(50 * MILLI, 800 * MILLI);
    for (Trouble trouble : Trouble.values()) {
      boolean rare = trouble == Trouble.CANCEL_JOB || trouble == Trouble.DRIVER_CRASH;
      if (world.chance(rare ? 0.1 : 0.4)) {
        troubles.add(trouble);
      }
    }
    if (world.chance(0.1)) {
      troubles.clear();
    }
  }

  boolean has(Trouble trouble) {
    return troubles.contains(trouble);
  }

  void start() {
    if (!troubles.isEmpty()) {
      world.agenda.in(world.between(0, 2 * interval), this::next);
    }
    world.agenda.in(200 * MILLI, this::repopulate);
  }

  private void next() {
    if (over) {
      return;
    }
    cause(troubles.get((int) world.between(0, troubles.size())));
    world.agenda.in(world.between(0, 2 * interval), this::next);
  }

  private void cause(Trouble trouble) {
    SimNode node = world.anyNode(trouble == Trouble.DRIVER_CRASH || world.chance(0.1));
    if (node == null) {
      return;
    }
    boolean spared = node.slots == 0 || !node.jobs.isEmpty();
    world.trace(() -> "--- " + trouble + " " + node);
    switch (trouble) {
      case CRASH -> {
        if (!spared) {
          crash(node, true);
        }
      }
      case VANISH -> {
        if (!spared) {
          crash(node, false);
        }
      }
      case DRIVER_CRASH -> crash(node, true);
      case PAUSE -> pause(node);
      case BREAK -> breakOff(node);
      case CUT_ONE_WAY -> cut(node, false);
      case CUT_BOTH_WAYS -> cut(node, true);
      case EXPEL -> {
        if (!spared) {
          expel(node);
        }
      }
      case LEAVE -> {
        if (!spared) {
          leave(node);
        }
      }
      case POOL_RESTART -> {
        if (node.pool != null && node.pausedUntil <= world.agenda.now()) {
          node.restartPool();
        }
      }
      case JOIN -> world.addWorker(null);
      case CANCEL_TASK -> world.anyJob().ifPresent(job -> job.cancel(false));
      case CANCEL_JOB -> world.anyJob().ifPresent(job -> job.cancel(true));
    }
  }

  /** A task has ended its node. */
  void poisoned(SimNode node, SimTask task) {
    world.trace(() -> "--- " + task + " ends " + node);
    task.kills++;
    boolean gentle =
        !has(Trouble.PAUSE)
            && !has(Trouble.CUT_ONE_WAY)
            && !has(Trouble.BREAK)
            && !has(Trouble.CUT_BOTH_WAYS)
            && !has(Trouble.EXPEL)
            && !has(Trouble.VANISH)
            && world.network.doubling == 0
            && world.network.loss == 0;
    int most = gentle ? 3 : 3 + world.jobLimits.maxLost();
    world.worstKills = Math.max(world.worstKills, task.kills);
    if (task.kills > most) {
      throw new IllegalStateException(task + " has ended " + task.kills + " nodes");
    }
    crash(node, true);
  }

  private void crash(SimNode node, boolean closes) {
    if (!node.alive) {
      return;
    }
    node.alive = false;
    node.started.forEach(task -> task.crashed.add(node.id));
    if (closes) {
      world.nodes().forEach(peer -> closeWithin(node, peer));
    }
    long wait = world.between(300 * MILLI, 2_000 * MILLI);
    world.agenda.in(wait, () -> remove(node, false));
    if (world.chance(0.4)) {
      world.agenda.in(world.between(MILLI, 3_000 * MILLI), () -> world.addWorker(node));
    }
  }

  private void closeWithin(SimNode node, SimNode peer) {
    world.agenda.in(world.between(0, 5 * MILLI), () -> world.network.close(node, peer, true));
  }

  private void remove(SimNode node, boolean left) {
    if (node.out) {
      return;
    }
    node.out = true;
    if (!left) {
      node.started.forEach(task -> task.crashed.add(node.id));
    }
    for (SimNode peer : world.nodes()) {
      if (peer != node) {
        world.network.tell(peer, node, () -> peer.removed(node.id, left));
      }
    }
  }

  private void pause(SimNode node) {
    long until = world.agenda.now() + world.between(0, 1_500 * MILLI);
    node.pausedUntil = Math.max(node.pausedUntil, until);
  }

  private void breakOff(SimNode node) {
    SimNode peer = world.anyNode(true);
    if (peer == null || peer == node) {
      return;
    }
    world.network.close(node, peer, false);
    world.agenda.in(
        world.between(20 * MILLI, 1_500 * MILLI), () -> world.network.connect(node, peer));
  }

  private void cut(SimNode node, boolean both) {
    boolean out = world.chance(0.5);
    boolean breaks = world.chance(0.5);
    List<SimNode> peers =
        world.nodes().stream().filter(peer -> peer != node && world.chance(0.6)).toList();
    for (SimNode peer : peers) {
      world.network.way(node, peer).cut |= both || out;
      world.network.way(peer, node).cut |= both || !out;
      if (breaks) {
        world.agenda.in(
            world.between(0, 500 * MILLI), () -> world.network.close(node, peer, false));
      }
    }
    boolean heals = world.chance(0.7) || !node.jobs.isEmpty() || node.slots == 0;
    world.agenda.in(
        world.between(50 * MILLI, 3_000 * MILLI),
        () -> {
          if (!heals) {
            expel(node);
          }
          for (SimNode peer : peers) {
            world.network.way(node, peer).cut = false;
            world.network.way(peer, node).cut = false;
            world.network.connect(node, peer);
          }
        });
  }

  /** The others decide that a living node is no longer a member; it learns so, and ends. */
  private void expel(SimNode node) {
    remove(node, false);
    world.agenda.in(
        world.between(0, 2_000 * MILLI),
        () -> {
          if (node.alive) {
            node.alive = false;
            node.started.forEach(task -> task.crashed.add(node.id));
            world.nodes().forEach(peer -> world.network.close(node, peer, true));
          }
        });
  }

  private void leave(SimNode node) {
    if (node.leaving || node.pool == null) {
      return;
    }
    node.leaving = true;
    long now = world.agenda.now();
    long until = now + world.between(0, 1_000 * MILLI);
    world.agenda.at(
        now,
        node,
        () -> {
          if (node.pool != null) {
            node.pool.drain(until, now);
          }
        });
    world.agenda.in(2_500 * MILLI, () -> left(node));
  }

  /** A node has gone in order. */
  void left(SimNode node) {
    if (!node.alive) {
      return;
    }
    world.agenda.in(
        world.between(0, 100 * MILLI),
        () -> {
          if (node.alive) {
            node.alive = false;
            world.nodes().forEach(peer -> closeWithin(node, peer));
            world.agenda.in(world.between(0, 500 * MILLI), () -> remove(node, true));
          }
        });
  }

  /** There is a worker again soon after the last one ended. */
  private void repopulate() {
    boolean any =
        world.nodes().stream()
            .anyMatch(
                node ->
                    node.alive
                        && !node.out
                        && !node.leaving
                        && node.slots > 0
                        && (!over || node.resources.equals(Map.of("gpu", 2L))));
    if (!any) {
      world.addFullWorker();
    }
    world.agenda.in((over ? 300 : 1_000) * MILLI, this::repopulate);
  }

  /** Nothing bad happens any more, but for what tasks do to their nodes. */
  void end() {
    world.trace(() -> "=== chaos ends");
    over = true;
    world.network.heal();
    reconnect();
  }

  private void reconnect() {
    List<SimNode> all = world.nodes();
    for (SimNode one : all) {
      for (SimNode other : all) {
        if (one.id.uid() < other.id.uid()) {
          world.network.connect(one, other);
        }
      }
    }
    world.agenda.in(1_000 * MILLI, this::reconnect);
  }
}
