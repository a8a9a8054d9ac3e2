package dev.furrow.actors.partition;

import static org.assertj.core.api.Assertions.assertThat;

import dev.furrow.actors.partition.PartitionEvent.Changed;
import dev.furrow.actors.partition.PartitionEvent.Renewed;
import dev.furrow.actors.partition.PartitionEvent.Taken;
import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.PartitionChange;
import java.io.NotSerializableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The partition is taken over by other nodes while earlier ones are paused, or go on and know
 * nothing of it; nodes die before and after a write. The journal holds events by number, as encoded
 * as they are stored, and refuses a second one of a number.
 */
final class JournalKeeping implements CallsWorld.Keeping {

  private record Stored(String form, byte[] bytes) {}

  private final CallsWorld world;
  private final PartitionEventSerializer codec = new PartitionEventSerializer();
  private final NavigableMap<Long, Stored> journal = new TreeMap<>();
  private boolean opening;

  /** Events that were deleted, of all. */
  static long deleted;

  JournalKeeping(CallsWorld world) {
    this.world = world;
  }

  @Override
  public void begin() {
    take(world.nodes.get(0));
  }

  /** Mostly another node takes over, whatever the present one does; at times the owner dies. */
  @Override
  public void move() {
    if (world.random.nextInt(4) == 0) {
      List.copyOf(world.open.keySet()).forEach(this::die);
    }
    if (!opening) {
      opening = true;
      NodeId next = world.anyNode();
      world.in(world.some(100 * CallsWorld.MILLI), () -> take(next));
    }
  }

  private void die(NodeId node) {
    Partition dead = world.open.remove(node);
    if (dead != null) {
      dead.giveUp();
    }
  }

  /** A node reads the journal, marks it, and opens the partition. */
  private void take(NodeId node) {
    opening = false;
    die(node);
    new Writer(node).read();
  }

  @Override
  public PartitionState state() {
    Writer reader = new Writer(world.nodes.get(0));
    journal.forEach((sequence, stored) -> reader.replay.read(read(stored), sequence));
    assertThat(reader.replay.isWhole(journal.lastKey())).isTrue();
    return reader.replay.state();
  }

  private PartitionEvent read(Stored stored) {
    try {
      return (PartitionEvent) codec.fromBinary(stored.bytes(), stored.form());
    } catch (NotSerializableException wrong) {
      throw new IllegalStateException(wrong);
    }
  }

  private final class Writer implements Store {

    private final NodeId node;
    private final Replay replay = new Replay();
    private final long highest = journal.isEmpty() ? 0 : journal.lastKey();
    private long last;

    Writer(NodeId node) {
      this.node = node;
    }

    /** Reads a page, and the next one after a while: others write and delete meanwhile. */
    void read() {
      Map<Long, Stored> rest = journal.subMap(last, false, highest, true);
      if (rest.isEmpty()) {
        open();
        return;
      }
      rest.entrySet().stream()
          .limit(5)
          .forEach(
              row -> {
                replay.read(JournalKeeping.this.read(row.getValue()), row.getKey());
                last = row.getKey();
              });
      world.in(world.awake(node) + world.some(3 * CallsWorld.MILLI), this::read);
    }

    private void open() {
      if (replay.isWhole(highest) && write(List.of(new Taken(node.name())))) {
        world.in(world.some(5 * CallsWorld.MILLI), this::check);
      } else {
        take(node);
      }
    }

    private void check() {
      if (journal.lastKey() == last) {
        world.settle(node, replay.state(), this);
      } else {
        take(node);
      }
    }

    /** One transaction: all of the events are written or none. */
    private boolean write(List<? extends PartitionEvent> events) {
      for (long n = 1; n <= events.size(); n++) {
        if (journal.containsKey(last + n)) {
          return false;
        }
      }
      for (PartitionEvent event : events) {
        last++;
        journal.put(last, new Stored(codec.manifest(event), codec.toBinary(event)));
      }
      return true;
    }

    @Override
    public void keep(PartitionChange change, Store.Kept kept) {
      long delay = world.awake(node) + world.some(10 * CallsWorld.MILLI);
      world.in(delay, () -> written(change, kept));
    }

    private void written(PartitionChange change, Store.Kept kept) {
      // As if a value were large, so that rounds are many.
      List<Renewed> pieces =
          replay.renewal().next(replay.state(), Changes.weight(change) + Renewal.STEP / 4);
      List<PartitionEvent> events = new ArrayList<>(pieces);
      events.add(new Changed(change));
      if (!write(events)) {
        Partition stale = world.open.get(node);
        if (stale != null) {
          die(node);
        }
        return;
      }
      long sequence = last - pieces.size();
      for (Renewed piece : pieces) {
        deleteBefore(replay.renewal().written(piece, sequence));
        sequence++;
      }
      if (world.random.nextInt(50) == 0) {
        die(node);
      } else {
        kept.apply();
      }
    }

    @Override
    public void leave(PartitionState last) {}
  }

  private void deleteBefore(long sequence) {
    Map<Long, Stored> old = journal.headMap(sequence, false);
    int before = old.size();
    old.values().removeIf(stored -> !stored.form().startsWith("taken"));
    deleted += before - old.size();
  }
}
