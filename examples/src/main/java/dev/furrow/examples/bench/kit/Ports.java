package dev.furrow.examples.bench.kit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** Ports for contenders that must know them before they start. */
public final class Ports {

  private Ports() {}

  /**
   * Finds free ports on loopback. Another program may still take one before it is used.
   *
   * @param count how many
   * @return different ports, with commas between them
   * @throws IOException there are none left
   */
  public static String free(int count) throws IOException {
    StringJoiner ports = new StringJoiner(",");
    List<ServerSocket> taken = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        taken.add(socket);
        ports.add(Integer.toString(socket.getLocalPort()));
      }
    } finally {
      for (ServerSocket socket : taken) {
        socket.close();
      }
    }
    return ports.toString();
  }
}
