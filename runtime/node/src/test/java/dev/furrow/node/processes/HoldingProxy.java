package dev.furrow.node.processes;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Passes bytes on to a port of this machine and back, and can hold back the answer to a word. */
final class HoldingProxy implements AutoCloseable {

  private final ServerSocket listener;
  private final int to;
  private final List<Socket> sockets = new ArrayList<>();
  private String word = "";
  private boolean holding;

  HoldingProxy(int to) throws IOException {
    this.to = to;
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    thread(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** As soon as a client says a word, what the server says stays here. */
  synchronized void holdAnswersTo(String clientSays) {
    word = clientSays;
  }

  /** Passes on what was held, and all that follows. */
  synchronized void release() {
    word = "";
    holding = false;
    notifyAll();
  }

  private static void thread(Runnable work) {
    Thread thread = new Thread(work, "holding-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        Socket server = new Socket(InetAddress.getLoopbackAddress(), to);
        synchronized (this) {
          sockets.add(client);
          sockets.add(server);
        }
        thread(() -> pump(client, server, false));
        thread(() -> pump(server, client, true));
      }
    } catch (IOException closed) {
      // The test has ended.
    }
  }

  private void pump(Socket from, Socket into, boolean answers) {
    byte[] buffer = new byte[1 << 16];
    try (from;
        into) {
      InputStream in = from.getInputStream();
      OutputStream out = into.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        if (answers) {
          awaitRelease();
        } else {
          look(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
        }
        out.write(buffer, 0, read);
      }
    } catch (IOException gone) {
      // So is the other side, by closing both.
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void look(String said) {
    holding |= !word.isEmpty() && said.contains(word);
  }

  private synchronized void awaitRelease() throws InterruptedException {
    while (holding) {
      wait();
    }
  }

  @Override
  public synchronized void close() throws IOException {
    release();
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }
}
