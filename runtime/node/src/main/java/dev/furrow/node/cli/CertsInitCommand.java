package dev.furrow.node.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.furrow.config.Environment;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "init",
    description = {
      "Makes an authority and a certificate for nodes that it signs: ca.crt, ca.key, tls.crt and"
          + " tls.key, the keys readable by their owner alone.",
      "",
      "Where ca.crt and ca.key are there, they stay, and sign a new tls.crt with a new tls.key, which"
          + " replace those before. That is how one rotates: nodes take what replaces their files"
          + " into use by themselves.",
      ""
    })
final class CertsInitCommand implements Callable<Integer> {

  private static final int MOST_DAYS = 36_500;

  @Spec private CommandSpec command;
  @Mixin private Output output;

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "Where the files are written (default: ${DEFAULT-VALUE}); made if need be.")
  private Path directory = Path.of("furrow-tls");

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description =
          "What certificates of this cluster's nodes carry (default: as the tls.crt that is there,"
              + " else furrow).")
  private @Nullable String name;

  @Option(
      names = "--days",
      paramLabel = "DAYS",
      description = "How long tls.crt is valid (default: ${DEFAULT-VALUE}).")
  private int days = 365;

  @Option(
      names = "--ca-days",
      paramLabel = "DAYS",
      description = "How long a new ca.crt is valid (default: ${DEFAULT-VALUE}).")
  private int authorityDays = 3650;

  @Override
  public Integer call() {
    checkDays("--days", days);
    checkDays("--ca-days", authorityDays);
    CertificateFiles.Written written = make();
    PrintWriter out = command.commandLine().getOut();
    if (output.isJson()) {
      out.println(Output.pretty(json(written)));
    } else {
      explain(written, out);
    }
    return ExitCode.OK.code();
  }

  private void checkDays(String option, int given) {
    if (given < 1 || given > MOST_DAYS) {
      throw new ParameterException(
          command.commandLine(),
          option + " must be from 1 to " + MOST_DAYS + " (was " + given + ")");
    }
  }

  private CertificateFiles.Written make() {
    try {
      return new CertificateFiles(directory.toAbsolutePath().normalize(), Instant.now())
          .make(name, days, authorityDays);
    } catch (NoClassDefFoundError missing) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "making certificates needs Bouncy Castle: add org.bouncycastle:bcpkix-jdk18on to the class"
              + " path ("
              + missing.getMessage()
              + " is missing)",
          missing);
    }
  }

  private static Map<String, String> settings(CertificateFiles.Written written) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("furrow.tls.certificate", written.certificate().toString());
    settings.put("furrow.tls.key", written.key().toString());
    settings.put("furrow.tls.authorities", written.authority().toString());
    return settings;
  }

  private static ObjectNode json(CertificateFiles.Written written) {
    ObjectNode json = Output.JSON.createObjectNode();
    json.putObject("authority")
        .put("created", written.authorityIsNew())
        .put("certificate", written.authority().toString())
        .put("key", written.authorityKey().toString())
        .put("until", written.authorityUntil().toString());
    json.putObject("node")
        .put("name", written.name())
        .put("certificate", written.certificate().toString())
        .put("key", written.key().toString())
        .put("until", written.until().toString());
    ObjectNode settings = json.putObject("settings");
    settings(written).forEach(settings::put);
    return json;
  }

  private static void explain(CertificateFiles.Written written, PrintWriter out) {
    if (written.authorityIsNew()) {
      out.println("wrote " + written.authority() + ", valid until " + written.authorityUntil());
      out.println(
          "wrote " + written.authorityKey() + ": who has it can make nodes; keep it elsewhere");
    } else {
      out.println("kept  " + written.authority() + ", valid until " + written.authorityUntil());
    }
    out.println(
        "wrote "
            + written.certificate()
            + " of '"
            + written.name()
            + "', valid until "
            + written.until());
    out.println("wrote " + written.key());
    out.println();
    out.println("Settings of each node, or variables:");
    settings(written).forEach((path, value) -> out.println("  " + path + " = \"" + value + "\""));
    settings(written)
        .forEach((path, value) -> out.println("  " + Environment.variable(path) + "=" + value));
    out.println();
    out.println("Kubernetes:");
    out.println("  kubectl -n furrow create secret generic furrow-tls \\");
    out.println("    --from-file=tls.crt=" + written.certificate() + " \\");
    out.println("    --from-file=tls.key=" + written.key() + " \\");
    out.println("    --from-file=ca.crt=" + written.authority() + " \\");
    out.println("    --dry-run=client -o yaml | kubectl apply -f -");
    out.println();
    out.println("A token for furrow.http.view-token-file or furrow.http.admin-token-file:");
    out.println("  (umask 077; head -c 32 /dev/urandom | base64 > admin-token)");
  }
}
