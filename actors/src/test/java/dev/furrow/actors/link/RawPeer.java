package dev.furrow.actors.link;

import dev.furrow.actors.wire.NodeId;
import dev.furrow.actors.wire.WireMessage;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;

/** A peer that speaks, or does not speak, the protocol by hand. */
final class RawPeer implements AutoCloseable {

  static final int MAGIC = 0x46525731;

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;

  private RawPeer(Socket socket) throws IOException {
    this.socket = socket;
    socket.setSoTimeout((int) Eventually.DEADLINE.toMillis());
    socket.setTcpNoDelay(true);
    this.in = new DataInputStream(socket.getInputStream());
    this.out = new DataOutputStream(socket.getOutputStream());
  }

  static RawPeer dial(int port) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(16 * 1024);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5_000);
    return new RawPeer(socket);
  }

  /** Takes one connection of a dialer. */
  static RawPeer accept(ServerSocket server) throws IOException {
    server.setSoTimeout((int) Eventually.DEADLINE.toMillis());
    return new RawPeer(server.accept());
  }

  /** Shakes hands as this node and expects to be accepted. */
  RawPeer join(NodeId from, NodeId to) throws IOException {
    hello(WireMessage.VERSION, Links.CLUSTER, from, to.uid());
    if (!answer().isEmpty()) {
      throw new AssertionError("refused");
    }
    return this;
  }

  void hello(int version, String cluster, NodeId from, long to) throws IOException {
    handshake(
        body -> {
          body.writeInt(version);
          body.writeUTF(cluster);
          body.writeUTF(from.name());
          body.writeLong(from.uid());
          body.writeLong(to);
        });
  }

  void answer(String refusal) throws IOException {
    handshake(
        body -> {
          body.writeBoolean(refusal.isEmpty());
          body.writeUTF(refusal);
        });
  }

  private void handshake(Body body) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    body.write(new DataOutputStream(bytes));
    out.writeInt(MAGIC);
    out.writeInt(bytes.size());
    bytes.writeTo(out);
  }

  /** Reads the answer: why not, or empty. */
  String answer() throws IOException {
    if (in.readInt() != MAGIC || in.readInt() > 4088) {
      throw new AssertionError("no handshake frame");
    }
    boolean accepted = in.readBoolean();
    String reason = in.readUTF();
    if (accepted != reason.isEmpty()) {
      throw new AssertionError("accepted: " + accepted + ", reason: " + reason);
    }
    return reason;
  }

  /** Reads a hello without a look at it. */
  RawPeer skipHello() throws IOException {
    if (in.readInt() != MAGIC) {
      throw new AssertionError("no handshake frame");
    }
    in.readFully(new byte[in.readInt()]);
    return this;
  }

  void bytes(byte[] bytes) throws IOException {
    out.write(bytes);
  }

  void integer(int value) throws IOException {
    out.writeInt(value);
  }

  void frame(WireMessage message) throws IOException {
    byte[] bytes = new AnnounceCodec().encode(message);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  WireMessage frame() throws IOException {
    byte[] bytes = new byte[in.readInt()];
    in.readFully(bytes);
    return new AnnounceCodec().decode(bytes, 0, bytes.length);
  }

  /** Waits until the other side has closed. */
  void awaitEnd() throws IOException {
    try {
      if (in.read() >= 0) {
        throw new AssertionError("expected the connection to be closed, but it sent bytes");
      }
    } catch (SocketException reset) {
      return;
    }
  }

  /** Closes with a reset instead of a FIN, as a machine does whose process was killed. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private interface Body {
    void write(DataOutputStream out) throws IOException;
  }
}
