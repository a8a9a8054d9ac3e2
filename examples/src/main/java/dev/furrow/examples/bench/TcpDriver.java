package dev.furrow.examples.bench;

import dev.furrow.examples.bench.kit.Driver;
import dev.furrow.examples.bench.kit.Grid;
import dev.furrow.examples.bench.kit.Pending;
import dev.furrow.examples.bench.kit.Shape;
import dev.furrow.examples.bench.kit.Work;
import dev.furrow.examples.bench.kit.WorkerJvms;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * The least that work in another process can cost: one socket, eight bytes to a task and eight to a
 * result, no scheduling, no failures. Both sides write when their buffer is full or when they would
 * wait otherwise.
 */
final class TcpDriver implements Grid {

  private static final int BUFFER = 8 * 1024;

  private final DataInputStream input;
  private final DataOutputStream output;
  private long submitted;
  private long flushed;
  private long answered;

  private TcpDriver(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    this.input = new DataInputStream(new BufferedInputStream(socket.getInputStream(), BUFFER));
    this.output = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream(), BUFFER));
  }

  /** Measures what the arguments name; see {@link Driver}. */
  public static void main(String[] args) {
    Driver.measureReference(args, TcpDriver::open);
  }

  private static TcpDriver open(Shape shape) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      WorkerJvms.start(Worker.class, Integer.toString(server.getLocalPort()));
      return new TcpDriver(server.accept());
    }
  }

  @Override
  public Pending submit(Work work) throws IOException {
    if (!(work instanceof Work.NoOp noOp)) {
      throw new IllegalArgumentException("plain TCP carries no-op tasks alone (was " + work + ")");
    }
    output.writeLong(noOp.number());
    long place = submitted++;
    return () -> result(place);
  }

  /** Answers come in the order of tasks. */
  private long result(long place) throws IOException {
    if (place != answered) {
      throw new IllegalStateException("result " + place + " was asked for before " + answered);
    }
    if (place >= flushed) {
      output.flush();
      flushed = submitted;
    }
    answered++;
    return input.readLong();
  }

  /** The other process. */
  static final class Worker {

    private Worker() {}

    /** Answers each task that comes from the port in the only argument. */
    public static void main(String[] args) throws IOException {
      WorkerJvms.endWithParent();
      try (Socket socket =
          new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(args[0]))) {
        socket.setTcpNoDelay(true);
        serve(new Input(socket.getInputStream()), socket.getOutputStream());
      } catch (EOFException done) {
        System.exit(0);
      }
    }

    private static void serve(Input buffer, OutputStream socket) throws IOException {
      DataInputStream input = new DataInputStream(buffer);
      DataOutputStream output = new DataOutputStream(new BufferedOutputStream(socket, BUFFER));
      while (true) {
        output.writeLong(new Work.NoOp(input.readLong()).call());
        if (buffer.isEmpty()) {
          output.flush();
        }
      }
    }
  }

  /** Tells what is buffered without asking the kernel. */
  private static final class Input extends BufferedInputStream {

    Input(InputStream socket) {
      super(socket, BUFFER);
    }

    boolean isEmpty() {
      return pos >= count;
    }
  }
}
