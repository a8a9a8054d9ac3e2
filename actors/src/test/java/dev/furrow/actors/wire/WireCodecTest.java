package dev.furrow.actors.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.furrow.TaskFailure;
import dev.furrow.actors.wire.PoolMessage.Announce;
import dev.furrow.actors.wire.PoolMessage.Go;
import dev.furrow.actors.wire.PoolMessage.Leases;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WireCodecTest {

  static List<WireMessage> messages() {
    return WireSamples.messages();
  }

  @ParameterizedTest
  @MethodSource("messages")
  void shouldGiveBackEachRecordAsItWas(WireMessage message) throws Exception {
    byte[] bytes = WireCodec.encode(message);
    WireMessage copy = WireCodec.decode(bytes, 0, bytes.length);
    assertThat(copy).usingRecursiveComparison().isEqualTo(message);
    assertThat(copy).isExactlyInstanceOf(message.getClass());
  }

  @ParameterizedTest
  @MethodSource("messages")
  void shouldReadARecordFromWithinOtherBytes(WireMessage message) throws Exception {
    byte[] bytes = WireCodec.encode(message);
    byte[] among = new byte[bytes.length + 20];
    Arrays.fill(among, (byte) 0x1b);
    System.arraycopy(bytes, 0, among, 7, bytes.length);
    assertThat(WireCodec.decode(among, 7, bytes.length))
        .usingRecursiveComparison()
        .isEqualTo(message);
  }

  @Test
  void shouldHaveASampleOfEachKind() {
    List<Class<?>> kinds =
        Stream.of(
                PoolMessage.class,
                JobMessage.class,
                PartitionMessage.class,
                CallerMessage.class,
                PlacementMessage.class,
                ReplicaMessage.class)
            .<Class<?>>flatMap(kind -> Arrays.stream(kind.getPermittedSubclasses()))
            .toList();
    assertThat(WireSamples.messages()).extracting(Object::getClass).hasSameElementsAs(kinds);
  }

  @Test
  void shouldGiveBackCardsAndFailures() throws Exception {
    assertThat(WireCodec.decodeCard(WireCodec.encodeCard(WireSamples.card())))
        .isEqualTo(WireSamples.card());
    assertThat(WireCodec.decodeFailure(WireCodec.encodeFailure(WireSamples.failure())))
        .isEqualTo(WireSamples.failure());
  }

  @Test
  void shouldWriteFailuresWhateverTheirText() throws Exception {
    FailureRecord odd =
        FailureRecord.of(
            TaskFailure.Kind.THREW, new IllegalStateException("half \ud800 pair"), "n");
    FailureRecord copy = WireCodec.decodeFailure(WireCodec.encodeFailure(odd));
    assertThat(copy.message()).isEqualTo("half ? pair");
    assertThat(copy.trace()).isEqualTo(odd.trace());
  }

  @Test
  void shouldCutChainsOfCauses() throws Exception {
    FailureRecord chain = null;
    for (int i = 0; i < 1_000; i++) {
      chain = new FailureRecord(TaskFailure.Kind.THREW, "t" + i, "", List.of(), "n", chain);
    }
    FailureRecord copy = WireCodec.decodeFailure(WireCodec.encodeFailure(chain));
    int length = 0;
    for (FailureRecord each = copy; each != null; each = each.causedBy()) {
      length++;
    }
    assertThat(length).isEqualTo(RecordWriter.CAUSES + 1);
  }

  @Test
  void shouldKeepRecordsSmall() {
    int rows = 500;
    long[] longs = new long[rows];
    int[] ones = new int[rows];
    Arrays.fill(ones, 1);
    int[] zeros = new int[rows];
    Leases leases =
        new Leases(
            WireSamples.JOB,
            WireSamples.POOL,
            List.of("com.acme.Square"),
            List.of(LeaseTerms.NONE),
            longs,
            longs,
            ones,
            zeros,
            zeros,
            zeros,
            java.util.Collections.nCopies(rows, new byte[4]));
    assertThat(WireCodec.encode(leases).length).isLessThan(rows * 40 + 400);
  }

  // ------------------------------------------------------------ refusals

  /** Bytes that something writes after the outer head of three items. */
  private static byte[] record(long version, String kind, Consumer<CborWriter> fields) {
    CborWriter out = new CborWriter(64);
    out.array(3);
    out.integer(version);
    out.text(kind);
    fields.accept(out);
    return out.finish();
  }

  private static void job(CborWriter out) {
    new RecordWriter(out).job(WireSamples.JOB);
  }

  private static void assertRefused(byte[] bytes, String message) {
    assertThatExceptionOfType(WireException.class)
        .isThrownBy(() -> WireCodec.decode(bytes, 0, bytes.length))
        .withMessageContaining(message);
  }

  @Test
  void shouldIgnoreFieldsAndItemsThatItDoesNotKnow() throws Exception {
    CborWriter out = new CborWriter(64);
    out.array(4);
    out.integer(WireMessage.VERSION);
    out.text("Announce");
    out.map(3);
    out.text("later");
    out.map(1);
    out.integer(7);
    out.array(2);
    out.longs(new long[] {1});
    out.bool(true);
    job(out);
    out.text("more");
    out.nothing();
    out.text("an item more");
    byte[] bytes = out.finish();
    assertThat(WireCodec.decode(bytes, 0, bytes.length)).isEqualTo(new Announce(WireSamples.JOB));
  }

  @Test
  void shouldRefuseUnknownKindsByName() {
    assertRefused(record(1, "Gossip", out -> out.map(0)), "'Gossip' are not known here");
    assertRefused(
        record(1, "java.lang.Runtime", out -> out.map(0)), "'java.lang.Runtime' are not known");
  }

  @Test
  void shouldRefuseOtherVersionsWithBothNumbers() {
    assertRefused(
        record(2, "Announce", out -> out.integer(0)),
        "wire version 2 and this node reads version 1");
  }

  @Test
  void shouldRefuseACardWhereAFailureIsExpected() {
    assertThatExceptionOfType(WireException.class)
        .isThrownBy(() -> WireCodec.decodeFailure(WireCodec.encodeCard(WireSamples.card())))
        .withMessage("a FailureRecord was expected, but the kind is 'NodeCard'");
  }

  @Test
  void shouldRefuseMissingAndDoubledFields() {
    assertRefused(record(1, "Announce", out -> out.map(0)), "Announce has no field 'job'");
    assertRefused(
        record(
            1,
            "Announce",
            out -> {
              out.map(2);
              job(out);
              job(out);
            }),
        "Announce has the field 'job' twice");
  }

  @Test
  void shouldRefuseTrailingBytes() {
    byte[] bytes = WireCodec.encode(new Announce(WireSamples.JOB));
    assertRefused(Arrays.copyOf(bytes, bytes.length + 3), "ends 3 bytes before the bytes do");
  }

  @Test
  void shouldRefuseColumnsOfDifferentLengths() {
    Leases good = WireSamples.leases();
    Leases bad =
        new Leases(
            good.job(),
            good.pool(),
            good.types(),
            good.terms(),
            good.lease(),
            new long[2],
            good.attempt(),
            good.type(),
            good.term(),
            good.caution(),
            good.payload());
    assertRefused(WireCodec.encode(bad), "Leases.task has 2 rows and lease has 3");
  }

  @Test
  void shouldRefuseIndicesOutOfRange() {
    for (int wrong : new int[] {-1, 2, 4, Integer.MAX_VALUE}) {
      assertRefused(
          WireCodec.encode(withIndices(new int[] {0, wrong, 0}, new int[3], new int[3])),
          "Leases.type of row 1 must be from 0 to 1 (was " + wrong + ")");
      assertRefused(
          WireCodec.encode(withIndices(new int[3], new int[] {0, 0, wrong}, new int[3])),
          "Leases.term of row 2 must be from 0 to 1 (was " + wrong + ")");
    }
    assertRefused(
        WireCodec.encode(withIndices(new int[3], new int[3], new int[] {3, 0, 0})),
        "Leases.caution of row 0 must be from 0 to 2 (was 3)");
    JobMessage.Reports reports = WireSamples.reports();
    JobMessage.Reports odd =
        new JobMessage.Reports(
            reports.job(),
            reports.pool(),
            1,
            reports.lease(),
            reports.task(),
            new int[] {0, 0, 0, 4},
            reports.runNanos(),
            reports.codecNanos(),
            reports.body());
    assertRefused(WireCodec.encode(odd), "Reports.kind of row 3 must be from 0 to 3 (was 4)");
  }

  private static Leases withIndices(int[] type, int[] term, int[] caution) {
    Leases good = WireSamples.leases();
    return new Leases(
        good.job(),
        good.pool(),
        good.types(),
        good.terms(),
        good.lease(),
        good.task(),
        good.attempt(),
        type,
        term,
        caution,
        good.payload());
  }

  @Test
  void shouldRefuseNegativeAmounts() {
    JobMessage.Demand demand =
        new JobMessage.Demand(WireSamples.JOB, WireSamples.POOL, 1, -1, 1, 1, Map.of(), false);
    assertRefused(WireCodec.encode(demand), "Demand.most must be at least 0 (was -1)");
  }

  @Test
  void shouldRefuseFieldsOfAnotherForm() {
    assertRefused(
        record(
            1,
            "Go",
            out -> {
              out.map(3);
              job(out);
              new RecordWriter(out).pool(WireSamples.POOL).ints("leases", new int[] {1, 2});
            }),
        "Go.leases: a typed array with tag 79 was expected");
    assertThat(WireCodec.encode(new Go(WireSamples.JOB, WireSamples.POOL, new long[0])))
        .isNotEmpty();
  }
}
