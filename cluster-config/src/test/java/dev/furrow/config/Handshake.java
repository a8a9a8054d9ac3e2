package dev.furrow.config;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;

/** A TLS handshake between two engines, in memory. */
final class Handshake {

  private Handshake() {}

  /**
   * Lets both talk until a byte of each has reached the other.
   *
   * @throws SSLException one of them refuses the other
   */
  static void between(SSLEngine client, SSLEngine server) throws SSLException {
    ByteBuffer toServer = ByteBuffer.allocate(1 << 16);
    ByteBuffer toClient = ByteBuffer.allocate(1 << 16);
    int atServer = 0;
    int atClient = 0;
    for (int turn = 0; turn < 1_000 && (atServer == 0 || atClient == 0); turn++) {
      wrap(client, toServer);
      atServer += unwrap(server, toServer);
      wrap(server, toClient);
      atClient += unwrap(client, toClient);
    }
    if (atServer == 0 || atClient == 0) {
      throw new AssertionError("neither refused nor done");
    }
  }

  private static void wrap(SSLEngine from, ByteBuffer to) throws SSLException {
    run(from);
    from.wrap(ByteBuffer.wrap(new byte[] {1}), to);
    run(from);
  }

  private static int unwrap(SSLEngine to, ByteBuffer from) throws SSLException {
    int bytes = 0;
    from.flip();
    while (from.hasRemaining()) {
      SSLEngineResult result = to.unwrap(from, ByteBuffer.allocate(1 << 16));
      bytes += result.bytesProduced();
      run(to);
      if (result.bytesConsumed() == 0) {
        break;
      }
    }
    from.compact();
    return bytes;
  }

  private static void run(SSLEngine engine) {
    for (Runnable task = engine.getDelegatedTask();
        task != null;
        task = engine.getDelegatedTask()) {
      task.run();
    }
  }
}
