package dev.furrow.actors.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whatever the bytes are: a record, or a WireException, and little memory. */
class WireCodecHostileTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static List<byte[]> valid() {
    List<byte[]> valid = new ArrayList<>();
    WireSamples.messages().forEach(message -> valid.add(WireCodec.encode(message)));
    valid.add(WireCodec.encodeCard(WireSamples.card()));
    valid.add(WireCodec.encodeFailure(WireSamples.failure()));
    return valid;
  }

  /** Classes are loaded and tables filled before anything is measured. */
  @BeforeAll
  static void warmUp() {
    valid().forEach(WireCodecHostileTest::assertHarmless);
    valid().forEach(bytes -> read(Arrays.copyOf(bytes, bytes.length - 1)));
  }

  /** Reads as each kind of thing; any exception but a WireException fails the test. */
  private static int read(byte[] bytes) {
    int read = 0;
    try {
      WireCodec.decode(bytes, 0, bytes.length);
      read++;
    } catch (WireException refused) {
      said(refused);
    }
    try {
      WireCodec.decodeCard(bytes);
      read++;
    } catch (WireException refused) {
      said(refused);
    }
    try {
      WireCodec.decodeFailure(bytes);
      read++;
    } catch (WireException refused) {
      said(refused);
    }
    return read;
  }

  private static void said(WireException refused) {
    if (String.valueOf(refused.getMessage()).length() < 10) {
      throw new AssertionError("a refusal says what is wrong", refused);
    }
  }

  private static void assertHarmless(byte[] bytes) {
    if (read(bytes) > 1) {
      throw new AssertionError("read as two kinds of thing: " + Arrays.toString(bytes));
    }
  }

  private static void assertCheap(byte[] bytes) {
    // Once for what the JVM prepares on first use.
    read(bytes);
    long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
    read(bytes);
    long used = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    assertThat(used).as("bytes allocated").isLessThan(50_000 + 40L * bytes.length);
  }

  @Test
  void shouldRefuseEveryTruncation() {
    for (byte[] bytes : valid()) {
      assertThat(read(bytes)).isEqualTo(1);
      for (int length = 0; length < bytes.length; length++) {
        assertThat(read(Arrays.copyOf(bytes, length))).isZero();
      }
    }
  }

  @Test
  void shouldSurviveEveryFlippedBit() {
    for (byte[] bytes : valid()) {
      for (int bit = 0; bit < bytes.length * 8; bit++) {
        byte[] flipped = bytes.clone();
        flipped[bit / 8] ^= (byte) (1 << (bit % 8));
        assertHarmless(flipped);
      }
    }
  }

  @Test
  void shouldSurviveRandomBytes() {
    Random random = new Random(20261121);
    for (int round = 0; round < 30_000; round++) {
      byte[] bytes = new byte[random.nextInt(64)];
      random.nextBytes(bytes);
      assertHarmless(bytes);
    }
  }

  @Test
  void shouldSurviveRandomChangesOfValidRecords() {
    Random random = new Random(4711);
    List<byte[]> valid = valid();
    for (int round = 0; round < 30_000; round++) {
      byte[] bytes = valid.get(random.nextInt(valid.size())).clone();
      for (int change = random.nextInt(4); change >= 0; change--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      assertHarmless(bytes);
    }
  }

  @Test
  void shouldNotAllocateForLengthsThatTheBytesDoNotHave() {
    int[] heads = {0x5a, 0x7a, 0x9a, 0xba, 0x5b, 0x7b, 0x9b, 0xbb};
    for (byte[] bytes : valid()) {
      for (int at = 0; at + 9 < bytes.length; at++) {
        for (int head : heads) {
          byte[] changed = bytes.clone();
          changed[at] = (byte) head;
          Arrays.fill(changed, at + 1, at + ((head & 0x1f) == 26 ? 5 : 9), (byte) 0x7f);
          assertCheap(changed);
        }
      }
    }
  }

  @Test
  void shouldNotAllocateMuchForManySmallValues() {
    int size = 1 << 20;
    for (int filler : new int[] {0x40, 0x60, 0x80, 0xa0, 0x00, 0xf6}) {
      for (String name : List.of("types", "terms", "payload", "lease", "job")) {
        CborWriter out = new CborWriter(size);
        out.array(3);
        out.integer(WireMessage.VERSION);
        out.text("Leases");
        out.map(1);
        out.text(name);
        out.array(size);
        byte[] head = out.finish();
        byte[] bytes = Arrays.copyOf(head, head.length + size);
        Arrays.fill(bytes, head.length, bytes.length, (byte) filler);
        assertCheap(bytes);
      }
    }
  }

  @Test
  void shouldRefuseDeepNesting() {
    byte[] deep = new byte[1 << 20];
    for (int filler : new int[] {0x81, 0xa1, 0xc1, 0xd9}) {
      Arrays.fill(deep, (byte) filler);
      deep[0] = (byte) 0x83;
      deep[1] = WireMessage.VERSION;
      deep[2] = 0x62;
      deep[3] = 'G';
      deep[4] = 'o';
      deep[5] = (byte) 0xa1;
      deep[6] = 0x61;
      deep[7] = 'x';
      assertThatExceptionOfType(WireException.class)
          .isThrownBy(() -> WireCodec.decode(deep, 0, deep.length));
    }
  }

  @Test
  void shouldRefuseEndlessLengths() {
    byte[] endless = WireCodec.encode(new PoolMessage.Announce(WireSamples.JOB));
    endless[0] = (byte) 0x9f;
    assertThatExceptionOfType(WireException.class)
        .isThrownBy(() -> WireCodec.decode(endless, 0, endless.length))
        .withMessageContaining("a definite length was expected");
  }
}
