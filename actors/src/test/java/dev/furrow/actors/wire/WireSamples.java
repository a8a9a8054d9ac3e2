package dev.furrow.actors.wire;

import dev.furrow.Durability;
import dev.furrow.TaskFailure;
import dev.furrow.actors.wire.CallerMessage.Forgotten;
import dev.furrow.actors.wire.CallerMessage.NotHere;
import dev.furrow.actors.wire.CallerMessage.Replies;
import dev.furrow.actors.wire.JobMessage.Demand;
import dev.furrow.actors.wire.JobMessage.Holding;
import dev.furrow.actors.wire.JobMessage.Reports;
import dev.furrow.actors.wire.JobMessage.Returned;
import dev.furrow.actors.wire.JobMessage.Started;
import dev.furrow.actors.wire.PartitionMessage.Calls;
import dev.furrow.actors.wire.PoolMessage.Announce;
import dev.furrow.actors.wire.PoolMessage.Cancel;
import dev.furrow.actors.wire.PoolMessage.Go;
import dev.furrow.actors.wire.PoolMessage.HoldingReceived;
import dev.furrow.actors.wire.PoolMessage.JobGone;
import dev.furrow.actors.wire.PoolMessage.Leases;
import dev.furrow.actors.wire.PoolMessage.Recall;
import dev.furrow.actors.wire.PoolMessage.ReportsReceived;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One of each record. */
final class WireSamples {

  static final NodeId NODE = new NodeId("10.0.0.7:25520", -8_000_000_000_000_000_001L);
  static final JobKey JOB = new JobKey("9f-Zürich", 3, new NodeId("local", 42));
  static final PoolId POOL = new PoolId(NODE, 2);

  static final PartitionId PARTITION = new PartitionId("counts", 127, 128, Durability.JOURNALED);
  static final CallerId CALLER = new CallerId("Zürich-1", 1_800_000_000_123L);

  private WireSamples() {}

  static Map<String, Long> resources() {
    Map<String, Long> resources = new LinkedHashMap<>();
    resources.put("gpu", 2L);
    resources.put("memory", 1L << 36);
    return resources;
  }

  static PartitionChange change() {
    return new PartitionChange(
        List.of(new byte[] {1}, new byte[] {2, 3}),
        new int[] {1, 0},
        List.of(new byte[] {9, 9}, new byte[0]),
        List.of(CALLER, new CallerId("other", 5)),
        new long[] {7, 1L << 40},
        new int[] {2, 1},
        new int[] {0, -1, 2},
        List.of(new byte[] {4}, new byte[0], new byte[300]),
        List.of(new CallerId("a-job", 6)),
        new long[] {41},
        new int[] {0, 0},
        new long[] {42, 43},
        new int[] {0, 3},
        new int[] {0, 1},
        List.of(new byte[] {5}, new byte[0]),
        1_800_000_000_000L,
        Long.MIN_VALUE);
  }

  static Leases leases() {
    return new Leases(
        JOB,
        POOL,
        List.of("com.acme.Render", "com.acme.Render$Frame"),
        List.of(
            LeaseTerms.NONE,
            new LeaseTerms(5_000, -10, Map.of("gpu", 1L), List.of("java.io.IOException"))),
        new long[] {1, 1L << 40, Long.MAX_VALUE},
        new long[] {0, 1, 999_999},
        new int[] {1, 2, 70_000},
        new int[] {0, 1, 0},
        new int[] {1, 0, 1},
        new int[] {Caution.NONE.ordinal(), Caution.TELL.ordinal(), Caution.ALONE.ordinal()},
        List.of(new byte[] {(byte) 0xa0}, new byte[0], new byte[300]));
  }

  static Reports reports() {
    return new Reports(
        JOB,
        POOL,
        1L << 33,
        new long[] {5, 6, 7, 8},
        new long[] {0, 1, 2, 1L << 34},
        new int[] {0, 1, 2, 3},
        new long[] {0, 1, 255, Long.MAX_VALUE},
        1L << 20,
        List.of(new byte[] {1}, new byte[] {2, 3}, new byte[] {4}, new byte[0]));
  }

  static List<WireMessage> messages() {
    return List.of(
        new Announce(JOB),
        leases(),
        new Cancel(JOB, POOL, new long[] {-1, 2}),
        new Go(JOB, POOL, new long[0]),
        new Recall(JOB, POOL, 500),
        new ReportsReceived(JOB, POOL, 77),
        new HoldingReceived(JOB, POOL, -78),
        new JobGone(JOB),
        new Calls(
            PARTITION,
            CALLER,
            7,
            List.of("com.acme.Add", "com.acme.Total"),
            new int[] {0, 1, 2, 3, 4},
            new int[] {0, 0, 1, 0, 0},
            List.of(new byte[] {1}, new byte[] {2, 3}, new byte[0], new byte[0], new byte[0]),
            List.of(new byte[] {9}, new byte[0], new byte[300], new byte[0], new byte[0]),
            List.of(new CallerId("a-job", 5)),
            new int[] {0, -1, -1, -1, -1},
            new long[] {1L << 40, 0, 0, 0, 0},
            new int[] {3, 0, 0, 0, 0}),
        new Replies(
            PARTITION,
            CALLER,
            7,
            new int[] {0, 1, 2},
            List.of(new byte[] {4}, new byte[0], new byte[2])),
        new Forgotten(PARTITION, CALLER, 8, 1_800_000_000_000L),
        new NotHere(PARTITION, CALLER, 9),
        new PlacementMessage.Use(),
        new PlacementMessage.Where(PARTITION, NODE),
        new PlacementMessage.Here(PARTITION),
        new PlacementMessage.Waits(PARTITION, "its journal cannot be read"),
        new PlacementMessage.Fetch(PARTITION, 3),
        new PlacementMessage.Copy(PARTITION, 3, 4, 1L << 40, new byte[] {1, 2, 3}),
        new PlacementMessage.Adopt(PARTITION),
        new PlacementMessage.Taken(PARTITION),
        new PlacementMessage.Leave(),
        new PlacementMessage.Leaves(),
        new PlacementMessage.Left(),
        new ReplicaMessage.Prepare(PARTITION, 5),
        new ReplicaMessage.Propose(PARTITION, 5, List.of(NODE)),
        new ReplicaMessage.Pull(PARTITION, 5, 2),
        new ReplicaMessage.Install(PARTITION, 5, List.of(NODE), 4, 77, 1, 2, new byte[] {1, 2}),
        new ReplicaMessage.Append(PARTITION, 5, 78, new byte[] {3}),
        new ReplicaMessage.Discard(PARTITION, 5),
        new ReplicaMessage.Prepared(PARTITION, 5, 4, 77, List.of(NODE), 3, List.of()),
        new ReplicaMessage.Pulled(PARTITION, 5, 1, 2, new byte[] {4, 5, 6}),
        new ReplicaMessage.Done(PARTITION, 5, ReplicaMessage.Step.APPENDED, 78),
        new ReplicaMessage.Superseded(PARTITION, 5, 6),
        new PlacementMessage.Busiest(
            List.of("counts", "word.counts"),
            new int[] {3, 127},
            new long[] {81_250_500, 0},
            new long[] {12, 1L << 32},
            new long[] {340, 1L << 40}),
        new Demand(JOB, POOL, 9, 65_536, 24, 5, resources(), true),
        reports(),
        new Started(JOB, POOL, new long[] {3}),
        new Returned(JOB, POOL, new long[] {4, 5}),
        new Holding(JOB, POOL, 10, new long[] {1, 2, 3}, new long[] {2}, new long[] {3}));
  }

  static NodeCard card() {
    return new NodeCard(NODE, "10.0.0.7", 25_521, 16, resources(), WireMessage.VERSION, "0.1.0");
  }

  static FailureRecord failure() {
    FailureRecord cause =
        new FailureRecord(
            TaskFailure.Kind.THREW, "java.io.IOException", "", List.of(), "local", null);
    return new FailureRecord(
        TaskFailure.Kind.UNREADABLE,
        "com.acme.Broken",
        "bröken",
        List.of("com.acme.Render.run(Render.java:7)", "java.lang.Thread.run(Thread.java:1)"),
        "10.0.0.7:25520",
        cause);
  }
}
