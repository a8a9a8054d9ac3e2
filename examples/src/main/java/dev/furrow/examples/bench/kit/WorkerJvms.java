package dev.furrow.examples.bench.kit;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Worker JVMs of a driver that has no way of its own to start them: same class path, same options.
 * They end when the driver does.
 */
public final class WorkerJvms {

  private WorkerJvms() {}

  /**
   * Starts one worker.
   *
   * @param main its program, which calls {@link #endWithParent} first; its output is this process's
   * @param args its arguments
   * @throws IOException it could not be started
   */
  public static void start(Class<?> main, String... args) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(args));
    new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.INHERIT)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** {@return the options that gave this process its heap; those of every contender's processes} */
  public static List<String> heap() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("-Xm"))
        .toList();
  }

  /** Makes this process end when the process that started it does, however that ends. */
  public static void endWithParent() {
    Thread watch =
        new Thread(
            () -> {
              try {
                while (System.in.read() >= 0) {
                  // nothing is sent; the end of the input is the end of the parent
                }
              } catch (IOException e) {
                // that is an end, too
              }
              Runtime.getRuntime().halt(0);
            },
            "end-with-parent");
    watch.setDaemon(true);
    watch.start();
  }
}
