package dev.furrow.node.processes;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Where a test meets tasks that run in other JVMs: each visitor holds a connection while it is
 * there, so that the test sees who came and who has gone, stopped processes included.
 */
final class Lobby implements AutoCloseable {

  private static final String NOTE = "note ";

  private final ServerSocket door;
  private final Set<Socket> inside = new LinkedHashSet<>();
  private final List<String> notes = new ArrayList<>();
  private int arrived;
  private boolean released;

  private Lobby(ServerSocket door) {
    this.door = door;
  }

  static Lobby open() throws IOException {
    Lobby lobby = new Lobby(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()));
    start("lobby", lobby::accept);
    return lobby;
  }

  private static void start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** What tasks need in order to come. */
  int port() {
    return door.getLocalPort();
  }

  // ------------------------------------------------------- what tasks do

  /** Comes, and stays until released. */
  static void attend(int port, String name) throws IOException, InterruptedException {
    try (SocketChannel channel = come(port, name)) {
      if (channel.read(ByteBuffer.allocate(1)) < 0) {
        throw new IOException("the lobby is closed");
      }
    } catch (ClosedByInterruptException interrupted) {
      Thread.interrupted();
      throw new InterruptedException(name);
    }
  }

  /** Comes, and stays until the connection is closed. */
  static SocketChannel come(int port, String name) throws IOException {
    SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.write(ByteBuffer.wrap((name + "\n").getBytes(StandardCharsets.UTF_8)));
    return channel;
  }

  /** Leaves a note. */
  static void note(int port, String text) throws IOException {
    come(port, NOTE + text).close();
  }

  // -------------------------------------------------------- what tests do

  /** Visitors who are there. */
  synchronized int inside() {
    return inside.size();
  }

  /** Visitors who came. */
  synchronized int arrived() {
    return arrived;
  }

  synchronized List<String> notes() {
    return List.copyOf(notes);
  }

  /** Lets all visitors go, and those that come. */
  synchronized void release() {
    released = true;
    inside.forEach(Lobby::letGo);
  }

  private static void letGo(Socket visitor) {
    try {
      visitor.getOutputStream().write(1);
    } catch (SocketException gone) {
      // went by itself
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket visitor = door.accept();
        start("lobby-visitor", () -> receive(visitor));
      }
    } catch (IOException closed) {
      synchronized (this) {
        notes.add("closed");
      }
    }
  }

  private void receive(Socket visitor) {
    try (visitor) {
      BufferedReader words =
          new BufferedReader(
              new InputStreamReader(visitor.getInputStream(), StandardCharsets.UTF_8));
      String name = words.readLine();
      if (name != null && name.startsWith(NOTE)) {
        synchronized (this) {
          notes.add(name.substring(NOTE.length()));
        }
        return;
      }
      enter(visitor);
      words.readLine();
    } catch (SocketException gone) {
      // its process has ended, which is a way to go
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } finally {
      synchronized (this) {
        inside.remove(visitor);
      }
    }
  }

  private synchronized void enter(Socket visitor) {
    arrived++;
    inside.add(visitor);
    if (released) {
      letGo(visitor);
    }
  }

  @Override
  public void close() throws IOException {
    release();
    door.close();
  }
}
